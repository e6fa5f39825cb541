"""Second factors and enterprise identities: their changes, as the trail keeps them."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.trail.events import Event
from jiangxin.kernel.access import events, permissions
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.operations.accounts import NobodySignsIn
from jiangxin.kernel.access.operations.sessions import end_all_sessions
from jiangxin.kernel.access.operations.shared_steps import locked, note


class IdentityTaken(Refused):
    code = "access.identity_taken"
    text = _("This identity is linked to an account already. Unlink it there first.")


class IdentityIncomplete(Refused):
    code = "access.identity_incomplete"
    text = _(
        "Give the identity as its provider writes it. Whoever tries to sign in with it "
        "is shown it."
    )


@opens_transaction
def note_factor(event: Event, *, account: Account, actor: Actor, now: datetime) -> None:
    """Keep in the trail what the library changed."""
    note(event, account.pk, actor=actor, now=now)


@opens_transaction
def reset_factors(*, account_id: int, actor: Actor, now: datetime) -> Account:
    """Remove the second factors of somebody who lost them; their sessions end.

    Raises NotPermitted (also for one's own), NotFound.
    """
    permissions.check_manage_accounts(actor)
    if account_id == actor.account_id:
        raise NotPermitted(permissions.MANAGE_ACCOUNTS)
    account = locked(account_id)
    Authenticator.objects.filter(user=account).delete()
    end_all_sessions(account, now=now)
    note(events.FactorsReset(), account.pk, actor=actor, now=now)
    return account


@opens_transaction
def link_identity(
    *, account_id: int, provider: str, uid: str, actor: Actor, now: datetime
) -> SocialAccount:
    """Let an enterprise identity sign in to an account.

    provider: key of the identity provider. uid: how it calls the person.
    Raises NotPermitted (also for one's own), NotFound, NobodySignsIn,
    IdentityIncomplete, IdentityTaken.
    """
    permissions.check_manage_accounts(actor)
    if account_id == actor.account_id:
        raise NotPermitted(permissions.MANAGE_ACCOUNTS)
    account = locked(account_id)
    if account.is_service:
        raise NobodySignsIn
    uid = uid.strip()
    if not provider or not uid:
        raise IdentityIncomplete
    if SocialAccount.objects.filter(provider=provider, uid=uid).exists():
        raise IdentityTaken
    linked = SocialAccount.objects.create(user=account, provider=provider, uid=uid)
    note(events.IdentityLinked(provider), account.pk, actor=actor, now=now)
    return linked


@opens_transaction
def unlink_identity(*, identity_id: int, actor: Actor, now: datetime) -> int:
    """Take an enterprise identity from an account; return the account's number.

    Raises NotPermitted, NotFound.
    """
    permissions.check_manage_accounts(actor)
    linked = SocialAccount.objects.filter(pk=identity_id).first()
    if linked is None:
        raise NotFound
    account = locked(linked.user_id)
    linked.delete()
    note(events.IdentityUnlinked(linked.provider), account.pk, actor=actor, now=now)
    return account.pk
