"""What can be recorded: the base of every part's event types."""

import re
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

SUBJECT_LENGTH = 64
KIND_LENGTH = 64
_SUBJECT = re.compile(r"[a-z][a-z0-9_.]*:[A-Za-z0-9_.\-]+")


@dataclass(frozen=True)
class Event:
    """Something that happened to a subject.

    A subclass is a frozen dataclass; its fields are the payload:

        @dataclass(frozen=True)
        class EntrySubmitted(Event):
            key = "contests.entry_submitted"     # stored, never renamed
            label = _("Entry submitted")
            entry_id: int

    They may be text, numbers, dates, enums, and lists and mappings of these. The trail
    is kept for years and read by auditors, so no field holds personal data in the
    clear: refer to a person by number. A part names its events in `brings`.
    """

    key: ClassVar[str]
    label: ClassVar[str | Promise]


def subject(kind: str, identifier: int | str) -> str:
    """Return the name of a chain: `subject("person", 12)` is `person:12`.

    Raises ValueError when the name is longer than 64 characters or holds others than
    letters, digits, `_`, `.` and `-`.
    """
    name = f"{kind}:{identifier}"
    if len(name) > SUBJECT_LENGTH or not _SUBJECT.fullmatch(name):
        message = f"{name!r} cannot name a subject of the trail"
        raise ValueError(message)
    return name
