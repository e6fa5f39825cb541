"""Unions are invited 90, 60 and 30 days before their term ends, each once."""

from datetime import date, timedelta

import pytest

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.notices.models import Notice
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import (
    RenewalInvitation,
    UnionCertificate,
)
from jiangxin.programmes.service_window.operations.inviting import invite, invite_all
from jiangxin.programmes.service_window.queries.certificates import to_invite
from tests.kernel.access.conftest import make_account
from tests.programmes.service_window.conftest import FAR_WINDOW, WINDOW

__all__ = ["make_account"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(carry):
    carry(registry.FIRST, days={"valid_to": date(2027, 2, 21)})
    return UnionCertificate.objects.get()


def days_before(certificate, days, now):
    gap = (certificate.valid_to - today(now)).days - days
    return now + timedelta(days=gap)


def invited(certificate):
    found = RenewalInvitation.objects.filter(certificate=certificate)
    return sorted(found.values_list("days_before", flat=True), reverse=True)


def test_each_step_invites_once_and_again_changes_nothing(certificate, now):
    for days, expected in ((91, 0), (90, 1), (75, 0), (60, 1), (30, 1), (3, 0)):
        at = days_before(certificate, days, now)
        assert invite_all(at) == expected, days
        assert invite_all(at) == 0
    assert invited(certificate) == [90, 60, 30]


def test_a_step_that_was_missed_is_not_made_up_for(certificate, now):
    assert invite_all(days_before(certificate, 20, now)) == 1
    assert invited(certificate) == [30]


def test_whose_term_is_over_is_not_invited(certificate, now):
    at = days_before(certificate, -1, now)
    assert invite_all(at) == 0
    ids = [certificate.pk]
    assert invite(certificate_ids=ids, actor=WINDOW, now=at) == 0


def test_the_list_of_whom_to_invite_is_what_inviting_does(certificate, now):
    for days in (95, 90, 61, 60, 31, 30, 1, 0, -1):
        at = days_before(certificate, days, now)
        due = to_invite(UnionCertificate.objects.all(), today(at)).count()
        assert invite_all(at) == due, days


def test_a_window_elsewhere_invites_nobody_here(certificate, now):
    at = days_before(certificate, 90, now)
    ids = [certificate.pk]
    assert invite(certificate_ids=ids, actor=FAR_WINDOW, now=at) == 0
    assert not RenewalInvitation.objects.exists()


def test_the_unions_clerk_is_told(certificate, make_account, now):
    account = make_account("union.north", (Role.UNION_CLERK, "", "U-NORTH"))
    make_account("union.south", (Role.UNION_CLERK, "", "U-SOUTH"))
    invite_all(days_before(certificate, 90, now))
    told = Notice.objects.filter(kind="service_window.renewal_invited")
    assert [one.account_id for one in told] == [account.pk]
