from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxin.foundation.web import Request
from jiangxin.kernel.access import operations


@login_required
@require_POST
def session_end(request: Request, session_id: int) -> HttpResponse:
    operations.end_own_session(
        session_id=session_id, actor=request.actor, now=request.now
    )
    messages.success(request, _("That session is signed out."))
    return redirect("access:account")


@login_required
@require_POST
def session_end_others(request: Request) -> HttpResponse:
    operations.end_other_sessions(
        present=str(request.session.session_key), actor=request.actor, now=request.now
    )
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("access:account")
