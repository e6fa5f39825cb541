"""What was asked of Pujiang's window, and its answers."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from jiangxin.demonstration.acting import (
    AtTheWindow,
    ago,
    listed,
    moment,
)
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.counter.models import Hall
from jiangxin.kernel.counter.operations.questions import (
    Asked,
    answer_question,
    ask_question,
    publish_question,
)

# In the afternoon, and answered the next morning at the latest.
INTO_THE_DAY = timedelta(hours=5)


def ask_and_answer(
    hall: Hall, clerk: AtTheWindow, names: Iterator[str], now: datetime
) -> int:
    """Ask what the plan lists; answer and publish what it says. Return how many."""
    entries = listed("counter.yaml")["questions"]
    for entry in entries:
        _ask(entry, hall, clerk, next(names), now)
    return len(entries)


def _ask(
    entry: Mapping[str, Any], hall: Hall, clerk: AtTheWindow, name: str, now: datetime
) -> None:
    at = moment(entry["day"]) if "day" in entry else ago(entry["ago"], now)
    at = min(at + INTO_THE_DAY, now - timedelta(minutes=5))
    asked = Asked(hall.pk, entry["service"], entry["text"], name)
    question = ask_question(asked, now=at)
    if "answer" not in entry:
        return
    answered_at = _answered_at(at, entry["answered_after"])
    given: dict[str, Any] = {
        "question_id": question.pk,
        "actor": clerk,
        "now": answered_at,
    }
    answer_question(answer=entry["answer"], **given)
    if "published" in entry:
        publish_question(question=entry["published"], answer=entry["answer"], **given)


def _answered_at(at: datetime, days: int) -> datetime:
    if not days:
        return at + timedelta(hours=1)
    return moment(calendar().add_working_days(today(at), days).on)
