from datetime import timedelta

import pytest
from django.test import RequestFactory

from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access import operations
from jiangxin.kernel.access.models import SignInFailure
from tests.kernel.access.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(now, *, username="clerk", password=PASSWORD, address="192.0.2.1"):
    request = RequestFactory().post("/sign-in/", REMOTE_ADDR=address)
    return operations.check_sign_in(
        request=request, username=username, password=password, now=now
    )


def fail(times, now, **changes):
    for _ in range(times):
        with pytest.raises(operations.SignInRefused):
            sign_in(now, password="wrong", **changes)


def test_check_sign_in_knows_the_account_whatever_the_capitals(clerk, now):
    assert sign_in(now, username="CLERK") == clerk


def test_check_sign_in_gives_the_same_answer_for_every_cause(clerk, now):
    messages = set()
    for username, password in (("clerk", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(operations.SignInRefused) as refusal:
            sign_in(now, username=username, password=password)
        messages.add(refusal.value.message)
    clerk.is_active = False
    clerk.save()
    with pytest.raises(operations.SignInRefused) as refusal:
        sign_in(now)
    assert messages == {refusal.value.message}


def test_check_sign_in_waits_after_five_failures_even_with_the_right_password(
    clerk, now
):
    fail(5, now)
    with pytest.raises(operations.TooManyAttempts) as refusal:
        sign_in(now + timedelta(minutes=14))
    assert refusal.value.values == {"minutes": 1}
    assert sign_in(now + timedelta(minutes=15)) == clerk


def test_check_sign_in_records_a_block_once(clerk, now):
    fail(5, now)
    for _ in range(3):
        with pytest.raises(operations.TooManyAttempts):
            sign_in(now)
    assert [event.kind for event in events_of(f"account:{clerk.pk}")] == [
        "access.sign_in_blocked"
    ]


def test_check_sign_in_blocks_names_that_do_not_exist_alike(now):
    fail(5, now, username="nobody")
    with pytest.raises(operations.TooManyAttempts):
        sign_in(now, username="nobody")


def test_check_sign_in_lets_another_address_in(clerk, now):
    fail(5, now)
    assert sign_in(now, address="192.0.2.2") == clerk


def test_check_sign_in_lets_another_account_in(clerk, worker, now):
    fail(5, now)
    assert sign_in(now, username="worker") == worker


def test_check_sign_in_begins_anew_after_success(clerk, now):
    fail(4, now)
    sign_in(now)
    assert not SignInFailure.objects.exists()
    fail(4, now)


def test_check_sign_in_keeps_neither_name_nor_address(clerk, now):
    fail(1, now)
    kept = SignInFailure.objects.get().target
    assert "clerk" not in kept
    assert "192.0.2.1" not in kept


def test_check_sign_in_drops_failures_that_count_no_more(clerk, now):
    fail(3, now)
    fail(1, now + timedelta(minutes=16))
    assert SignInFailure.objects.count() == 1
