"""API tokens: one's own, those of a service account, and all of them."""

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
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    Listing,
    Search,
    listing_page,
)
from jiangxin.kernel.access import forms, operations, permissions, queries
from jiangxin.kernel.access.models import Account, ApiToken
from jiangxin.kernel.access.views.asking import account_crumbs, account_url
from jiangxin.kernel.access.views.frames import frame_of

STATES = {
    "usable": gettext_lazy("May be used"),
    "ended": gettext_lazy("Past its last day"),
    "revoked": gettext_lazy("Revoked"),
}


def _state(token: ApiToken) -> str:
    if token.revoked_at:
        return "revoked"
    return "usable" if token.valid_to > today(timezone.now()) else "ended"


def _state_word(token: ApiToken) -> str:
    return str(STATES[_state(token)])


def _in_state(tokens: QuerySet[ApiToken], state: str) -> QuerySet[ApiToken]:
    if state == "revoked":
        return tokens.filter(revoked_at__isnull=False)
    kept, on = tokens.filter(revoked_at__isnull=True), today(timezone.now())
    if state == "usable":
        return kept.filter(valid_to__gt=on)
    return kept.filter(valid_to__lte=on)


def _scopes(token: ApiToken) -> str:
    labels = {scope.key: str(scope.label) for scope in queries.api_scopes()}
    return _("; ").join(labels.get(key, key) for key in token.scopes)


def _url(token: ApiToken) -> str:
    return reverse("access:token-revoke", args=[token.pk])


_COLUMNS = [
    Column("scopes", gettext_lazy("Scopes"), value=_scopes),
    Column("state", gettext_lazy("State"), value=_state_word),
    Column("valid_to", gettext_lazy("Until"), sort=("valid_to",), align="end"),
    Column("last_used_at", gettext_lazy("Last used"), sort=("last_used_at",)),
]
_NAME = Column("name", gettext_lazy("Name of the token"), sort=("name",), link=_url)
_STATE = ChoiceFilter(
    "state", gettext_lazy("State"), list(STATES.items()), narrow=_in_state
)

OWN_TOKENS = Listing(
    key="my-tokens",
    columns=[_NAME, *_COLUMNS],
    filters=[_STATE],
    sort="-valid_to",
    noun=gettext_lazy("tokens"),
)
TOKENS = Listing(
    key="tokens",
    columns=[
        _NAME,
        Column("account", gettext_lazy("Account"), value="account.display_name"),
        *_COLUMNS,
    ],
    filters=[Search(("name__contains", "account__display_name__contains")), _STATE],
    sort="-valid_to",
    noun=gettext_lazy("tokens"),
)


@login_required
@require_safe
def token_list(request: Request) -> HttpResponseBase:
    return listing_page(
        request,
        TOKENS,
        queryset=queries.all_tokens(request.actor),
        title=_("API tokens"),
        purpose=_("By which other systems call the platform, and for which accounts."),
        empty=Empty(_("No tokens yet"), icon="settings"),
    )


@login_required
@require_safe
def own_tokens(request: Request) -> HttpResponseBase:
    own = queries.get_own_account(request.actor)
    may_make = permissions.can_make_token(request.actor, own)
    return listing_page(
        request,
        OWN_TOKENS,
        queryset=queries.tokens_of(own),
        title=_("My API tokens"),
        purpose=_("By which another system sees what you may see, and no more."),
        act=Act(_("Make a token"), reverse("access:own-token-make"), "plus")
        if may_make
        else None,
        empty=Empty(_("No tokens yet"), icon="settings"),
        crumbs=[Crumb(_("My account"), reverse("access:account"))],
        context={"frame_template": frame_of(request)},
    )


@login_required
def own_token_make(request: Request) -> HttpResponse:
    own = queries.get_own_account(request.actor)
    crumbs = [
        Crumb(_("My account"), reverse("access:account")),
        Crumb(_("My API tokens"), reverse("access:own-tokens")),
    ]
    return _make(request, own, crumbs, reverse("access:own-tokens"))


@login_required
def token_make(request: Request, service_id: int) -> HttpResponse:
    account = queries.get_account(service_id, visible_to=request.actor)
    return _make(request, account, account_crumbs(account), account_url(account))


def _make(
    request: Request, account: Account, crumbs: list[Crumb], back_url: str
) -> HttpResponse:
    permissions.check_make_token(request.actor, account)
    form = forms.TokenMake(
        request.POST or None,
        scopes=queries.api_scopes(),
        last=today(request.now) + operations.longest_life(),
    )
    context = {
        "frame_template": frame_of(request),
        "account": account,
        "form": form,
        "back_url": back_url,
        "crumbs": [*crumbs, Crumb(_("Make a token"))],
    }
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_token(
                **form.cleaned_data,
                account_id=account.pk,
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return _show_once(request, context, made.plain)
    return page(request, "access/token_make.html", context)


def _show_once(
    request: Request, context: dict[str, object], plain: str
) -> HttpResponse:
    """Not a redirect: a token must lie neither in a session nor in a cookie."""
    response = page(request, "access/token_shown.html", {**context, "plain": plain})
    response["Cache-Control"] = "no-store"
    return response


def _facts(token: ApiToken) -> list[Fact]:
    return [
        Fact(_("Account"), token.account.display_name),
        Fact(_("Scopes"), _scopes(token)),
        Fact(_("State"), _state_word(token)),
        Fact(_("Made at"), token.made_at),
        Fact(_("Until"), token.valid_to),
        Fact(_("Last used"), token.last_used_at or _("Not used yet")),
    ]


@login_required
def token_revoke(request: Request, token_id: int) -> HttpResponse:
    token = queries.get_token(token_id, visible_to=request.actor)
    permissions.check_revoke_token(request.actor, token.account)
    is_own = token.account.pk == request.actor.account_id
    back_url = reverse("access:own-tokens" if is_own else "access:token-list")
    if request.method == "POST":
        operations.revoke_token(token_id=token_id, actor=request.actor, now=request.now)
        messages.success(request, _("The token is revoked."))
        return redirect(back_url)
    context = {
        "frame_template": frame_of(request),
        "token": token,
        "facts": _facts(token),
        "is_usable": _state(token) == "usable",
        "back_url": back_url,
        "crumbs": [Crumb(_("API tokens"), back_url), Crumb(token.name)],
    }
    return page(request, "access/token_revoke.html", context)
