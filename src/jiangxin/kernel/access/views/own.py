from typing import cast

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
from jiangxin.kernel.access import forms, operations, permissions, queries


@login_required
@require_safe
def account(request: Request) -> HttpResponse:
    own = queries.get_own_account(request.actor)
    grants = queries.placed_grants(own.grants.all(), on=today(request.now))
    context = {
        "frame_template": _frame(request),
        "facts": [
            Fact(_("Name"), own.display_name),
            Fact(_("Sign-in name"), own.username),
        ],
        "grants": [placed for placed in grants if placed.state == "in_force"],
    }
    return page(request, "access/account.html", context)


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
            update_session_auth_hash(request, own)
            messages.success(request, _("Your password is changed."))
            return redirect("access:account")
    context = {
        "frame_template": _frame(request),
        "form": form,
        "crumbs": [
            Crumb(_("My account"), reverse("access:account")),
            Crumb(_("Password")),
        ],
    }
    return page(request, "access/password_change.html", context)


def _frame(request: Request) -> str:
    if permissions.can_use_desk(request.actor):
        return "ui/desk.html"
    if permissions.can_use_portal(request.actor):
        return "ui/portal.html"
    return "ui/public.html"
