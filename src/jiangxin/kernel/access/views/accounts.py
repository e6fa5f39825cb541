from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.i18n import listed
from jiangxin.foundation.trail import queries as trail
from jiangxin.foundation.trail.operations import subject
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Fact, Moment
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    FlagFilter,
    Listing,
    Search,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.access import forms, operations, permissions, queries, rules
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.identities import identity_providers
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.access.views.asking import account_crumbs, account_url, confirm

MOMENTS_SHOWN = 50


def _roles(account: Account) -> str:
    """The roles in force, each once."""
    grants: list[RoleGrant] = getattr(account, "grants_in_force", [])
    names = [grant.get_role_display() for grant in grants]
    return listed(dict.fromkeys(names))


def _holding(accounts: QuerySet[Account], role: str) -> QuerySet[Account]:
    return queries.holding(accounts, role, on=today(timezone.now()))


ACCOUNTS = Listing(
    key="accounts",
    columns=[
        Column(
            "username",
            gettext_lazy("Sign-in name"),
            sort=("username",),
            link=account_url,
        ),
        Column("display_name", gettext_lazy("Name"), sort=("display_name",)),
        Column("roles", gettext_lazy("Roles"), value=_roles),
        Column("is_active", gettext_lazy("May sign in"), sort=("is_active",)),
        Column("last_login", gettext_lazy("Last signed in"), sort=("last_login",)),
    ],
    filters=[
        Search(("username__contains", "display_name__contains")),
        ChoiceFilter(
            "role",
            gettext_lazy("Role"),
            Role.choices,
            narrow=_holding,
        ),
        FlagFilter("is_active", gettext_lazy("May sign in")),
    ],
    sort="username",
    export=True,
    is_personal=True,
    noun=gettext_lazy("accounts"),
)


@login_required
@answers_personal_list
def account_list(request: Request) -> HttpResponseBase:
    accounts = queries.accounts_visible_to(request.actor, on=today(request.now))
    may_create = permissions.can_manage_accounts(request.actor)
    return listing_page(
        request,
        ACCOUNTS,
        queryset=accounts,
        title=_("Accounts"),
        purpose=_("Who may sign in, and with which roles."),
        act=Act(_("Create an account"), reverse("access:account-create"), "plus")
        if may_create
        else None,
        empty=Empty(_("No accounts yet"), icon="users"),
    )


@login_required
@require_safe
def account_detail(request: Request, account_id: int) -> HttpResponse:
    account = queries.get_account(account_id, visible_to=request.actor)
    events = trail.events_of(subject("account", account.pk))[:MOMENTS_SHOWN]
    context = {
        "account": account,
        "facts": [
            Fact(_("Sign-in name"), account.username),
            Fact(_("Name"), account.display_name),
            Fact(_("Person number"), account.person_id),
            Fact(_("Last signed in"), account.last_login),
        ],
        **_grants(account, today(request.now)),
        "tokens": queries.tokens_of(account),
        "may_make_token": account.is_service
        and permissions.can_make_token(request.actor, account),
        "moments": [
            Moment(at=each.at, title=each.label, by=each.actor_label)
            for each in trail.moments(events)
        ],
        "has_second_factor": queries.has_second_factor(account),
        "identities": queries.linked_identities(account),
        "may_link": bool(identity_providers(request)),
        "may_manage": permissions.can_manage_accounts(request.actor)
        and account.pk != request.actor.account_id,
        "may_grant": permissions.can_grant_roles(request.actor)
        and account.pk != request.actor.account_id,
        "crumbs": account_crumbs(account),
    }
    return page(request, "access/account_detail.html", context)


def _grants(account: Account, on: date) -> dict[str, list[queries.PlacedGrant]]:
    lent = queries.delegations_of(account, on=on)
    return {
        "grants": queries.placed_grants(account.grants.with_lenders(), on=on),
        "delegations": queries.placed_grants(lent, on=on),
    }


@login_required
def account_create(request: Request) -> HttpResponse:
    permissions.check_manage_accounts(request.actor)
    form = forms.AccountCreate(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = rules.new_password()
        try:
            account = operations.create_account(
                **form.cleaned_data,
                password=password,
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            if account.is_service:
                messages.success(request, _("The service account is created."))
                return redirect(account_url(account))
            return _show_once(request, account, password)
    crumbs = [*account_crumbs(), Crumb(_("Create an account"))]
    return page(request, "access/account_create.html", {"form": form, "crumbs": crumbs})


@login_required
def account_password(request: Request, account_id: int) -> HttpResponse:
    """Ask first, then set a new password and show it this once."""
    permissions.check_manage_accounts(request.actor)
    account = queries.get_account(account_id, visible_to=request.actor)
    if request.method == "POST":
        password = rules.new_password()
        operations.set_password(
            account_id=account.pk,
            password=password,
            actor=request.actor,
            now=request.now,
        )
        return _show_once(request, account, password)
    return confirm(
        request,
        account,
        title=_("Set a new password"),
        text=_("Whoever is signed in with this account is signed out."),
        label=_("Set a new password"),
    )


@login_required
def account_deactivate(request: Request, account_id: int) -> HttpResponse:
    permissions.check_manage_accounts(request.actor)
    account = queries.get_account(account_id, visible_to=request.actor)
    if request.method == "POST":
        operations.deactivate_account(
            account_id=account.pk, actor=request.actor, now=request.now
        )
        messages.success(request, _("The account is closed to sign-in."))
        return redirect(account_url(account))
    return confirm(
        request,
        account,
        title=_("Close the account to sign-in"),
        text=_("Whoever is signed in with it is signed out. Its roles and trail stay."),
        label=_("Close the account"),
        tone="danger",
    )


@login_required
def account_reactivate(request: Request, account_id: int) -> HttpResponse:
    permissions.check_manage_accounts(request.actor)
    account = queries.get_account(account_id, visible_to=request.actor)
    if request.method == "POST":
        operations.reactivate_account(
            account_id=account.pk, actor=request.actor, now=request.now
        )
        messages.success(request, _("The account may sign in again."))
        return redirect(account_url(account))
    return confirm(
        request,
        account,
        title=_("Open the account to sign-in"),
        text=_("Its password and roles are as they were."),
        label=_("Open the account"),
    )


def _show_once(request: Request, account: Account, password: str) -> HttpResponse:
    """Not a redirect: a password must lie neither in a session nor in a cookie."""
    context = {
        "account": account,
        "password": password,
        "account_url": account_url(account),
        "crumbs": [*account_crumbs(account), Crumb(_("Password"))],
    }
    response = page(request, "access/password_shown.html", context)
    response["Cache-Control"] = "no-store"
    return response
