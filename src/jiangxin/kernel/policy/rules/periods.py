"""The period that a day lies in, for what is counted once, a year or a month."""

from datetime import date

from jiangxin.kernel.policy.enums import Period


def begins_on(period: Period, on: date, *, first: date) -> date:
    """Return the first day of the period. first: of all, where it is counted once."""
    match period:
        case Period.A_YEAR:
            return on.replace(month=1, day=1)
        case Period.A_MONTH:
            return on.replace(day=1)
    return first
