from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.batch import Target, take_many
from jiangxin.kernel.matters.queries import outlook as module
from jiangxin.kernel.matters.queries.outlook import (
    Risk,
    count_likely_late,
    outlook_of,
)
from tests.kernel.matters.conftest import FAR_WINDOW, WINDOW, fresh
from tests.kernel.matters.queries.test_costs import multiply

pytestmark = pytest.mark.django_db


def due(now, matter, days, **more):
    on = timezone.localdate(now) + timedelta(days=days)
    Matter.objects.filter(pk=matter.pk).update(due_on=on, **more)


def take(now, matter):
    seen = fresh(matter).version
    return take_many([Target(matter.pk, seen)], actor=WINDOW, now=now).done[0]


def risks(now, actor=WINDOW):
    found = outlook_of(actor, now).prospects
    return {pk: one.risk for pk, one in found.items()}


def test_a_matter_past_its_day_is_overdue(submit, now):
    matter = submit()
    due(now, matter, -1)
    assert risks(now) == {matter.pk: Risk.OVERDUE}
    assert count_likely_late(WINDOW, now) == 1
    assert risks(now, FAR_WINDOW) == {}


@pytest.mark.parametrize(("days", "found"), [(3, True), (4, False)])
def test_what_nobody_has_is_named_three_days_before(submit, now, days, found):
    matter = submit()
    due(now, matter, days)
    assert (risks(now) == {matter.pk: Risk.UNKNOWN}) is found


def test_what_waits_for_the_applicant_is_left_out(submit, now):
    matter = submit()
    due(now, matter, -1, waiting_since=now)
    assert risks(now) == {}


def test_a_hand_that_is_slow_misses_what_comes_last(submit, grant, now):
    """One decided in four weeks: a twentieth a working day, so the second comes late."""
    decided = grant(at=now - timedelta(days=7))
    Matter.objects.filter(pk=decided.pk).update(
        assigned_account_id=WINDOW.account_id, assigned_label=WINDOW.label
    )
    matter = take(now, submit())
    due(now, matter, 90)
    multiply(fresh(matter), 9)
    found = outlook_of(WINDOW, now)
    assert {one.risk for one in found.prospects.values()} == {Risk.PACE}
    (load,) = found.loads
    assert (load.hand, load.label, load.matters) == (
        str(WINDOW.account_id),
        "窗口小陈",
        10,
    )
    assert load.likely_late == len(found.prospects) > 0
    assert load.pace == Fraction(1, 20)
    last = max(found.prospects.values(), key=lambda one: one.before)
    assert last.before == 9


def test_no_more_than_the_first_due_are_looked_at(submit, now, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    matter = submit()
    due(now, matter, -1)
    multiply(fresh(matter), 3)
    found = outlook_of(WINDOW, now)
    assert (len(found.prospects), found.is_cut) == (2, True)


@pytest.mark.parametrize("rows", [3, 300])
def test_it_asks_as_much_however_many_there_are(
    submit, now, rows, django_assert_num_queries
):
    multiply(submit(), rows)
    with django_assert_num_queries(3):  # with the holidays
        outlook_of(WINDOW, now)
