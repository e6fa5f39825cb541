"""Entering a year's holiday notice."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.events import HolidayNoticeLoaded
from jiangxin.foundation.clock.models import CalendarDay
from jiangxin.foundation.clock.notices import Notice, NoticeDay, read_notice
from jiangxin.foundation.clock.permissions import check_load_notice
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.trail.operations import record, subject


@dataclass(frozen=True)
class NoticeLoaded:
    """What loading a notice changed, or with a dry run would change, in days."""

    year: int
    added: int
    changed: int
    removed: int
    unchanged: int

    @property
    def changes_anything(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@opens_transaction
def load_notice(
    *, text: str, actor: Actor, now: datetime, is_dry_run: bool = False
) -> NoticeLoaded:
    """Make the calendar say what the notice in CSV `text` says of its year.

    Days of an earlier loading of the same year that the notice no longer names are
    removed. The same file again changes nothing and leaves no event.
    Raises NotPermitted and what `read_notice` raises.
    """
    check_load_notice(actor)
    notice = read_notice(text)
    concerned = Q(notice_year=notice.year) | Q(on__in=[day.on for day in notice.days])
    rows = CalendarDay.objects.select_for_update().filter(concerned)
    present = {row.on: row for row in rows}
    loaded = _compare(notice, present)
    if loaded.changes_anything and not is_dry_run:
        _write(notice, present)
        record(
            HolidayNoticeLoaded(
                year=notice.year,
                sources=notice.sources,
                added=loaded.added,
                changed=loaded.changed,
                removed=loaded.removed,
            ),
            subject=subject("calendar", notice.year),
            actor=actor,
            at=now,
        )
    return loaded


def _compare(notice: Notice, present: dict[date, CalendarDay]) -> NoticeLoaded:
    known = [(day, present[day.on]) for day in notice.days if day.on in present]
    changed = sum(_row(day, notice.year) != _stored(row) for day, row in known)
    return NoticeLoaded(
        year=notice.year,
        added=len(notice.days) - len(known),
        changed=changed,
        removed=len(present) - len(known),
        unchanged=len(known) - changed,
    )


def _write(notice: Notice, present: dict[date, CalendarDay]) -> None:
    named = {day.on for day in notice.days}
    CalendarDay.objects.filter(on__in=present.keys() - named).delete()
    for day in notice.days:
        CalendarDay.objects.update_or_create(on=day.on, defaults=_row(day, notice.year))


def _row(day: NoticeDay, year: int) -> dict[str, object]:
    return {
        "is_working": day.is_working,
        "name": day.name,
        "source": day.source,
        "notice_year": year,
    }


def _stored(row: CalendarDay) -> dict[str, object]:
    return {
        "is_working": row.is_working,
        "name": row.name,
        "source": row.source,
        "notice_year": row.notice_year,
    }
