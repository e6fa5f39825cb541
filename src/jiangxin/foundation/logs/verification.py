"""Checking the trail from its shipped lines alone, without the database."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jiangxin.foundation.trail.chain import BEFORE_THE_FIRST
from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.foundation.trail.verification import Break, VerifyReport, problem_of


def verify_lines(lines: Iterable[str]) -> VerifyReport:
    """Walk the trail's events among JSON lines, in the order of their numbers.

    An event shipped twice counts once. A chain may begin before the first line, so its
    first event is taken as it is.
    """
    report = VerifyReport()
    ends: dict[str, TrailEvent] = {}
    for event in _events(lines):
        report.event_count += 1
        last = ends.get(event.subject)
        sequence = last.sequence if last else event.sequence - 1
        previous = bytes(last.hash if last else event.previous_hash)
        if not last and event.sequence == 1:
            previous = BEFORE_THE_FIRST
        if problem := problem_of(event, sequence, previous):
            report.break_count += 1
            report.breaks.append(Break(event.subject, event.sequence, problem))
        ends[event.subject] = event
    report.subject_count = len(ends)
    return report


def _events(lines: Iterable[str]) -> list[TrailEvent]:
    contents: dict[tuple[int, str], dict[str, Any]] = {}
    for text in lines:
        content = json.loads(text)
        if content["log"] == "trail":
            # Two that share a number and differ are both walked, and break the chain.
            contents[content["id"], text.strip()] = content
    return [_event(contents[key]) for key in sorted(contents)]


def _event(content: dict[str, Any]) -> TrailEvent:
    """Raises KeyError, ValueError or TypeError for what is no event."""
    return TrailEvent(
        id=content["id"],
        subject=content["subject"],
        sequence=content["sequence"],
        kind=content["kind"],
        payload=content["payload"],
        actor_label=content["actor_label"],
        actor_account_id=content["actor_account_id"],
        at=datetime.fromisoformat(content["at"]),
        previous_hash=bytes.fromhex(content["previous_hash"]),
        hash=bytes.fromhex(content["hash"]),
    )
