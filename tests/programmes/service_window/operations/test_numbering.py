"""Entering the number of the national system."""

from datetime import date, timedelta

import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import NumberEntry, UnionCertificate
from jiangxin.programmes.service_window.operations.numbering import (
    CreditCodeDiffers,
    CreditCodeNeeded,
    CreditCodeWrong,
    DaysWrong,
    DemonstrationOnly,
    NotAtThisStep,
    NumberTaken,
    make_up_number,
)
from tests.programmes.service_window.conftest import CHAIR, CODE, FAR_WINDOW, WINDOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_the_step(accept, finish):
    return finish(accept(registry.FIRST), until="number")


def test_entered_again_the_number_is_corrected(at_the_step, number):
    number(at_the_step, "ZJ-001")
    number(at_the_step, "ZJ-010")
    assert [one.number for one in NumberEntry.objects.all()] == ["ZJ-010"]
    about = f"organisation:{at_the_step.organisation_id}"
    entered = events_of(about).filter(kind="service_window.number_entered")
    assert entered.count() == 2


def test_before_and_after_its_step_no_number_is_entered(accept, finish, number):
    matter = accept(registry.FIRST)
    with pytest.raises(NotAtThisStep):
        number(matter)
    finish(matter)
    with pytest.raises(NotAtThisStep):
        number(matter)
    assert not NumberEntry.objects.exists()


def test_a_number_is_given_once(carry, accept, finish, number, firms):
    carry(registry.FIRST)
    other = accept(registry.FIRST, union=firms.south_union)
    finish(other, until="number")
    with pytest.raises(NumberTaken) as refused:
        number(other, "ZJ-001")
    assert "北方工会" in refused.value.message


@pytest.mark.parametrize(
    "days",
    [
        {"valid_to": date(2026, 11, 22)},
        {"issued_on": date(2026, 11, 24)},
        {"valid_from": date(2026, 12, 1)},
    ],
)
def test_days_out_of_order_are_refused(at_the_step, number, days):
    with pytest.raises(DaysWrong):
        number(at_the_step, **days)


def test_a_wrong_credit_code_is_refused(at_the_step, number):
    with pytest.raises(CreditCodeWrong):
        number(at_the_step, credit_code="81330726MC0000012X")


def test_a_union_without_a_code_needs_one(at_the_step, number):
    with pytest.raises(CreditCodeNeeded):
        number(at_the_step, credit_code="")


def test_a_union_keeps_the_code_it_has(carry, accept, finish, number):
    carry(registry.FIRST)
    again = accept(registry.REISSUE)
    finish(again, until="number")
    with pytest.raises(CreditCodeDiffers):
        number(again, "ZJ-002", credit_code="81330402MC1234566J")
    assert number(again, "ZJ-002", credit_code="").credit_code == CODE


@pytest.mark.parametrize("actor", [CHAIR, FAR_WINDOW])
def test_others_enter_no_number(at_the_step, number, actor):
    with pytest.raises(Exception) as refused:
        number(at_the_step, actor=actor)
    assert type(refused.value).__name__ in {"NotFound", "NotPermitted"}
    assert not NumberEntry.objects.exists()


def test_a_service_without_a_certificate_has_no_number(accept, number):
    with pytest.raises(NotFound):
        number(accept(registry.CANCELLATION, certificate_number="OLD-1"))


def test_a_number_is_made_up_in_a_demonstration_only(at_the_step, settings, now):
    settings.DEMONSTRATION = False
    with pytest.raises(DemonstrationOnly):
        make_up_number(matter_id=at_the_step.pk, actor=WINDOW, now=now)
    settings.DEMONSTRATION = True
    entry = make_up_number(matter_id=at_the_step.pk, actor=WINDOW, now=now)
    assert entry.number == f"DEMO-330726-2026-{at_the_step.pk:06}"
    assert entry.is_demonstration
    assert entry.credit_code.startswith("81330726")


def test_the_made_up_number_ends_with_the_term(
    at_the_step, settings, finish, grant, now
):
    settings.DEMONSTRATION = True
    make_up_number(matter_id=at_the_step.pk, actor=WINDOW, now=now)
    grant(finish(at_the_step), at=now + timedelta(minutes=1))
    made = UnionCertificate.objects.get()
    assert made.valid_to == date(2031, 2, 28)
    assert made.is_demonstration
