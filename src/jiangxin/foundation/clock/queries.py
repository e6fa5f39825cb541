from jiangxin.foundation.clock.models import CalendarDay
from jiangxin.foundation.clock.working_days import WorkingCalendar


def calendar() -> WorkingCalendar:
    """Return the calendar as it is now, in one query.

    Take it once and count many deadlines with it.
    """
    rows = list(CalendarDay.objects.all())
    return WorkingCalendar(
        table={row.on: row.is_working for row in rows},
        noticed_years=frozenset(row.notice_year for row in rows),
        names={row.on: row.name for row in rows},
    )
