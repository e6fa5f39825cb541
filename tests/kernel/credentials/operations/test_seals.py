"""The federation's seal is made on first use and renewed in time."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.models import SealCertificate
from jiangxin.kernel.credentials.queries import authority_certificate
from tests.kernel.register.cast import OFFICER, STRANGER

pytestmark = pytest.mark.django_db(transaction=True)


def take(now):
    return operations.take_seal(actor=OFFICER, now=now)


def test_a_seal_and_who_vouches_for_it_are_made_on_first_use(now):
    assert authority_certificate() == ""
    seal = take(now)
    assert authority_certificate() == seal.authority
    assert SealCertificate.objects.count() == 2


def test_the_same_seal_signs_the_next_time(now):
    later = now + timedelta(days=30)
    assert take(later) == replace(take(now), at=later)


def test_a_seal_is_renewed_before_it_ends_by_the_same_authority(now):
    first = take(now)
    later = take(now + timedelta(days=365 * 3 - 100))
    assert later.authority == first.authority
    assert later.pair != first.pair
    retired = SealCertificate.objects.get(retired_at__isnull=False)
    assert retired.certificate == first.pair.certificate


def test_a_seal_is_renewed_by_hand(now):
    first = take(now)
    operations.renew_seal(actor=SYSTEM, now=now)
    assert take(now).pair != first.pair


def test_a_seal_can_be_renewed_before_there_is_one(now):
    made = operations.renew_seal(actor=SYSTEM, now=now)
    assert take(now).pair.certificate == made.certificate


def test_only_who_manages_keys_renews_by_hand(now):
    with pytest.raises(NotPermitted):
        operations.renew_seal(actor=STRANGER, now=now)
    assert not SealCertificate.objects.exists()


def test_the_trail_tells_of_every_seal(now):
    take(now)
    for seal in SealCertificate.objects.all():
        (event,) = events_of(f"seal:{seal.pk}")
        assert json.loads(event.payload)["role"] == seal.role


def test_the_database_never_holds_a_key_in_the_clear(now):
    take(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT private_key FROM credentials_sealcertificate")
        for (kept,) in cursor.fetchall():
            assert b"PRIVATE KEY" not in bytes(kept)
