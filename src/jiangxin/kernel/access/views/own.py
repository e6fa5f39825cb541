from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Crumb, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.access import forms, operations, permissions, queries, rules
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.views.frames import frame_of


@dataclass(frozen=True)
class ShownSession:
    session_id: int
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


@login_required
@require_safe
def account(request: Request) -> HttpResponse:
    own = queries.get_own_account(request.actor)
    on = today(request.now)
    grants = queries.placed_grants(own.grants.with_lenders(), on=on)
    lent = queries.placed_grants(queries.delegations_of(own, on=on), on=on)
    context = {
        "frame_template": frame_of(request),
        "facts": [
            Fact(_("Name"), own.display_name),
            Fact(_("Sign-in name"), own.username),
        ],
        "grants": [placed for placed in grants if placed.state == "in_force"],
        "delegations": lent,
        "may_delegate": queries.may_delegate(
            (placed.grant for placed in grants), on=on
        ),
        "has_second_factor": queries.has_second_factor(own),
        "may_use_api": permissions.can_use_api(request.actor),
        "has_tokens": queries.tokens_of(own).exists(),
        "sessions": _sessions(request, own),
        "session_hours": settings.JIANGXIN_SESSION_HOURS,
        "idle_minutes": settings.JIANGXIN_IDLE_MINUTES,
    }
    return page(request, "access/account.html", context)


def _sessions(request: Request, own: Account) -> list[ShownSession]:
    present = request.session.session_key
    return [
        ShownSession(
            session_id=each.pk,
            device=rules.device_name(each.device),
            address=each.address,
            began_at=each.began_at,
            seen_at=each.seen_at,
            is_this=each.session_key == present,
        )
        for each in queries.live_sessions(own, now=request.now)
    ]


@sensitive_post_parameters()
@login_required
def password_change(request: Request) -> HttpResponse:
    form = forms.PasswordChange(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            own = operations.change_own_password(
                present=form.cleaned_data["present"],
                password=form.cleaned_data["password"],
                address=cast("str", request.META.get("REMOTE_ADDR", "")),
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            _keep_this_session_alone(request, own)
            messages.success(request, _("Your password is changed."))
            return redirect("access:account")
    context = {
        "frame_template": frame_of(request),
        "form": form,
        "crumbs": [
            Crumb(_("My account"), reverse("access:account")),
            Crumb(_("Password")),
        ],
    }
    return page(request, "access/password_change.html", context)


def _keep_this_session_alone(request: Request, own: Account) -> None:
    """Others die with the old password in any case; this also takes them off the list."""
    before = str(request.session.session_key)
    update_session_auth_hash(request, own)
    present = str(request.session.session_key)
    operations.move_session(before, present)
    operations.end_other_sessions(present=present, actor=request.actor, now=request.now)
