import json

import pytest

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.notices.models import Notice, NoticeChoice
from jiangxin.kernel.notices.operations import tell_person
from jiangxin.kernel.notices.operations.choosing import choose, refuse_subject
from jiangxin.kernel.notices.queries.choices import options_of, refusing
from tests.kernel.notices.conftest import DECIDED, FOUND
from tests.kernel.register.cast import STRANGER

pytestmark = pytest.mark.django_db

ALL = "tests.found|"
ONE = "tests.found|policy:a"
CHOICES = "/portal/notices/choices/"


@pytest.fixture
def notice(person, now):
    tell_person(
        FOUND, person_id=person.pk, subject="policy:a", facts={"since": "x"}, now=now
    )
    return Notice.objects.get()


def wanted(person):
    return {one.name: one.is_wanted for one in options_of(person.pk)}


def test_everything_optional_is_wanted_until_it_is_refused(person):
    assert wanted(person)[ALL]
    assert "tests.decided|" not in wanted(person)


def test_choice_holds_at_once_and_is_in_the_trail(person, worker, now):
    assert choose(wanted={ALL: False}, actor=worker, now=now) == 1
    assert refusing("tests.found", "policy:b") == {person.pk}
    assert choose(wanted={ALL: False}, actor=worker, now=now) == 0
    assert choose(wanted={ALL: True}, actor=worker, now=now) == 1
    assert refusing("tests.found", "policy:b") == set()
    assert NoticeChoice.objects.count() == 2
    chosen = [
        json.loads(event.payload)["is_wanted"]
        for event in events_of(f"person:{person.pk}")
        if event.kind == "notices.notice_chosen"
    ]
    assert sorted(chosen) == [False, True]


def test_one_subject_alone_is_refused_and_wanted_again(person, worker, notice, now):
    for _ in range(2):
        refuse_subject(notice_id=notice.pk, actor=worker, now=now)
    assert NoticeChoice.objects.count() == 1
    assert refusing("tests.found", "policy:a", {person.pk}) == {person.pk}
    assert refusing("tests.found", "policy:b") == set()
    assert wanted(person)[ONE] is False
    choose(wanted={ONE: True}, actor=worker, now=now)
    assert refusing("tests.found", "policy:a") == set()
    assert ONE not in wanted(person)


def test_nobody_chooses_for_others(notice, now):
    with pytest.raises(NotFound):
        choose(wanted={ALL: False}, actor=STRANGER, now=now)
    with pytest.raises(NotFound):
        refuse_subject(notice_id=notice.pk, actor=STRANGER, now=now)
    assert not NoticeChoice.objects.exists()


def test_what_is_always_told_cannot_be_refused(person, worker, now):
    tell_person(DECIDED, person_id=person.pk, subject="matter:1", now=now)
    with pytest.raises(NotFound):
        refuse_subject(notice_id=Notice.objects.get().pk, actor=worker, now=now)
    assert not NoticeChoice.objects.exists()


def test_worker_chooses_in_the_portal(as_worker, person):
    page = as_worker.get(CHOICES).content.decode()
    assert "A policy found you" in page
    assert "Your request was decided" in page
    assert "By pigeon" in page
    assert as_worker.post(CHOICES, {"sent": "1"})["Location"] == CHOICES
    assert wanted(person)[ALL] is False
    assert "Your choice holds from now on." in as_worker.get(CHOICES).content.decode()
    as_worker.post(CHOICES, {"sent": "1", ALL: "on"})
    assert wanted(person)[ALL] is True


def test_worker_refuses_one_subject_from_its_notice(as_worker, person, notice):
    assert (
        "Tell me no more about this"
        in as_worker.get("/portal/notices/").content.decode()
    )
    as_worker.post(f"/portal/notices/{notice.pk}/refuse/")
    assert wanted(person)[ONE] is False
    assert "Policy policy:a" in as_worker.get(CHOICES).content.decode()


def test_desk_has_no_choices(as_officer):
    assert as_officer.get(CHOICES).status_code == 404
