from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.matters.models import Matter
from tests.kernel.matters.conftest import fresh
from tests.kernel.register.cast import COUNTY, SOUTH

pytestmark = pytest.mark.django_db
URL = "/desk/matters/forecast/"


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def account(now):
    def made(name, role=Role.FEDERATION_OFFICER, place=COUNTY):
        found = Account.objects.create(
            username=name, display_name=name.title(), created_at=now
        )
        RoleGrant.objects.create(
            account=found, role=role, region_code=place, valid_from=date(2026, 1, 1)
        )
        return found

    return made


@pytest.fixture
def clerk(client, account):
    found = account("chen")
    client.force_login(found)
    return found


def text(response):
    return " ".join(response.content.decode().split())


def due(matter, days):
    """Let it be due so many days from the day that requests see."""
    on = timezone.localdate() + timedelta(days=days)
    Matter.objects.filter(pk=matter.pk).update(due_on=on)
    return fresh(matter)


def test_what_is_over_its_day_is_listed_with_the_reason_and_its_page(
    client, clerk, submit
):
    matter = due(submit(), -3)
    html = text(client.get(URL))
    assert "3 days over already" in html
    assert reverse("matters:matter-detail", args=[matter.pk]) in html
    assert "In nobody&#x27;s hands" in html


def test_what_is_due_soon_in_nobodys_hands_is_listed(client, clerk, submit):
    due(submit(), 2)
    assert "In nobody&#x27;s hands, and due in 2 days" in text(client.get(URL))


def test_nothing_that_is_far_from_due_is_listed(client, clerk, submit):
    due(submit(), 60)
    assert "Nothing is likely to miss its day" in text(client.get(URL))


def test_the_list_narrows_by_reason_and_by_hand(client, clerk, submit):
    matter = due(submit(), -1)
    for query, is_there in (
        ("risk=overdue", True),
        ("risk=unknown", False),
        ("hand=none", True),
    ):
        html = text(client.get(f"{URL}?{query}"))
        assert (str(matter) in html) is is_there, query


def test_the_list_is_exported_with_its_reasons(client, clerk, submit):
    due(submit(), -1)
    answer = client.get(f"{URL}?export=csv")
    exported = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "1 day over already" in exported


def test_who_looks_after_another_place_sees_nothing_of_it(client, account, submit):
    client.force_login(account("sun", place=SOUTH))
    due(submit(), -3)
    assert "Nothing is likely to miss its day" in text(client.get(URL))


def test_who_sees_no_matters_sees_no_forecast(client, account):
    client.force_login(account("worker", Role.WORKER, ""))
    assert client.get(URL).status_code == 403
