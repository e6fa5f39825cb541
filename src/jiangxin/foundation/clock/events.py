from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class HolidayNoticeLoaded(Event):
    """The calendar days of one year's notice were entered or corrected."""

    key = "clock.holiday_notice_loaded"
    label = _("Holiday notice loaded")

    year: int
    sources: tuple[str, ...]
    added: int
    changed: int
    removed: int
