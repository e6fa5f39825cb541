"""Tokens by which machines call the API: making, revoking, and noting their use."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.access import events, permissions, queries, rules
from jiangxin.kernel.access.models import Account, ApiToken
from jiangxin.kernel.access.operations.shared_steps import locked, note

# How exact "last used" is: writing it with each call would cost more than it tells.
USED_EVERY = timedelta(minutes=1)


class TokenNameEmpty(Refused):
    code = "access.token_name_empty"
    text = _("Give the token a name that says which system will use it.")


class TokenScopesEmpty(Refused):
    code = "access.token_scopes_empty"
    text = _("Choose what the token is for: at least one of the listed scopes.")


class TokenDatesRefused(Refused):
    code = "access.token_dates_refused"
    text = _(
        "A token ends after today and at most %(days)s days from now. Choose a day up "
        "to %(last)s."
    )


class TokenRevokedAlready(Refused):
    code = "access.token_revoked_already"
    text = _("This token was revoked already.")


@dataclass(frozen=True)
class Made:
    """plain: the token itself, for the answer to this request only; kept nowhere."""

    token: ApiToken
    plain: str


def longest_life() -> timedelta:
    return timedelta(days=settings.JIANGXIN_API_TOKEN_DAYS)


@opens_transaction
def make_token(
    *,
    account_id: int,
    name: str,
    scopes: Collection[str],
    valid_to: date,
    actor: Actor,
    now: datetime,
) -> Made:
    """Make a token for an account: one's own, or a service account.

    scopes: keys of ApiScope. valid_to: the first day without it.
    Raises NotFound, NotPermitted, TokenNameEmpty, TokenScopesEmpty, TokenDatesRefused.
    """
    account = locked(account_id)
    permissions.check_make_token(actor, account)
    if not name.strip():
        raise TokenNameEmpty
    known = [scope.key for scope in queries.api_scopes() if scope.key in scopes]
    if not known or len(known) < len(set(scopes)):
        raise TokenScopesEmpty
    last = today(now) + longest_life()
    if not today(now) < valid_to <= last:
        raise TokenDatesRefused(days=longest_life().days, last=last)
    plain = rules.new_token()
    token = ApiToken.objects.create(
        account=account,
        name=name.strip(),
        scopes=known,
        digest=rules.token_digest(plain),
        made_at=now,
        valid_to=valid_to,
    )
    event = events.TokenMade(token_id=token.pk, scopes=known, valid_to=valid_to)
    note(event, account.pk, actor=actor, now=now)
    return Made(token, plain)


@opens_transaction
def revoke_token(*, token_id: int, actor: Actor, now: datetime) -> Account:
    """End a token at once and return its account.

    Raises NotFound (also for tokens the actor may not see), NotPermitted,
    TokenRevokedAlready.
    """
    token = queries.get_token(token_id, visible_to=actor)
    account = locked(token.account.pk)
    permissions.check_revoke_token(actor, account)
    revoked = ApiToken.objects.filter(pk=token_id, revoked_at__isnull=True)
    if not revoked.update(revoked_at=now):
        raise TokenRevokedAlready
    note(events.TokenRevoked(token_id=token_id), account.pk, actor=actor, now=now)
    return account


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Note that a token is in use."""
    if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
