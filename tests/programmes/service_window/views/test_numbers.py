"""Entering the number on the matter's page."""

import pytest
from django.urls import reverse
from django.utils import translation

from jiangxin.kernel.access.enums import Role
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import NumberEntry
from tests.kernel.access.conftest import make_account
from tests.kernel.register.cast import COUNTY, SOUTH
from tests.programmes.service_window.conftest import CODE

__all__ = ["make_account"]

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = {
    "issued_on": "2026-11-20",
    "valid_from": "2026-11-20",
    "valid_to": "2031-02-28",
}


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMONSTRATION = True
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(client, make_account):
    client.force_login(make_account("clerk", (Role.WINDOW_CLERK, COUNTY)))
    return client


@pytest.fixture
def at_the_step(accept, finish):
    return finish(accept(registry.FIRST), until="number")


def shown(client, matter):
    address = reverse("matters:matter-detail", args=[matter.pk])
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def test_the_matters_page_asks_for_the_number_at_its_step(at_the_step, clerk):
    assert "Enter the number" in shown(clerk, at_the_step)


def test_before_the_step_there_is_no_panel(accept, clerk):
    assert "Make a number up" not in shown(clerk, accept(registry.FIRST))


def test_the_form_knows_the_last_day_of_the_term(at_the_step, clerk):
    address = reverse("service_window:number-entry", args=[at_the_step.pk])
    assert "2031-02-28" in clerk.get(address).content.decode()


def test_what_is_typed_is_kept_and_shown(at_the_step, clerk):
    address = reverse("service_window:number-entry", args=[at_the_step.pk])
    clerk.post(address, {"number": "ZJ-9", "credit_code": CODE, **DAYS})
    assert NumberEntry.objects.get().number == "ZJ-9"
    page = shown(clerk, at_the_step)
    assert "ZJ-9" in page
    assert "Correct the number" in page


def test_a_refusal_stands_at_its_field(at_the_step, clerk):
    address = reverse("service_window:number-entry", args=[at_the_step.pk])
    answer = clerk.post(address, {"number": "ZJ-9", "credit_code": "", **DAYS})
    assert "no credit code yet" in answer.content.decode()
    assert not NumberEntry.objects.exists()


def test_the_demonstrations_number_says_what_it_is(at_the_step, clerk):
    address = reverse("service_window:number-made-up", args=[at_the_step.pk])
    clerk.post(address)
    page = shown(clerk, at_the_step)
    assert "DEMO-330726" in page
    assert "Made up for a demonstration" in page


def test_outside_a_demonstration_no_number_is_made_up(at_the_step, clerk, settings):
    settings.DEMONSTRATION = False
    assert "Make a number up" not in shown(clerk, at_the_step)
    address = reverse("service_window:number-made-up", args=[at_the_step.pk])
    clerk.post(address)
    assert not NumberEntry.objects.exists()


def test_a_window_elsewhere_finds_no_such_matter(at_the_step, client, make_account):
    client.force_login(make_account("far", (Role.WINDOW_CLERK, SOUTH)))
    for name in ("number-entry", "number-made-up"):
        address = reverse(f"service_window:{name}", args=[at_the_step.pk])
        assert client.post(address).status_code == 404


def test_granted_the_page_leads_to_the_certificate(carry, clerk):
    assert "Open the certificate" in shown(clerk, carry(registry.FIRST))
