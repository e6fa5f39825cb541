from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.access import forms, operations, permissions, queries
from jiangxin.kernel.access.identities import identity_providers
from jiangxin.kernel.access.views.asking import account_crumbs, account_url, confirm


@login_required
def account_factors_reset(request: Request, account_id: int) -> HttpResponse:
    permissions.check_manage_accounts(request.actor)
    account = queries.get_account(account_id, visible_to=request.actor)
    if request.method == "POST":
        operations.reset_factors(
            account_id=account.pk, actor=request.actor, now=request.now
        )
        messages.success(request, _("The second factors are removed."))
        return redirect(account_url(account))
    return confirm(
        request,
        account,
        title=_("Reset the second factor"),
        text=_(
            "For somebody who lost the device. Make sure that it is they who ask. "
            "Whoever is signed in with this account is signed out."
        ),
        label=_("Reset the second factor"),
        tone="danger",
    )


@login_required
def identity_link(request: Request, account_id: int) -> HttpResponse:
    permissions.check_manage_accounts(request.actor)
    account = queries.get_account(account_id, visible_to=request.actor)
    providers = identity_providers(request)
    form = forms.IdentityLink(request.POST or None, providers=providers)
    if request.method == "POST" and form.is_valid():
        try:
            operations.link_identity(
                **form.cleaned_data,
                account_id=account.pk,
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The identity is linked."))
            return redirect(account_url(account))
    title = _("Link an enterprise identity")
    context = {
        "form": form,
        "title": title,
        "cancel_url": account_url(account),
        "crumbs": [*account_crumbs(account), Crumb(title)],
    }
    return page(request, "access/identity_link.html", context)


@login_required
def identity_unlink(request: Request, identity_id: int) -> HttpResponse:
    permissions.check_manage_accounts(request.actor)
    account = queries.account_of_identity(identity_id)
    if request.method == "POST":
        operations.unlink_identity(
            identity_id=identity_id, actor=request.actor, now=request.now
        )
        messages.success(request, _("The identity is unlinked."))
        return redirect(account_url(account))
    return confirm(
        request,
        account,
        title=_("Unlink the identity"),
        text=_("It no longer signs in to this account."),
        label=_("Unlink the identity"),
        tone="danger",
    )
