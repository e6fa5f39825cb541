from jiangxin.foundation.clock.models import CalendarDay
from jiangxin.foundation.clock.working_days import WorkingCalendar


def calendar() -> WorkingCalendar:
    """Return the calendar as it is now, in one query.

    Take it once and count many deadlines with it.
    """
    rows = list(CalendarDay.objects.values_list("on", "is_working", "notice_year"))
    return WorkingCalendar(
        table={on: is_working for on, is_working, _year in rows},
        noticed_years=frozenset(year for _on, _is_working, year in rows),
    )
