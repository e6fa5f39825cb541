"""The page that a QR code leads to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import IssuedCredential, SigningKey
from tests.kernel.credentials.operations.test_issuing import issue, record

pytestmark = pytest.mark.django_db

NAME = "张三丰"
CERTIFICATE_NUMBER = "S000133000001263000001"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def issued(now, make_person, firms):
    person = make_person(employer=firms.north, union=firms.north_union, name=NAME)
    return issue(record(now, person_id=person.pk), now)


def url(code):
    return reverse("credentials:verify", args=[code])


def test_a_good_certificate_is_called_genuine_and_valid(client, issued):
    text = client.get(url(issued.public_id)).text
    assert "Genuine and valid" in text


def test_a_code_in_capitals_is_the_same_code(client, issued):
    assert client.get(url(issued.public_id.upper())).status_code == 200


def test_the_page_shows_the_claim_and_not_the_holders_name(client, issued):
    text = client.get(url(issued.public_id)).text
    assert "张*丰" in text
    assert NAME not in text
    assert "某技能评价机构" in text
    assert str(issued.credential.person_id) not in text.split()


def test_an_organisation_is_named(client, now, firms):
    issued = issue(record(now, organisation_id=firms.north.pk), now)
    assert firms.north.name in client.get(url(issued.public_id)).text


@pytest.mark.parametrize(
    ("operation", "said"),
    [("suspend_issue", "Suspended"), ("revoke_issue", "Revoked")],
)
def test_what_became_of_it_is_said_in_large_words(client, now, issued, operation, said):
    getattr(operations, operation)(
        issue_id=issued.pk, reason="复核", actor=SYSTEM, now=now
    )
    text = client.get(url(issued.public_id)).text
    assert f"<h1>{said}</h1>" in text
    # The reason is the desk's affair.
    assert "复核" not in text


def test_what_was_replaced_leads_to_the_later_one(client, now, issued):
    later = operations.reissue_credential(
        issue_id=issued.pk, reason="x", actor=SYSTEM, now=now
    )
    text = client.get(url(issued.public_id)).text
    assert "<h1>Replaced</h1>" in text
    assert url(later.public_id) in text


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"valid_until": timedelta(days=-1)}, "Expired"),
        ({"valid_from": timedelta(days=900)}, "Not yet valid"),
    ],
)
def test_the_days_are_minded(client, now, issued, columns, said):
    changed = {name: now + by for name, by in columns.items()}
    IssuedCredential.objects.filter(pk=issued.pk).update(**changed)
    assert f"<h1>{said}</h1>" in client.get(url(issued.public_id)).text


def test_what_a_compromised_key_signed_is_not_relied_on(client, now, issued):
    SigningKey.objects.update(state="compromised", retired_at=now)
    assert "Cannot be relied on" in client.get(url(issued.public_id)).text


def test_an_unknown_code_is_told_plainly(client, issued):
    response = client.get(url("nothing"))
    assert response.status_code == 404
    assert "Not known here" in response.text


@pytest.mark.parametrize("code", ["nothing", ""])
def test_no_search_engine_and_no_cache_keeps_the_answer(client, issued, code):
    response = client.get(url(code or issued.public_id))
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_name_before_one_is_compared(client, issued):
    right = client.post(url(issued.public_id), {"name": "张 三丰"})
    assert "The name is the one on record" in right.text
    wrong = client.post(url(issued.public_id), {"name": "李四"})
    assert "The name is another" in wrong.text
    assert NAME not in wrong.text


def test_the_signed_file_is_for_who_has_the_certificate(client, issued):
    given = {"name": NAME, "download": "1"}
    assert client.post(url(issued.public_id), given).text == issued.document
    given["name"] = "李四"
    assert issued.document not in client.post(url(issued.public_id), given).text
    given["name"] = ""
    assert issued.document not in client.post(url(issued.public_id), given).text


def test_looking_very_often_has_to_wait(client, issued, settings):
    settings.JIANGXIN_LOOK_UPS_A_MINUTE = 3
    answers = [client.get(url("nothing")).status_code for _ in range(5)]
    assert answers[:3] == [404, 404, 404]
    assert answers[-1] == 429
    refused = client.get(url(issued.public_id))
    assert refused["Retry-After"] == "60"
    assert "Please wait" in refused.text


def test_a_code_typed_by_hand_is_found(client, issued):
    spaced = " ".join([issued.public_id[:13].upper(), issued.public_id[13:]])
    response = client.get(reverse("credentials:verify-code"), {"code": spaced})
    assert response["Location"] == url(issued.public_id)


def test_what_is_no_code_is_not_looked_up(client):
    response = client.get(reverse("credentials:verify-code"), {"code": "../etc"})
    assert "letters and digits only" in response.text


def test_the_authority_is_there_once_something_was_signed(client, now):
    address = reverse("credentials:authority")
    assert client.get(address).status_code == 404
    seal = operations.take_seal(actor=SYSTEM, now=now)
    assert client.get(address).text == seal.authority
