"""What parts declare of what they tell people, and by which further ways it goes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from jiangxin.foundation.parts import Text, brought


@dataclass(frozen=True)
class Told:
    """A notice as it is stored, for whoever writes its text.

    subject: what it is about, "policy:craftsmen.star_technician". facts: as sent.
    """

    subject: str
    key: str
    facts: Mapping[str, Any]
    made_at: datetime

    @property
    def about(self) -> str:
        """The subject's own key: what stands behind the colon."""
        return self.subject.partition(":")[2]


@dataclass(frozen=True)
class NoticeText:
    """What a reader sees. url: where to go on; "" for nowhere."""

    title: Text
    text: Text = ""
    url: str = ""

    def __str__(self) -> str:
        return str(self.title)


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice. key: `part.what_happened`, stable.

    label, description: for the reader who chooses whether to get it. write: makes the
    text when it is read, so in the reader's language and by what is known then; what it
    speaks of may be gone. facts: the names of what is stored for that: keys, numbers and
    days, never anything personal, least of all of others. to: who may get it.
    is_optional: whether a person may refuse it. about: names a subject for the reader;
    with it a person may also refuse to be told of one subject alone.
    """

    key: str
    label: Text
    description: Text
    write: Callable[[Told], NoticeText]
    to: Literal["person", "account"] = "person"
    facts: frozenset[str] = field(default=frozenset())
    is_optional: bool = False
    about: Callable[[str], Text] | None = None

    def __post_init__(self) -> None:
        if self.is_optional and self.to != "person":
            message = f"{self.key}: what staff are told is work, and not refused"
            raise ValueError(message)


@dataclass(frozen=True)
class Sent:
    """Which notices went out together: all of one kind, subject and key."""

    kind: str
    subject: str
    key: str


@dataclass(frozen=True)
class Channel:
    """Brought by a part that carries notices further than the inbox, which has them all.

    carry: is told once they are safe in the database, and returns soon: what takes long
    is a job of its own. None is built: neither e-mail nor text messages.
    """

    key: str
    label: Text
    carry: Callable[[Sent], None]


def kinds() -> Mapping[str, NoticeKind]:
    """Return every kind by its key, in the order of parts."""
    return {kind.key: kind for kind in brought(NoticeKind)}
