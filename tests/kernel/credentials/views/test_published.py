import json

import pytest
from django.urls import reverse

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import SigningKey
from jiangxin.kernel.credentials.proofs import data_integrity, multikey, status_list
from tests.kernel.credentials.operations.test_issuing import issue, record
from tests.kernel.register.cast import OFFICER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issued(now, make_person, firms):
    return issue(record(now, person_id=make_person(employer=firms.north).pk), now)


def fetch(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    return json.loads(response.content)


def test_keys_are_published_in_both_ways(client, issued, now):
    fresh = operations.rotate_key(reason="", actor=SYSTEM, now=now)
    expected = [f"{issued.issuer}#{key}" for key in (fresh, issued.key)]
    document = fetch(client, "/.well-known/did.json")
    assert document == fetch(client, "/did.json")
    assert (document["id"], document["assertionMethod"]) == (issued.issuer, expected)
    keys = fetch(client, "/.well-known/jwks.json")["keys"]
    assert [key["kid"] for key in keys] == expected
    assert not any("d" in key for key in keys)


def test_compromised_key_is_not_published(client, issued, now):
    operations.retire_key(
        key_id=issued.key_id, is_compromised=True, reason="", actor=SYSTEM, now=now
    )
    assert fetch(client, "/.well-known/did.json")["assertionMethod"] == []


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_status_list_is_where_the_document_says_and_signed(
    client, issued, now, settings, purpose
):
    entries = json.loads(issued.document)["credentialStatus"]
    (entry,) = (one for one in entries if one["statusPurpose"] == purpose)
    address = entry["statusListCredential"].removeprefix(settings.JIANGXIN_ADDRESS)
    operation = getattr(
        operations,
        {"revocation": "revoke_issue", "suspension": "suspend_issue"}[purpose],
    )
    place = int(entry["statusListIndex"])
    for is_set in (False, True):
        signed = fetch(client, address)
        subject = signed["credentialSubject"]
        assert subject["statusPurpose"] == purpose
        assert status_list.is_set(subject["encodedList"], place) == is_set
        proof = signed.pop("proof")
        key = multikey.public_bytes(issued.key.public_part)
        data_integrity.check(signed, proof, key=key)
        if not is_set:
            operation(issue_id=issued.pk, reason="", actor=OFFICER, now=now)


def test_list_is_signed_with_a_new_key_when_the_last_was_given_up(client, issued, now):
    operations.retire_key(
        key_id=issued.key_id, is_compromised=False, reason="", actor=SYSTEM, now=now
    )
    address = reverse(
        "credentials:status-list", args=[issued.status_list.number, "revocation"]
    )
    method = fetch(client, address)["proof"]["verificationMethod"]
    active = SigningKey.objects.get(state="active")
    assert method.endswith(f"#{active}")


@pytest.mark.parametrize("path", ["nowhere/revocation", "nowhere/message"])
def test_list_that_is_not_there_is_not_found(client, path):
    assert client.get(f"/status/{path}/").status_code == 404
