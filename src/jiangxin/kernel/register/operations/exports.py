"""Who took a list of people out of the platform."""

from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.events import PeopleExported


@opens_transaction
def note_people_export(*, kind: str, actor: Actor, now: datetime) -> None:
    """Record that people were exported as a file of a kind ("xlsx", "csv").

    Raises NotPermitted.
    """
    permissions.check_anywhere(actor, permissions.VIEW_PEOPLE)
    record(
        PeopleExported(format=kind),
        subject=subject("register", "people"),
        actor=actor,
        at=now,
    )
