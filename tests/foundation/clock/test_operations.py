from dataclasses import dataclass
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from jiangxin.foundation.actor import SYSTEM, Scope
from jiangxin.foundation.clock.models import CalendarDay
from jiangxin.foundation.clock.operations import NoticeLoaded, load_notice
from jiangxin.foundation.clock.permissions import can_load_notice
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.errors import NotPermitted, Refused
from jiangxin.foundation.trail.models import TrailEvent

HEAD = "on,is_working,name,source\n"
NOTICE = (
    HEAD
    + "2041-01-01,no,New Year,Made-up notice\n"
    + "2041-01-05,yes,,Made-up notice\n"
    + "2040-12-31,no,New Year,Made-up notice\n"
)


@dataclass(frozen=True)
class Clerk:
    places: tuple[Scope, ...]
    account_id: int | None = 7
    label: str = "clerk"
    person_id: int | None = None

    def scopes(self, permission):
        return self.places


def load(text, now, **options):
    return load_notice(text=text, actor=SYSTEM, now=now, **options)


@pytest.mark.django_db
class TestLoadNotice:
    def test_a_notice_makes_its_year_known(self, now):
        before = calendar()
        assert before.add_working_days(date(2040, 12, 28), 1).is_provisional
        assert load(NOTICE, now) == NoticeLoaded(2041, 3, 0, 0, 0)
        after = calendar()
        assert after.is_known(date(2041, 6, 1))
        assert not after.is_known(date(2040, 12, 31))
        assert after.is_working_day(date(2041, 1, 5))  # a Saturday
        deadline = after.add_working_days(date(2040, 12, 31), 3)
        assert deadline.on == date(2041, 1, 4)
        assert not deadline.is_provisional

    def test_it_leaves_one_event_on_the_trail(self, now):
        load(NOTICE, now)
        event = TrailEvent.objects.get()
        assert event.kind == "clock.holiday_notice_loaded"
        assert event.subject == "calendar:2041"
        assert "Made-up notice" in event.payload

    def test_the_same_file_again_changes_nothing(self, now):
        load(NOTICE, now)
        assert load(NOTICE, now) == NoticeLoaded(2041, 0, 0, 0, 3)
        assert TrailEvent.objects.count() == 1

    def test_a_corrected_notice_replaces_the_earlier_one(self, now):
        load(NOTICE, now)
        corrected = (
            HEAD
            + "2041-01-01,no,New Year,Corrected notice\n"
            + "2040-12-31,no,New Year,Made-up notice\n"
            + "2041-01-06,yes,,Corrected notice\n"
        )
        assert load(corrected, now) == NoticeLoaded(2041, 1, 1, 1, 1)
        days = CalendarDay.objects.values_list("on", flat=True)
        assert str(CalendarDay.objects.first()) == "2040-12-31"
        assert list(days) == [date(2040, 12, 31), date(2041, 1, 1), date(2041, 1, 6)]
        assert TrailEvent.objects.count() == 2

    def test_a_later_notice_may_settle_a_day_of_an_earlier_one(self, now):
        load(HEAD + "2040-12-31,yes,,First\n2040-10-01,no,,First\n", now)
        assert load(NOTICE, now) == NoticeLoaded(2041, 2, 1, 0, 0)
        assert not calendar().is_working_day(date(2040, 12, 31))
        assert calendar().is_known(date(2040, 6, 1))

    def test_a_dry_run_writes_nothing(self, now):
        loaded = load(NOTICE, now, is_dry_run=True)
        assert loaded == NoticeLoaded(2041, 3, 0, 0, 0)
        assert not CalendarDay.objects.exists()
        assert not TrailEvent.objects.exists()

    def test_a_refused_notice_writes_nothing(self, now):
        with pytest.raises(Refused):
            load(NOTICE + "2041-02-30,no,,s\n", now)
        assert not CalendarDay.objects.exists()

    @pytest.mark.parametrize(
        ("places", "is_allowed"),
        [((), False), ((Scope("330726"),), False), ((Scope(),), True)],
    )
    def test_only_who_may_everywhere_may(self, places, is_allowed, now):
        clerk = Clerk(places)
        assert can_load_notice(clerk) is is_allowed
        if is_allowed:
            load_notice(text=NOTICE, actor=clerk, now=now)
            assert TrailEvent.objects.get().actor_account_id == 7
        else:
            with pytest.raises(NotPermitted):
                load_notice(text=NOTICE, actor=clerk, now=now)
            assert not CalendarDay.objects.exists()

    def test_the_command_says_what_it_did(self, tmp_path):
        file = tmp_path / "notice.csv"
        file.write_text(NOTICE, encoding="utf-8")
        printed = StringIO()
        call_command("clock_load_notice", file, "--dry-run", stdout=printed)
        assert not CalendarDay.objects.exists()
        call_command("clock_load_notice", file, stdout=printed)
        assert printed.getvalue().count("2041") == 2
        assert CalendarDay.objects.count() == 3

    def test_the_command_refuses_with_the_reason(self, tmp_path):
        file = tmp_path / "notice.csv"
        with pytest.raises(CommandError, match=r"notice\.csv"):
            call_command("clock_load_notice", file)
        file.write_text(HEAD, encoding="utf-8")
        with pytest.raises(CommandError, match=r"clock\.notice_empty"):
            call_command("clock_load_notice", file)


@pytest.mark.django_db
def test_a_day_without_source_is_refused_by_the_database():
    day = CalendarDay(on=date(2041, 1, 1), is_working=False, notice_year=2041)
    with pytest.raises(IntegrityError), transaction.atomic():
        day.save()


@pytest.mark.django_db
def test_a_day_is_there_once():
    values = {"on": date(2041, 1, 1), "is_working": False, "notice_year": 2041}
    CalendarDay.objects.create(**values, source="one")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(**values, source="two")
