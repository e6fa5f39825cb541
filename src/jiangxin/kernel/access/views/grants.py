from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.access import forms, operations, permissions, queries
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.roles import ROLES


@login_required
def grant_create(request: Request, account_id: int) -> HttpResponse:
    permissions.check_grant_roles(request.actor)
    account = queries.get_account(account_id, visible_to=request.actor)
    form = forms.GrantCreate(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.grant_role(
                **{**form.cleaned_data, "role": Role(form.cleaned_data["role"])},
                account_id=account.pk,
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The role is granted."))
            return redirect("access:account-detail", account.pk)
    context = {
        "account": account,
        "form": form,
        "roles": [
            (role.label, meaning.description, meaning.scope.label)
            for role, meaning in ROLES.items()
        ],
        "cancel_url": reverse("access:account-detail", args=[account.pk]),
        "crumbs": [*_crumbs(account), Crumb(_("Grant a role"))],
    }
    return page(request, "access/grant_create.html", context)


@login_required
def grant_end(request: Request, grant_id: int) -> HttpResponse:
    permissions.check_grant_roles(request.actor)
    grant = queries.get_grant(grant_id, visible_to=request.actor)
    if request.method == "POST":
        operations.end_grant(grant_id=grant.pk, actor=request.actor, now=request.now)
        messages.success(request, _("The role is ended."))
        return redirect("access:account-detail", grant.account.pk)
    title = _("End the role “%(role)s”") % {"role": grant.get_role_display()}
    context = {
        "title": title,
        "text": _("It is no longer held from today on. The grant stays in the list."),
        "label": _("End the role"),
        "tone": "danger",
        "cancel_url": reverse("access:account-detail", args=[grant.account.pk]),
        "crumbs": [*_crumbs(grant.account), Crumb(title)],
    }
    return page(request, "access/confirm.html", context)


def _crumbs(account: Account) -> list[Crumb]:
    return [
        Crumb(_("Accounts"), reverse("access:account-list")),
        Crumb(
            account.display_name, reverse("access:account-detail", args=[account.pk])
        ),
    ]
