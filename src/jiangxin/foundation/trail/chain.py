"""How an event is written down and hashed. Nothing here touches the database."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.trail.events import Event

BEFORE_THE_FIRST = bytes(32)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    message = f"a trail event cannot hold {type(value).__name__}"
    raise TypeError(message)


_encode: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    allow_nan=False,
    separators=(",", ":"),
    default=_plain,
).encode

_quote: Callable[[str], str] = json.encoder.encode_basestring


def payload_of(event: Event) -> str:
    """Return the event's fields as canonical JSON: sorted, compact, no escapes.

    Raises TypeError for a value that is not text, number, date, list or mapping.
    """
    return _encode(vars(event))


def head(kind: str, actor_label: str, account_id: int | None, at: datetime) -> str:
    """Return the part of the hashed text that many events share."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"[{_encode([kind, actor_label, account_id, moment])[1:-1]},"


def head_of(event: Event, actor: Actor, at: datetime) -> str:
    return head(event.key, actor.label, actor.account_id, at)


def hash_of(
    shared: str, subject: str, sequence: int, payload: str, previous: bytes
) -> bytes:
    """Return the SHA-256 of one event written as a JSON array.

    `[kind, actor label, account id, time, subject, number, previous hash, payload]`;
    shared: what `head` returned, the first four of them.
    """
    text = f'{shared}{_quote(subject)},{sequence},"{previous.hex()}",{payload}]'
    return sha256(text.encode()).digest()
