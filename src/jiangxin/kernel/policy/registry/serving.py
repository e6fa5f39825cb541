"""Policies published at the desk: which of them this process has read.

They lie in the database. A process looks whether others are in effect by now when a
request begins and when a matching does, at the first policy that is asked for; between
two looks everything is answered by the same policies.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.tree import Policy

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Record:
    """What was published of one policy. text: None where it was withdrawn."""

    number: int
    code: str
    text: str | None


@dataclass(frozen=True)
class Source:
    """Where published policies lie. numbers: of those in effect, read at every look."""

    numbers: Callable[[], tuple[int, ...]]
    records: Callable[[], Sequence[Record]]


@dataclass
class _Served:
    source: Source | None = None
    # Nothing is looked up before the first request: commands run without a database.
    is_current: bool = True
    numbers: tuple[int, ...] = ()
    # By code; None for one that was withdrawn.
    found: dict[str, Policy | None] = field(default_factory=dict)


_served = _Served()


def serve_from(source: Source) -> None:
    _served.source = source


def look_again() -> None:
    """See to it that what was published meanwhile is served from now on."""
    _served.is_current = False


def forget() -> None:
    """Serve the files alone until the next look, as a process that has just begun."""
    _served.numbers, _served.found, _served.is_current = (), {}, True


def published(read: Callable[[Record], Policy]) -> dict[str, Policy | None]:
    """Return what goes before the files, by code. read: from a record's text."""
    source = _served.source
    if _served.is_current or source is None:
        return _served.found
    numbers = source.numbers()
    if numbers != _served.numbers:
        found = {one.code: _read(one, read) for one in source.records()}
        _served.found = {
            code: policy for code, (is_read, policy) in found.items() if is_read
        }
        _served.numbers = numbers
    _served.is_current = True
    return _served.found


def _read(one: Record, read: Callable[[Record], Policy]) -> tuple[bool, Policy | None]:
    """A record that a later release cannot read leaves the file, and is told of."""
    if one.text is None:
        return True, None
    try:
        return True, read(one)
    except PolicyFault:
        logger.exception("The published policy %s cannot be read", one.code)
        return False, None
