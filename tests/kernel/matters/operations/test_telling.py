"""The other side of the counter is told, once, and only who is there."""

import pytest
from django.urls import reverse

from jiangxin.kernel.access.models import Account
from jiangxin.kernel.matters.operations.accepting import (
    accept_matter,
    ask_supplements,
    supplement_matter,
)
from jiangxin.kernel.matters.operations.telling import TO_CLERK, TO_FILER
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.registry import Told
from tests.kernel.matters.conftest import CHAIR, WINDOW

pytestmark = pytest.mark.django_db(transaction=True)

ITEMS = {"field:chair": "请写全名"}


@pytest.fixture
def accounts(now):
    for number, name in ((CHAIR.account_id, "chair"), (WINDOW.account_id, "window")):
        Account.objects.create(pk=number, username=name, created_at=now)


def ask(matter, now):
    return ask_supplements(
        matter_id=matter.pk, seen=matter.version, items=ITEMS, actor=WINDOW, now=now
    )


def test_who_filed_is_told_what_to_put_right_and_where(accounts, submit, now):
    matter = ask(submit(), now)
    told = Notice.objects.get(kind=TO_FILER.key)
    assert told.account_id == CHAIR.account_id
    assert told.subject == f"matter:{matter.pk}"
    text = TO_FILER.write(Told(told.subject, told.key, told.facts, told.made_at))
    assert text.url == reverse("matters:desk-filing", args=[matter.pk])
    assert matter.number in str(text.title)


def test_the_same_act_sent_twice_tells_once(accounts, submit, now):
    matter = submit()
    for _time in range(2):
        ask(matter, now)
    assert Notice.objects.filter(kind=TO_FILER.key).count() == 1


def test_who_has_it_in_hand_is_told_that_the_applicant_answered(accounts, submit, now):
    matter = submit()
    accepted = accept_matter(
        matter_id=matter.pk, seen=matter.version, actor=WINDOW, now=now
    )
    asked = ask(accepted, now)
    supplement_matter(
        matter_id=asked.pk,
        seen=asked.version,
        answers={"chair": "李明明"},
        actor=CHAIR,
        now=now,
    )
    told = Notice.objects.get(kind=TO_CLERK.key)
    assert (told.account_id, told.facts) == (WINDOW.account_id, {"act": "supplemented"})


def test_a_matter_goes_on_when_the_account_that_filed_it_is_gone(submit, now):
    ask(submit(), now)
    assert not Notice.objects.exists()
