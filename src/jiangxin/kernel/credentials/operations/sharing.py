"""A worker shows some of what they hold by a link, and takes the link back."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.credentials.events import PassportShared, PassportShareWithdrawn
from jiangxin.kernel.credentials.models import (
    Credential,
    PassportShare,
    SharedCredential,
    ShareView,
)
from jiangxin.kernel.register.queries.visibility import get_own_person

LONGEST_DAYS = 90
MOST_OPEN = 20
# A page that is opened again and again counts once in a while.
SAME_VISIT = timedelta(minutes=10)


class NothingShared(Refused):
    code = "credentials.nothing_shared"
    text = _("Choose at least one of your credentials to show.")


class ShareTooLong(Refused):
    code = "credentials.share_too_long"
    text = _("A link works for %(days)s days at most. Choose an earlier day.")


class TooManyShares(Refused):
    code = "credentials.too_many_shares"
    text = _("You have %(count)s links that work. Withdraw one of them first.")


@opens_transaction
def share_passport(
    *,
    credential_ids: Collection[int],
    purpose: str,
    days: int,
    actor: Actor,
    now: datetime,
) -> PassportShare:
    """Make a link that shows some of the actor's credentials for some days.

    Raises NotPermitted, NotFound (for another's credential), NothingShared,
    ShareTooLong, TooManyShares.
    """
    person = get_own_person(actor)
    if not credential_ids:
        raise NothingShared
    if not 0 < days <= LONGEST_DAYS:
        raise ShareTooLong(days=LONGEST_DAYS)
    own = set(
        Credential.objects.filter(
            person=person.pk, pk__in=list(credential_ids)
        ).values_list("pk", flat=True)
    )
    if own != set(credential_ids):
        raise NotFound
    open_ones = PassportShare.objects.filter(
        person=person.pk, withdrawn_at__isnull=True, ends_at__gt=now
    ).count()
    if open_ones >= MOST_OPEN:
        raise TooManyShares(count=open_ones)
    token = secrets.token_urlsafe(24)
    share = PassportShare.objects.create(
        person=person,
        purpose=purpose,
        token=token,
        token_digest=digest(token),
        made_at=now,
        ends_at=now + timedelta(days=days),
    )
    SharedCredential.objects.bulk_create(
        SharedCredential(share=share, credential_id=pk) for pk in sorted(own)
    )
    event = PassportShared(share_id=share.pk, credentials=len(own), days=days)
    record(event, subject=subject("person", person.pk), actor=actor, at=now)
    return share


@opens_transaction
def withdraw_share(*, share_id: int, actor: Actor, now: datetime) -> PassportShare:
    """Let a link of the actor's show nothing any more; again, it changes nothing.

    Raises NotPermitted, NotFound.
    """
    person = get_own_person(actor)
    share = (
        PassportShare.objects.select_for_update()
        .filter(pk=share_id, person=person.pk)
        .first()
    )
    if share is None:
        raise NotFound
    if share.withdrawn_at is None:
        share.withdrawn_at = now
        share.save(update_fields=["withdrawn_at"])
        event = PassportShareWithdrawn(share_id=share.pk)
        record(event, subject=subject("person", person.pk), actor=actor, at=now)
    return share


@opens_transaction
def note_view(*, share_id: int, now: datetime) -> None:
    """Remember that a share was opened, and nothing of who opened it."""
    recent = ShareView.objects.filter(share=share_id, at__gt=now - SAME_VISIT)
    if not recent.exists():
        ShareView.objects.create(share_id=share_id, at=now)


def digest(token: str) -> str:
    """Return what a link is found by. The token is long and random, so no salt."""
    return sha256(token.encode()).hexdigest()
