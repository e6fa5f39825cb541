from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials import operations, queries
from jiangxin.kernel.credentials.enums import ISSUE_MOVES, IssueStatus
from jiangxin.kernel.credentials.models import IssuedCredential
from tests.kernel.credentials.operations.test_issuing import (
    READER,
    SOUTHERNER,
    issue,
    record,
)
from tests.kernel.register.cast import OFFICER, STRANGER
from tests.unreached import UNREACHED

EARLIER, LATER = date(2026, 6, 1), date(2026, 9, 1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issued(now, make_person, firms):
    person = make_person(employer=firms.north, union=firms.north_union)
    return issue(record(now, person_id=person.pk), now)


def move(operation, issued, now, *, actor=OFFICER):
    return operation(issue_id=issued.pk, reason="复核", actor=actor, now=now)


def move_record(operation, issued, now, *, on=EARLIER):
    operation(
        credential_id=issued.credential_id, on=on, reason="", actor=OFFICER, now=now
    )
    issued.refresh_from_db()


def test_issue_is_suspended_and_resumed_with_a_reason(now, issued):
    moved = move(operations.suspend_issue, issued, now)
    assert (moved.status, moved.status_reason, moved.status_at) == (
        "suspended",
        "复核",
        now,
    )
    assert move(operations.resume_issue, issued, now).status == "valid"
    kinds = [one.kind for one in events_of(f"person:{issued.credential.person_id}")]
    assert kinds.count("credentials.issue_moved") == 2


def test_published_lists_say_what_was_suspended_and_revoked(now, issued):
    number, place = issued.status_list.number, issued.status_index
    assert queries.published_list(number, "revocation").indexes == []
    move(operations.suspend_issue, issued, now)
    assert queries.published_list(number, "suspension").indexes == [place]
    move(operations.revoke_issue, issued, now)
    assert queries.published_list(number, "suspension").indexes == []
    assert queries.published_list(number, "revocation").indexes == [place]


@pytest.mark.parametrize(
    ("number", "purpose"), [("nowhere", "revocation"), (None, "message")]
)
def test_list_that_is_not_there_is_not_found(now, issued, number, purpose):
    with pytest.raises(NotFound):
        queries.published_list(number or issued.status_list.number, purpose)


OPERATIONS = {
    IssueStatus.VALID: operations.resume_issue,
    IssueStatus.SUSPENDED: operations.suspend_issue,
    IssueStatus.REVOKED: operations.revoke_issue,
}


@pytest.mark.parametrize("target", OPERATIONS)
@pytest.mark.parametrize("present", IssueStatus)
def test_issue_moves_as_the_table_says(now, issued, present, target):
    IssuedCredential.objects.filter(pk=issued.pk).update(status=present)
    if target in ISSUE_MOVES[present]:
        assert move(OPERATIONS[target], issued, now).status == target
    else:
        with pytest.raises(operations.IssueMoveNotAllowed):
            move(OPERATIONS[target], issued, now)


@pytest.mark.parametrize("actor", [STRANGER, SOUTHERNER, READER])
@pytest.mark.parametrize("operation", OPERATIONS.values())
def test_who_may_not_moves_nothing(now, issued, operation, actor):
    with pytest.raises(NotPermitted):
        move(operation, issued, now, actor=actor)
    issued.refresh_from_db()
    assert issued.status == "valid"


def test_issue_that_is_not_there_is_not_moved(now, issued):
    issued.pk = UNREACHED
    with pytest.raises(NotFound):
        move(operations.revoke_issue, issued, now)


class TestRecord:
    def test_suspended_record_suspends_what_was_issued_of_it(self, now, issued):
        move_record(operations.suspend_credential, issued, now)
        assert (issued.status, issued.is_held_by_record) == ("suspended", True)
        with pytest.raises(operations.RecordSuspended):
            move(operations.resume_issue, issued, now)
        move_record(operations.restore_credential, issued, now, on=LATER)
        assert (issued.status, issued.is_held_by_record) == ("valid", False)

    def test_restored_record_resumes_nothing_that_was_suspended_by_itself(
        self, now, issued
    ):
        move(operations.suspend_issue, issued, now)
        move_record(operations.suspend_credential, issued, now)
        move_record(operations.restore_credential, issued, now, on=LATER)
        assert issued.status == "suspended"

    def test_revoked_record_revokes_what_was_issued_of_it(self, now, issued):
        move_record(operations.revoke_credential, issued, now)
        assert issued.status == "revoked"

    def test_replaced_record_replaces_what_was_issued_of_it(self, now, issued):
        operations.supersede_credential(
            credential_id=issued.credential_id,
            facts=operations.CredentialFacts(kind="skill_certificate", grade=4),
            valid_from=EARLIER,
            actor=OFFICER,
            now=now,
        )
        issued.refresh_from_db()
        assert issued.status == "superseded"


def test_prints_are_counted_and_noted(now, issued):
    for _ in range(2):
        done = operations.note_prints(issue_ids=[issued.pk], actor=OFFICER, now=now)
        assert done == 1
    issued.refresh_from_db()
    assert issued.prints == 2
    with pytest.raises(NotPermitted):
        operations.note_prints(issue_ids=[issued.pk], actor=STRANGER, now=now)


def test_database_keeps_one_live_issue_a_credential(issued):
    again = IssuedCredential.objects.get(pk=issued.pk)
    again.pk, again.public_id, again.status_index = None, "x", issued.status_index ^ 1
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_database_keeps_one_issue_a_place(issued):
    again = IssuedCredential.objects.get(pk=issued.pk)
    again.pk, again.public_id, again.status = None, "x", "revoked"
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_database_holds_only_what_is_suspended(issued):
    chosen = IssuedCredential.objects.filter(pk=issued.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        chosen.update(is_held_by_record=True)
