"""On which days something may begin, change or end."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused


class DayInFuture(Refused):
    code = "register.day_in_future"
    text = _(
        "%(day)s is still to come. The register says what is true; enter it on the day."
    )


class DayTooEarly(Refused):
    code = "register.day_too_early"
    text = _(
        "%(day)s is before %(earliest)s, since when the record stands as it is. Give"
        " that day or a later one."
    )


def check_day(day: date, *, now: datetime, earliest: date | None = None) -> None:
    """Refuse a day still to come, or before `earliest`.

    Current rows say what is true now, so nothing may start or end after today; and what
    was recorded for a past day never changes, so nothing may go back behind it.
    """
    if day > today(now):
        raise DayInFuture(day=day.isoformat())
    if earliest is not None and day < earliest:
        raise DayTooEarly(day=day.isoformat(), earliest=earliest.isoformat())
