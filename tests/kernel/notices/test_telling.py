from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import translation

from jiangxin.foundation import parts
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.operations import tell_account, tell_people, tell_person
from jiangxin.kernel.notices.operations.choosing import choose
from jiangxin.kernel.notices.queries.reading import kind_label, text_of
from jiangxin.kernel.notices.registry import NoticeKind, NoticeText, Sent
from tests.kernel.notices.conftest import DECIDED, FOUND, WORK

pytestmark = pytest.mark.django_db

SINCE = {"since": date(2026, 11, 23)}
POLICY = "policy:a"


def test_person_is_told_once_however_often_it_is_sent(person, now):
    sending = {"person_id": person.pk, "subject": POLICY, "facts": SINCE, "now": now}
    assert tell_person(FOUND, **sending)
    assert not tell_person(FOUND, **sending)
    notice = Notice.objects.get()
    assert (notice.person, notice.account, notice.read_at) == (person, None, None)
    assert (notice.made_at, notice.facts) == (now, {"since": "2026-11-23"})
    assert str(text_of(notice)) == "a serves you since 2026-11-23"


def test_another_occasion_is_another_notice(person, now):
    for key in ("", "again"):
        assert tell_person(
            FOUND, person_id=person.pk, subject=POLICY, key=key, facts=SINCE, now=now
        )
    assert Notice.objects.count() == 2


def test_many_are_told_in_one_statement(
    make_person, now, django_assert_num_queries, worker
):
    ids = [worker.person_id, *(make_person(serial).pk for serial in (2, 3))]
    tell_person(FOUND, person_id=ids[1], subject=POLICY, facts=SINCE, now=now)
    with django_assert_num_queries(2):  # who refuses, and the statement
        told = tell_people(
            FOUND, person_ids=[*ids, *ids], subject=POLICY, facts=SINCE, now=now
        )
    assert told == 2
    assert set(Notice.objects.values_list("person", flat=True)) == set(ids)


def test_telling_nobody_asks_nothing(db, now, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tell_people(DECIDED, person_ids=[], subject="matter:1", now=now) == 0


def test_whoever_refused_is_not_told(make_person, worker, now):
    choose(wanted={"tests.found|": False}, actor=worker, now=now)
    other = make_person(2)
    with transaction.atomic():
        told = tell_people(
            FOUND,
            person_ids=[worker.person_id, other.pk],
            subject=POLICY,
            facts=SINCE,
            now=now,
        )
    assert told == 1
    assert Notice.objects.get().person == other


def test_what_is_not_optional_is_told_whatever_was_chosen(worker, now):
    choose(wanted={"tests.decided|": False}, actor=worker, now=now)
    with transaction.atomic():
        assert tell_person(
            DECIDED, person_id=worker.person_id, subject="matter:1", now=now
        )


def test_account_is_told_at_the_desk(make_account, now):
    account = make_account("officer", "federation_officer", region_code="330726")
    sending = {"account_id": account.pk, "subject": "run:1", "facts": {"count": 3}}
    assert tell_account(WORK, **sending, now=now)
    assert not tell_account(WORK, **sending, now=now)
    assert Notice.objects.get().account == account


@pytest.mark.parametrize(
    ("kind", "facts", "subject", "problem"),
    [
        (WORK, {"count": 1}, "run:1", "is for a account"),
        (FOUND, {}, POLICY, "is written from"),
        (DECIDED, {"name": "王芳"}, POLICY, "is written from"),
        (FOUND, {"since": "long " * 100}, POLICY, "somebody's words"),
        (FOUND, SINCE, "policy:" + "a" * 100, "too long"),
    ],
)
def test_what_no_kind_says_is_a_fault_of_the_sender(
    person, now, kind, facts, subject, problem
):
    with pytest.raises(ValueError, match=problem):
        tell_person(kind, person_id=person.pk, subject=subject, facts=facts, now=now)
    assert not Notice.objects.exists()


def test_staff_refuse_nothing():
    with pytest.raises(ValueError, match="not refused"):
        NoticeKind(
            "tests.x",
            "X",
            "",
            lambda told: NoticeText("X"),
            "account",
            is_optional=True,
        )


def test_channels_carry_it_once_it_is_safe(
    person, now, carried, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            tell_person(DECIDED, person_id=person.pk, subject="matter:1", now=now)
        assert carried == []
    assert carried == [Sent("tests.decided", "matter:1", "")]


def test_notice_of_a_kind_that_is_gone_says_so(person, now, monkeypatch):
    tell_person(DECIDED, person_id=person.pk, subject="matter:1", now=now)
    monkeypatch.setattr(parts, "_parts", {})
    notice = Notice.objects.get()
    with translation.override("en"):
        assert str(text_of(notice)) == "A notice that is not sent any more"
    assert kind_label(notice) == ""


def test_notice_that_is_written_from_other_facts_by_now_says_so(person, now):
    tell_person(FOUND, person_id=person.pk, subject=POLICY, facts=SINCE, now=now)
    Notice.objects.update(facts={})
    with translation.override("en"):
        assert (
            str(text_of(Notice.objects.get())) == "A notice that is not sent any more"
        )


@pytest.mark.django_db(transaction=True)
def test_telling_needs_the_transaction_of_what_happened(now):
    with pytest.raises(transaction.TransactionManagementError):
        tell_people(DECIDED, person_ids=[1], subject="matter:1", now=now)
    assert not connection.in_atomic_block
