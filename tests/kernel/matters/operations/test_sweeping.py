"""What time itself does to matters, night by night."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangxin.foundation.clock.models import CalendarDay
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.sweeping import sweep
from jiangxin.kernel.matters.operations.working import (
    finish_step,
    note_matter,
    take_matter,
)
from tests.kernel.matters.conftest import WINDOW, fresh

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)
MOST_QUERIES = 5
NOTHING = {"deemed_withdrawn": 0, "clocks_set": 0, "escalated": 0, "files_deleted": 0}


def escalations(matter):
    return matter.acts.filter(kind=ActKind.ESCALATED).count()


def test_a_night_after_which_nothing_is_late_changes_nothing(submit, now):
    submit()
    assert sweep(now + DAYS) == NOTHING


def test_what_was_not_supplemented_lapses_once(submit, ask, now):
    matter = ask(submit())
    night = now + 15 * DAYS
    assert sweep(night)["deemed_withdrawn"] == 1
    assert sweep(night) == NOTHING
    assert fresh(matter).state == "withdrawn"


def test_what_is_overdue_comes_before_the_leader_once(submit, now):
    matter = submit()  # two working days to accept it: Wednesday
    assert sweep(now + 2 * DAYS)["escalated"] == 0
    assert sweep(now + 3 * DAYS)["escalated"] == 1
    assert sweep(now + 4 * DAYS)["escalated"] == 0
    assert fresh(matter).escalated_at == now + 3 * DAYS
    assert escalations(matter) == 1


def test_a_weekend_is_no_idleness_and_what_goes_on_lying_comes_up_again(accept, now):
    matter = accept()  # Monday; five working days on it is Monday again
    Matter.objects.update(due_on=date(2027, 6, 1))
    sweep(now + 7 * DAYS)
    assert escalations(matter) == 0
    Matter.objects.update(escalated_at=now)  # so that only lying counts
    assert sweep(now + 8 * DAYS)["escalated"] == 1
    assert sweep(now + 9 * DAYS)["escalated"] == 0
    assert sweep(now + 16 * DAYS)["escalated"] == 1
    assert escalations(matter) == 2


def test_what_is_worked_on_does_not_lie(submit, act, now):
    matter = submit()
    sweep(now + 3 * DAYS)
    act(take_matter, matter, at=now + 8 * DAYS)
    assert sweep(now + 9 * DAYS)["escalated"] == 0


@pytest.mark.parametrize("stops", ["supplements", "public notice"])
def test_what_stands_still_may_lie(accept, act, ask, now, stops):
    matter = accept()
    if stops == "supplements":
        ask(matter, "field:chair", at=now)
    else:
        act(finish_step, matter)
    assert sweep(now + 10 * DAYS)["escalated"] == 0


def test_a_holiday_that_is_noticed_late_moves_what_is_due(accept, now):
    matter = accept()
    assert fresh(matter).due_on == date(2026, 11, 30)
    CalendarDay.objects.create(
        on=date(2026, 11, 27),
        is_working=False,
        name="Trial",
        source="Test",
        notice_year=2026,
    )
    assert sweep(now + DAYS)["clocks_set"] == 1
    assert sweep(now + DAYS)["clocks_set"] == 0
    assert fresh(matter).due_on == date(2026, 12, 1)


def test_what_was_in_time_stays_so_whatever_is_noticed_later(grant, act, now):
    matter = grant()
    CalendarDay.objects.create(
        on=date(2026, 11, 24),
        is_working=False,
        name="Trial",
        source="Test",
        notice_year=2026,
    )
    due = matter.due_on
    act(note_matter, matter, text="备注", at=now + 300 * DAYS)
    after = fresh(matter)
    assert (after.due_on, after.is_on_time) == (due, True)


def test_a_night_costs_the_same_however_many_matters_are_settled(grant, now):
    settled = grant()
    template = Matter.objects.filter(pk=settled.pk).values().get()
    del template["id"]
    costs = []
    for rows in (0, 500):
        Matter.objects.bulk_create(
            Matter(**{**template, "number": f"{one}", "token": f"{one:032x}"})
            for one in range(rows)
        )
        with CaptureQueriesContext(connection) as queries:
            assert sweep(now + DAYS) == NOTHING
        costs.append(len(queries))
    # The calendar, those to lapse, the open ones, those for a leader, the files; of
    # which PostgreSQL counts those read through a cursor its own way.
    assert costs[0] == costs[1] <= MOST_QUERIES


def test_open_matters_are_looked_at_together_not_one_by_one(accept, now):
    template = Matter.objects.filter(pk=accept().pk).values().get()
    del template["id"]
    Matter.objects.bulk_create(
        Matter(**{**template, "number": f"{one}", "token": f"{one:032x}"})
        for one in range(1, 400)
    )
    with CaptureQueriesContext(connection) as queries:
        assert sweep(now + DAYS) == NOTHING
    # As above, and the stops of the open ones.
    assert len(queries) <= MOST_QUERIES + 1, [one["sql"] for one in queries]


def test_the_platform_itself_is_named_in_the_journal(submit, now):
    matter = submit()
    sweep(now + 3 * DAYS)
    made = matter.acts.get(kind=ActKind.ESCALATED)
    assert (made.account_id, made.actor_label, made.is_internal) == (
        None,
        "system",
        True,
    )
    assert WINDOW.label not in made.actor_label
