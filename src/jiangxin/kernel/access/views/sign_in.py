from allauth.account.utils import perform_login
from allauth.mfa.base.views import AuthenticateView
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jiangxin.kernel.access import forms
from jiangxin.kernel.access.identities import identity_links


class SignIn(LoginView):
    """Django's view, which checks where `next` leads; the library takes it from there."""

    template_name = "access/sign_in.html"
    authentication_form = forms.SignIn
    redirect_authenticated_user = True

    def get_context_data(self, **more: object) -> dict[str, object]:
        links = identity_links(self.request, self.get_redirect_url())
        return super().get_context_data(identity_links=links, **more)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Ask for the second factor if there is one, then begin the session."""
        response: HttpResponse = perform_login(
            self.request, form.get_user(), redirect_url=self.get_success_url()
        )
        return response


class SecondFactor(AuthenticateView):
    template_name = "access/second_factor_ask.html"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("access:public-home")
