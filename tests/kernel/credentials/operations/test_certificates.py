"""A certificate is counted as it is made."""

import json

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.operations.certificates import (
    NotCounting,
    ReprintNeedsReason,
)
from tests.kernel.credentials.operations.test_issuing import (
    READER,
    SOUTHERNER,
    issue,
    record,
)
from tests.kernel.credentials.printing import paper
from tests.kernel.register.cast import OFFICER, STRANGER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issued(now, make_person, firms):
    person = make_person(employer=firms.north, union=firms.north_union, name="张䶮")
    return issue(record(now, person_id=person.pk), now)


def make(issued, now, *, actor=OFFICER, reason=""):
    return operations.print_certificate(
        issue_id=issued.pk, reason=reason, actor=actor, now=now
    )


def test_a_certificate_says_what_was_issued_and_where_to_check_it(now, issued):
    made = make(issued, now)
    text = paper.text_of(made)
    assert "张䶮" in text
    assert issued.public_id in text
    (address,) = paper.codes_in(made)
    assert address.endswith(f"/verify/{issued.public_id}/")
    assert b"/SubFilter /ETSI.CAdES.detached" in made


def test_the_first_copy_needs_no_reason_and_is_counted(now, issued):
    make(issued, now)
    issued.refresh_from_db()
    assert issued.prints == 1


def test_another_copy_needs_a_reason(now, issued):
    make(issued, now)
    for reason in ("", "  "):
        with pytest.raises(ReprintNeedsReason):
            make(issued, now, reason=reason)
    issued.refresh_from_db()
    assert issued.prints == 1


def test_another_copy_says_which_it_is_and_keeps_the_reason(now, issued):
    make(issued, now)
    assert "第2次打印" in paper.text_of(make(issued, now, reason="破损"))
    events = list(events_of(f"person:{issued.credential.person_id}"))
    reasons = [
        json.loads(one.payload)["reason"]
        for one in events
        if one.kind == "credentials.issue_printed"
    ]
    assert sorted(reasons) == ["", "破损"]


def test_no_certificate_is_made_of_what_does_not_count(now, issued):
    operations.suspend_issue(issue_id=issued.pk, reason="x", actor=OFFICER, now=now)
    with pytest.raises(NotCounting):
        make(issued, now)


@pytest.mark.parametrize(
    ("actor", "error"),
    [(STRANGER, NotFound), (SOUTHERNER, NotFound), (READER, NotPermitted)],
)
def test_others_make_no_certificates(now, issued, actor, error):
    with pytest.raises(error):
        make(issued, now, actor=actor)
    issued.refresh_from_db()
    assert issued.prints == 0


def test_the_holders_own_copy_is_not_counted(now, issued):
    made = operations.own_certificate(issue=issued, actor=OFFICER, now=now)
    assert "次打印" not in paper.text_of(made)
    issued.refresh_from_db()
    assert issued.prints == 0
