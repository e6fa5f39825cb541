"""The trail as a log: every hash is shipped, so that the receiver can check the chains."""

from collections.abc import Mapping

from jiangxin.foundation.logs.registry import Log
from jiangxin.foundation.trail.models import TrailEvent


def _fields(event: TrailEvent) -> Mapping[str, object]:
    """Return what the hash covers, as it covers it: `payload` stays a text."""
    return {
        "subject": event.subject,
        "sequence": event.sequence,
        "kind": event.kind,
        "payload": event.payload,
        "actor_label": event.actor_label,
        "actor_account_id": event.actor_account_id,
        "previous_hash": bytes(event.previous_hash).hex(),
        "hash": bytes(event.hash).hex(),
    }


TRAIL = Log("trail", TrailEvent, TrailEvent.objects.all, _fields)
