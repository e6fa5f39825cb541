"""Halls, windows and slots are set up where one manages them."""

from datetime import time

import pytest

from jiangxin.foundation.errors import NotPermitted
from jiangxin.kernel.counter.operations.arranging import (
    HallEntry,
    NumberTaken,
    PlanEntry,
    PlanImpossible,
    WindowEntry,
    add_plan,
    end_plan,
    keep_hall,
    keep_window,
)
from tests.kernel.counter.conftest import CLERK, MANAGER, MONDAY
from tests.kernel.register.cast import COUNTY

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hall_a_window_and_its_times(now):
    given = {"actor": MANAGER, "now": now}
    hall = keep_hall(HallEntry(COUNTY, "大厅"), **given)
    window = keep_window(WindowEntry(1, services=("a.b",)), hall_id=hall.pk, **given)
    entry = PlanEntry(time(9), time(11), 30, 2, MONDAY)
    plan = add_plan(entry, window_id=window.pk, **given)
    ended = end_plan(plan_id=plan.pk, on=MONDAY, **given)
    assert (window.services, ended.valid_to) == (["a.b"], MONDAY)


def test_a_number_stands_once_in_a_hall(hall, window, now):
    with pytest.raises(NumberTaken):
        keep_window(WindowEntry(1), hall_id=hall.pk, actor=MANAGER, now=now)


@pytest.mark.parametrize(
    ("ends", "minutes"), [(time(9), 30), (time(8), 30), (time(11), 1)]
)
def test_a_plan_has_a_length(window, now, ends, minutes):
    with pytest.raises(PlanImpossible):
        add_plan(
            PlanEntry(time(9), ends, minutes, 1, MONDAY),
            window_id=window.pk,
            actor=MANAGER,
            now=now,
        )


def test_a_clerk_sets_nothing_up(hall, window, now):
    given = {"actor": CLERK, "now": now}
    with pytest.raises(NotPermitted):
        keep_hall(HallEntry(COUNTY, "大厅"), **given)
    with pytest.raises(NotPermitted):
        keep_window(WindowEntry(2), hall_id=hall.pk, **given)
    plan = window.plans.get()
    with pytest.raises(NotPermitted):
        end_plan(plan_id=plan.pk, on=MONDAY, **given)


def test_a_hall_is_not_moved_to_where_one_does_not_manage(hall, now):
    with pytest.raises(NotPermitted):
        keep_hall(HallEntry("331023", "大厅"), hall_id=hall.pk, actor=MANAGER, now=now)
