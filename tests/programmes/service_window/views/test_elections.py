"""The calendar of elections, and the page an invitation leads to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.notices.models import Notice
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.operations.inviting import invite_all
from jiangxin.programmes.service_window.queries.certificates import ending_by_month
from jiangxin.programmes.service_window.telling import RENEWAL
from tests.exports import exported
from tests.kernel.access.conftest import make_account
from tests.kernel.register.cast import COUNTY

__all__ = ["make_account"]

pytestmark = pytest.mark.django_db(transaction=True)
LIST = reverse("service_window:election-list")


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def now():
    """The day of the run: that is when the pages are asked for."""
    return timezone.now()


@pytest.fixture
def certificate(carry, now):
    carry(registry.FIRST, days={"valid_to": today(now) + timedelta(days=40)})
    return UnionCertificate.objects.get()


@pytest.fixture
def clerk(client, make_account):
    client.force_login(make_account("clerk", (Role.WINDOW_CLERK, COUNTY)))
    return client


@pytest.fixture
def chair(client, make_account, certificate):
    code = certificate.organisation.code
    client.force_login(make_account("chair", (Role.UNION_CLERK, "", code)))
    return client


def text(client, **query):
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_calendar_says_what_is_due_and_who_was_invited(certificate, clerk, now):
    assert "Hold the election" in text(clerk)
    assert certificate.name in text(clerk, invited="no")
    invite_all(now)
    assert "60 days before" in text(clerk)
    assert certificate.name not in text(clerk, invited="no")
    assert certificate.name not in text(clerk, renewal="yes")


def test_the_calendar_can_be_narrowed_and_exported(certificate, clerk):
    assert certificate.name in text(clerk, ends="60")
    assert certificate.name not in text(clerk, ends="30")
    assert certificate.name in exported(clerk, LIST, ends="60")
    assert certificate.name not in exported(clerk, LIST, ends="30")


def test_months_count_what_ends_in_each(certificate, now):
    rows = UnionCertificate.objects.all()
    months = ending_by_month(rows, today(now), 12)
    assert len(months) == 12
    assert sum(count for _first, _last, count in months) == 1


def test_months_begin_with_the_present_one_and_are_whole(db):
    months = ending_by_month(UnionCertificate.objects.all(), date(2026, 11, 23), 12)
    assert months[0][:2] == (date(2026, 11, 1), date(2026, 11, 30))
    assert months[1][:2] == (date(2026, 12, 1), date(2026, 12, 31))
    assert months[11][:2] == (date(2027, 10, 1), date(2027, 10, 31))


def test_a_bar_of_the_calendar_leads_to_its_month(certificate, clerk, now):
    ends = certificate.valid_to
    first = ends.replace(day=1)
    shown = text(clerk, until_from=first, until_to=ends)
    assert certificate.name in shown
    assert f"until_from={first}" in shown
    assert certificate.name not in text(clerk, until_to=first - timedelta(days=1))


def test_the_invitation_leads_to_the_renewal_filled_in(
    certificate, chair, now, settings
):
    invite_all(now)
    notice = Notice.objects.get(kind=RENEWAL.key)
    inbox = chair.get(reverse("notices:desk-list")).content.decode()
    url = reverse("service_window:certificate-renew", args=[certificate.pk])
    assert notice.subject.endswith(f":{certificate.pk}")
    assert "The certificate of your union ends" in inbox
    page = chair.get(url)
    assert "The term ends in 40 days" in page.content.decode()
    token = page.context["form"]["token"].value()
    answer = chair.post(url, {"token": str(token)})
    matter = Matter.objects.get(service=registry.RENEWAL)
    assert answer["Location"] == reverse("matters:desk-fill", args=[matter.pk])
    assert "李明" in chair.get(answer["Location"]).content.decode()


def test_strangers_see_neither(certificate, client, make_account):
    client.force_login(make_account("other", (Role.WINDOW_CLERK, "330783")))
    assert certificate.name not in text(client)
    url = reverse("service_window:certificate-renew", args=[certificate.pk])
    assert client.get(url).status_code == 404
