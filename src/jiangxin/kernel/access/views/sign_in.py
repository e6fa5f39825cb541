from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jiangxin.kernel.access import forms


class SignIn(LoginView):
    """Django's view: it checks where `next` leads and gives the session a new key."""

    template_name = "access/sign_in.html"
    authentication_form = forms.SignIn
    redirect_authenticated_user = True


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("access:public-home")
