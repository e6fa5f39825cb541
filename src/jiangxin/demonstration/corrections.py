"""Requests to correct records, some waiting and some decided, by the platform's own acts."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from jiangxin.demonstration.accounts import PEOPLE
from jiangxin.demonstration.chance import DATA
from jiangxin.foundation.actor import EVERYWHERE, SYSTEM, Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.corrections.operations.asking import Asked, ask_correction
from jiangxin.kernel.corrections.operations.deciding import Decision, decide_correction
from jiangxin.kernel.corrections.queries.present import stamp
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.permissions import VIEW_OWN_RECORD

_WIDTH, _HEIGHT, _GREY = 400, 250, b"\xe6"


@dataclass(frozen=True)
class MadeUpWorker:
    """Somebody of the demonstration at the portal, without an account."""

    person_id: int
    label: str
    account_id: int | None = None

    def scopes(self, permission: str) -> tuple[Scope, ...]:
        return (EVERYWHERE,) if permission == VIEW_OWN_RECORD else ()


def ask_for_corrections(*, now: datetime) -> int:
    """Let people ask, and answer some of them. Returns how many requests there are."""
    entries: Sequence[Mapping[str, Any]] = yaml.safe_load(
        (DATA / "corrections.yaml").read_text("utf-8")
    )
    for number, entry in enumerate(entries):
        people = PEOPLE[entry["person"]](today(now)).order_by("id")
        _ask(entry, number, people[entry["place"]], now)
    return len(entries)


def _ask(entry: Mapping[str, Any], number: int, person: Person, now: datetime) -> None:
    asked = Asked(
        values=entry["values"],
        token=uuid5(NAMESPACE_URL, f"demonstration:{number}"),
        note=entry.get("note", ""),
        papers=[grey_picture()] if entry.get("has_paper") else [],
    )
    worker = MadeUpWorker(person.pk, person.name)
    correction = ask_correction(asked, actor=worker, now=now)
    if "verdicts" in entry:
        decision = Decision(entry["verdicts"], entry.get("reasons", {}), stamp(person))
        decide_correction(
            correction_id=correction.pk, decision=decision, actor=SYSTEM, now=now
        )


def grey_picture() -> bytes:
    """Return a PNG without anything on it, in place of somebody's paper."""
    rows = (b"\0" + _GREY * _WIDTH) * _HEIGHT
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
