"""Printed copies are counted; certificates of earlier days are entered from paper."""

from datetime import date

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import CertificatePrint, UnionCertificate
from jiangxin.programmes.service_window.operations.certificates import CertificateThere
from jiangxin.programmes.service_window.operations.copies import (
    NotPrintable,
    ReprintWithoutReason,
    print_certificate,
)
from jiangxin.programmes.service_window.operations.entering import (
    EnteredCertificate,
    enter_certificate,
)
from jiangxin.programmes.service_window.operations.numbering import (
    DaysWrong,
    NumberFacts,
)
from tests.programmes.service_window.conftest import (
    CHAIR,
    CODE,
    FAR_WINDOW,
    NOBODY,
    WINDOW,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(carry):
    carry(registry.FIRST)
    return UnionCertificate.objects.get()


def copy(certificate, now, *, copies=0, reason="", actor=WINDOW):
    return print_certificate(
        certificate_id=certificate.pk,
        copies=copies,
        reason=reason,
        actor=actor,
        now=now,
    )


def test_the_first_copy_needs_no_reason_and_the_next_does(certificate, now):
    assert copy(certificate, now).sequence == 1
    with pytest.raises(ReprintWithoutReason):
        copy(certificate, now, copies=1)
    again = copy(certificate, now, copies=1, reason="打印机卡纸")
    assert (again.sequence, again.reason) == (2, "打印机卡纸")


def test_a_copy_asked_for_twice_from_one_page_is_counted_once(certificate, now):
    first = copy(certificate, now)
    assert copy(certificate, now) == first
    assert CertificatePrint.objects.count() == 1


def test_what_was_cancelled_is_not_printed(certificate, carry, now):
    carry(registry.CANCELLATION)
    with pytest.raises(NotPrintable):
        copy(certificate, now)


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [(CHAIR, NotPermitted), (FAR_WINDOW, NotFound), (NOBODY, NotFound)],
)
def test_others_print_nothing(certificate, now, actor, refusal):
    with pytest.raises(refusal):
        copy(certificate, now, actor=actor)
    assert not CertificatePrint.objects.exists()


def paper(number="OLD-1", **more):
    days = {
        "issued_on": date(2022, 5, 1),
        "valid_from": date(2022, 5, 1),
        "valid_to": date(2027, 4, 30),
        **more,
    }
    return EnteredCertificate(
        kind="legal_person",
        numbers=NumberFacts(number, **days, credit_code=CODE),
        legal_representative="李明",
        domicile="北镇",
        authority="浦江县总工会",
    )


def enter(union, now, what=None, *, actor=WINDOW):
    return enter_certificate(
        union_id=union.pk, paper=what or paper(), actor=actor, now=now
    )


def test_a_paper_entered_twice_is_one_record(firms, now):
    made = enter(firms.north_union, now)
    assert enter(firms.north_union, now) == made
    assert made.ground == "entered"
    assert made.credential.valid_from == date(2022, 5, 1)


def test_after_entering_it_the_certificate_can_be_changed(firms, carry, now):
    enter(firms.north_union, now)
    carry(
        registry.CHANGE,
        papers=["change_statement"],
        new_domicile="北镇建设路8号",
    )
    later = UnionCertificate.objects.get(state="valid")
    assert later.replaces.number == "OLD-1"


def test_a_union_with_a_certificate_gets_no_second_one(firms, now):
    enter(firms.north_union, now)
    with pytest.raises(CertificateThere):
        enter(firms.north_union, now, paper("OLD-2"))


def test_a_paper_that_ends_before_it_begins_is_refused(firms, now):
    with pytest.raises(DaysWrong):
        enter(firms.north_union, now, paper(valid_to=date(2022, 4, 1)))


def test_what_is_no_union_has_no_certificate(firms, now):
    with pytest.raises(NotFound):
        enter(firms.north, now)


@pytest.mark.parametrize("actor", [CHAIR, FAR_WINDOW])
def test_others_enter_nothing(firms, now, actor):
    with pytest.raises(NotPermitted):
        enter(firms.north_union, now, actor=actor)
    assert not UnionCertificate.objects.exists()
