"""How matters of Pujiang's window were rated, and what was done about the bad ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from jiangxin.demonstration.acting import AtTheWindow, Stranger, listed, officer
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.declared import dimension_set
from jiangxin.kernel.ratings.enums import AppealVerdict, Grade
from jiangxin.kernel.ratings.models import MatterRating
from jiangxin.kernel.ratings.operations.following import (
    appeal_rating,
    decide_appeal,
    put_right,
    record_call_back,
    reply_to_rater,
)
from jiangxin.kernel.ratings.operations.rating import Given, rate_matter, way_of
from jiangxin.kernel.ratings.queries.invitations import token_of

DAY = timedelta(days=1)
# Rated when the certificate was in hand.
AFTERWARDS = timedelta(hours=2)


def rate_the_quarter(
    matters: Sequence[Matter], clerks: Sequence[AtTheWindow], now: datetime
) -> None:
    """Let some of those say how it went whose matters were settled in the quarter."""
    plan = listed("ratings.yaml")
    bad = {one["place"]: one for one in plan["bad"]}
    grades, after = plan["grades"], plan["after_days"]
    rated = 0
    for place, matter in enumerate(matters):
        entry = bad.get(place)
        if entry is None and not plan["rated"][place % len(plan["rated"])]:
            continue
        rated += 1
        said = entry or {
            "grade": grades[rated % len(grades)],
            "comment": plan["comments"].get(place, ""),
        }
        _rate(said, matter, after[rated % len(after)], clerks, now)


def rate_lately(
    matters: Sequence[Matter], clerks: Sequence[AtTheWindow], now: datetime
) -> None:
    for entry in listed("ratings.yaml")["lately"]:
        if entry["place"] < len(matters):
            _rate(entry, matters[entry["place"]], 0, clerks, now)


def _rate(
    entry: Mapping[str, Any],
    matter: Matter,
    after_days: int,
    clerks: Sequence[AtTheWindow],
    now: datetime,
) -> None:
    assert matter.settled_at is not None  # noqa: S101 -- only such are rated
    at = min(matter.settled_at + after_days * DAY + AFTERWARDS, now)
    grade = Grade(entry["grade"])
    asked = dimension_set(way_of(matter), on=at.date())
    given = Given(
        grade,
        {one.key: int(grade) for one in asked.dimensions},
        entry.get("comment", ""),
    )
    rating = rate_matter(token=token_of(matter), given=given, actor=Stranger(), now=at)
    clerk = next(one for one in clerks if one.account_id == matter.assigned_account_id)
    _follow(entry, rating, clerk, at)


def _follow(
    entry: Mapping[str, Any], rating: MatterRating, clerk: AtTheWindow, at: datetime
) -> None:
    """Go as far with a bad rating as the plan says, a step a day."""
    by = officer()
    given = {"rating_id": rating.pk}
    if "call_back" in entry:
        record_call_back(
            words=entry["call_back"],
            facts=entry["facts"],
            actor=by,
            now=at + DAY,
            **given,
        )
    if "appeal" in entry:
        appeal_rating(words=entry["appeal"], actor=clerk, now=at + 2 * DAY, **given)
        upheld = "upheld" in entry
        verdict = AppealVerdict.UPHELD if upheld else AppealVerdict.REJECTED
        decide_appeal(
            verdict=verdict,
            reason=entry["upheld" if upheld else "rejected"],
            actor=by,
            now=at + 3 * DAY,
            **given,
        )
    if "put_right" in entry:
        put_right(words=entry["put_right"], actor=clerk, now=at + 4 * DAY, **given)
    if "reply" in entry:
        reply_to_rater(words=entry["reply"], actor=by, now=at + 5 * DAY, **given)
