"""Who took a list of people out of the platform."""

from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.trail import operations as trail
from jiangxin.kernel.policy.events import MatchesExported


@opens_transaction
def note_export(*, policy_code: str, kind: str, actor: Actor, now: datetime) -> None:
    """Record that the people served by a policy were exported as a file of a kind."""
    trail.record(
        MatchesExported(format=kind),
        subject=trail.subject("policy", policy_code),
        actor=actor,
        at=now,
    )
