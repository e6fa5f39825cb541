"""The register of certificates as its readers see it, and the public's question."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.models import (
    RenewalInvitation,
    UnionCertificate,
)
from tests.exports import exported
from tests.kernel.access.conftest import make_account
from tests.kernel.register.cast import COUNTY, SOUTH
from tests.programmes.service_window.conftest import CODE

__all__ = ["make_account"]

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "service_window:certificate-list"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def certificate(carry):
    carry(registry.FIRST, days={"valid_to": date(2031, 2, 28)})
    return UnionCertificate.objects.get()


@pytest.fixture
def sign_in(client, make_account):
    def signed_in(*held):
        client.force_login(make_account("somebody", *held))
        return client

    return signed_in


@pytest.fixture
def clerk(sign_in):
    return sign_in((Role.WINDOW_CLERK, COUNTY))


def text_of(client, name, *args, **query):
    answer = client.get(
        reverse(name, args=args), query, headers={"accept-language": "en"}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_window_sees_the_certificates_of_its_place(certificate, clerk):
    assert "ZJ-001" in text_of(clerk, LIST)


def test_a_window_elsewhere_sees_none_of_them(certificate, sign_in):
    client = sign_in((Role.WINDOW_CLERK, SOUTH))
    assert "ZJ-001" not in text_of(client, LIST)
    address = reverse("service_window:certificate-detail", args=[certificate.pk])
    assert client.get(address).status_code == 404


def test_a_unions_clerk_sees_its_own(certificate, sign_in):
    client = sign_in((Role.UNION_CLERK, "", "U-NORTH"))
    assert "ZJ-001" in text_of(client, LIST)
    shown = text_of(client, "service_window:certificate-detail", certificate.pk)
    assert "Print the certificate" not in shown


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({"standing": "good"}, True),
        ({"standing": "expired"}, False),
        ({"standing": "cancelled"}, False),
        ({"ends": "90"}, False),
        ({"ends": "over"}, False),
        ({"kind": "credit_code"}, False),
        ({"region": "330726100"}, True),
        ({"q": "ZJ-0"}, True),
    ],
)
def test_the_list_is_narrowed(certificate, clerk, query, is_shown):
    assert ("ZJ-001" in text_of(clerk, LIST, **query)) is is_shown
    assert ("ZJ-001" in exported(clerk, reverse(LIST), **query)) is is_shown


def test_the_list_costs_the_same_with_one_and_three(
    certificate, clerk, carry, firms, make_organisation, django_assert_max_num_queries
):
    clerk.get(reverse(LIST))
    with django_assert_max_num_queries(60) as one:
        clerk.get(reverse(LIST))
    for number, code in enumerate(("U-TWO", "U-THREE")):
        union = make_organisation(code, kind="grassroots_union")
        carry(
            registry.FIRST,
            f"ZJ-10{number}",
            union=union,
            days={"credit_code": ("81330402MC1234566J", "81330781MC20230A9J")[number]},
        )
    with django_assert_max_num_queries(len(one)):
        clerk.get(reverse(LIST))


def test_printing_counts_and_shows_the_sheet(certificate, clerk):
    address = reverse("service_window:certificate-copy", args=[certificate.pk])
    answer = clerk.post(address, {"copies": 0})
    sheet = reverse("service_window:certificate-print", args=[certificate.pk])
    assert answer.url == sheet
    assert "Copy 1" in text_of(
        clerk, "service_window:certificate-print", certificate.pk
    )
    again = clerk.post(address, {"copies": 1}, follow=True)
    assert "Say why it is printed again" in again.content.decode()
    assert certificate.prints.count() == 1


def test_before_a_copy_was_counted_there_is_no_sheet(certificate, clerk):
    sheet = reverse("service_window:certificate-print", args=[certificate.pk])
    assert clerk.get(sheet).status_code == 404


def test_a_certificate_is_entered_from_paper(firms, clerk):
    answer = clerk.post(
        reverse("service_window:certificate-new"),
        {
            "union": "U-SOUTH",
            "kind": "legal_person",
            "number": "OLD-7",
            "credit_code": CODE,
            "issued_on": "2024-05-01",
            "valid_from": "2024-05-01",
            "valid_to": "2029-04-30",
            "legal_representative": "周敏",
            "domicile": "南镇",
            "authority": "浦江县总工会",
        },
    )
    assert answer.url == reverse(LIST)
    assert UnionCertificate.objects.get().number == "OLD-7"


def test_invite_these_invites_whom_the_list_names(certificate, clerk):
    ends = today(timezone.now()) + timedelta(days=45)
    UnionCertificate.objects.update(valid_to=ends)
    assert "Invite these" in text_of(clerk, LIST)
    clerk.post(reverse("service_window:certificate-invite"))
    assert RenewalInvitation.objects.get().days_before == 60
    assert "Invite these" not in text_of(clerk, LIST)


@pytest.mark.parametrize("asked", ["ZJ-001", CODE, f" {CODE.lower()} "])
def test_anyone_learns_how_a_certificate_stands(certificate, client, asked):
    shown = text_of(client, "service_window:certificate-check", number=asked)
    assert "Good" in shown
    assert "北方工会" in shown
    assert "李*" in shown
    assert "李明" not in shown


def test_the_public_is_told_that_it_was_cancelled(certificate, carry, client):
    carry(registry.CANCELLATION)
    shown = text_of(client, "service_window:certificate-check", number="ZJ-001")
    assert "Cancelled" in shown


def test_of_an_unknown_number_the_public_is_told_so(client, db):
    shown = text_of(client, "service_window:certificate-check", number="X")
    assert "No such certificate" in shown
