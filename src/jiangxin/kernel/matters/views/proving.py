"""The day-by-day proof of a matter's clock, as it is printed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.clock import limits_in_force, segments_of
from jiangxin.kernel.matters.rules.clock import LimitKind
from jiangxin.kernel.matters.rules.proof import DayLine, Why, proof
from jiangxin.kernel.matters.views.showing import days_over, limit_words

WHYS = {
    Why.FIRST_DAY: gettext_lazy("The day it begins is not counted (Civil Code, 201)"),
    Why.COUNTED: gettext_lazy("Counted"),
    Why.REST_DAY: gettext_lazy("No working day"),
    Why.PAUSED: gettext_lazy("Waiting for the applicant"),
    Why.EXCLUDED: gettext_lazy("Not counted by law"),
    Why.ROLLED: gettext_lazy("On to the next working day (Civil Code, 203)"),
    Why.SAME_DAY: gettext_lazy("To be done this very day"),
    Why.LATE: gettext_lazy("Over the limit"),
}


@dataclass(frozen=True)
class ProofLine:
    line: DayLine
    weekday: str
    kind: str
    why: str
    count: str


@dataclass(frozen=True)
class Proof:
    label: str
    reads: str
    source: str
    lines: list[ProofLine]


def proofs_of(matter: Matter, now: datetime) -> list[Proof]:
    """Return a proof for each limit the matter is under now; none before it is submitted."""
    started, limits = limits_in_force(matter)
    if started is None:
        return []
    segments = segments_of(matter, after=today(started))
    names = {
        LimitKind.STATUTORY: _("Statutory limit"),
        LimitKind.PROMISED: _("Promised limit"),
    }
    days = calendar()
    ended = today(matter.settled_at) if matter.settled_at else None
    return [
        Proof(
            names[limit.kind] if matter.accepted_at else _("To be accepted by"),
            limit_words(limit.days, limit.unit),
            limit.source,
            [
                _line(line, limit.days)
                for line in proof(
                    limit,
                    today(started),
                    segments,
                    days,
                    today(now),
                    ended,
                    language=get_language() or "zh-hans",
                )
            ],
        )
        for limit in limits
    ]


def _line(line: DayLine, of: int) -> ProofLine:
    names = [
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    ]
    count = ""
    if line.number is not None:
        count = _("day %(number)s of %(of)s") % {"number": line.number, "of": of}
    elif line.late_by:
        count = days_over(line.late_by)
    return ProofLine(
        line,
        names[line.on.weekday()],
        line.holiday or str(line.kind.label),
        str(WHYS[line.why]),
        count,
    )
