"""Steps that several operations on an account take inside their transaction."""

from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.events import Event
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.access.models import Account


def locked(account_id: int) -> Account:
    """Return the account, held until the transaction ends. Raises NotFound."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def note(event: Event, account_id: int, *, actor: Actor, now: datetime) -> None:
    """Add to the account's trail."""
    record(event, subject=subject("account", account_id), actor=actor, at=now)
