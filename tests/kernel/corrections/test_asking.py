from uuid import uuid4

import pytest
from django.db import transaction

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.corrections.models import Correction, CorrectionPaper
from jiangxin.kernel.corrections.operations import papers
from jiangxin.kernel.corrections.operations.asking import (
    AskedAlready,
    CorrectionSettled,
    NoJobToCorrect,
    NothingAsked,
    withdraw_correction,
)
from jiangxin.kernel.register.operations.bank_accounts import BankAccountWrong
from jiangxin.kernel.register.operations.people import PhoneWrong
from tests.kernel.corrections.conftest import PDF, PNG
from tests.kernel.register.cast import STRANGER


def kinds(person):
    return [event.kind for event in events_of(f"person:{person.pk}")]


def test_several_values_are_asked_for_in_one_request(ask, person):
    asked = ask(phone="138 0013 8001", education="11", employment="晨光机械")
    values = {each.field: (each.old, each.new) for each in asked.values.all()}
    assert values == {
        "phone": ("13800138000", "13800138001"),
        "education": ("21", "11"),
        "employment": ("", "晨光机械"),
    }
    assert kinds(person)[0] == "corrections.correction_asked"


def test_the_same_form_sent_twice_makes_one_request(ask):
    token = uuid4()
    assert ask(token=token, name="王方") == ask(token=token, name="王方")
    assert Correction.objects.count() == 1


def test_what_is_on_record_already_is_nothing_to_ask_for(ask):
    with pytest.raises(NothingAsked):
        ask(phone="13800138000", name="")
    assert not Correction.objects.exists()


def test_what_waits_is_not_asked_for_again(ask):
    ask(name="王方")
    with pytest.raises(AskedAlready):
        ask(name="王芬", phone="13800138001")
    ask(phone="13800138001")
    assert Correction.objects.count() == 2


@pytest.mark.parametrize(
    ("value", "refusal"),
    [({"phone": "1380"}, PhoneWrong), ({"bank_account": "12"}, BankAccountWrong)],
)
def test_what_cannot_be_right_is_refused_at_once(ask, value, refusal):
    with pytest.raises(refusal):
        ask(**value)
    assert not Correction.objects.exists()


def test_there_is_no_post_without_a_job(make_person, worker, ask):
    idle = make_person(7)
    with pytest.raises(NoJobToCorrect):
        ask(actor=type(worker)(worker.held, person_id=idle.pk), post="组长")


def test_only_registered_people_ask(ask, db):
    with pytest.raises(NotFound):
        ask(actor=STRANGER, name="王方")


def test_papers_lie_sealed(ask, uploads):
    asked = ask(name="王方", papers=[PNG, PDF])
    found = list(asked.papers.order_by("pk"))
    assert [each.kind for each in found] == ["image/png", "application/pdf"]
    stored = [papers.path_of(each.pk).read_bytes() for each in found]
    assert not any(b"PNG" in each or b"PDF" in each for each in stored)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ([b"<html></html>"], papers.PaperUnreadable),
        ([PNG, PNG[:-3]], papers.PaperUnreadable),
        ([PNG] * 4, papers.TooManyPapers),
        ([PNG + b"0" * papers.MOST_BYTES], papers.PaperTooLarge),
    ],
)
def test_a_paper_that_cannot_be_kept_refuses_the_request(ask, uploads, given, refusal):
    with pytest.raises(refusal):
        ask(name="王方", papers=given)
    assert not Correction.objects.exists()
    assert not list(uploads.rglob("[0-9]*"))


def test_who_asked_may_withdraw_and_the_papers_go(
    ask, worker, person, now, django_capture_on_commit_callbacks
):
    asked = ask(name="王方", papers=[PNG])
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_correction(correction_id=asked.pk, actor=worker, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.settled_at) == ("withdrawn", now)
    paper = CorrectionPaper.objects.get()
    assert paper.deleted_at == now
    assert not papers.path_of(paper.pk).exists()
    assert kinds(person)[0] == "corrections.correction_withdrawn"
    with pytest.raises(CorrectionSettled):
        withdraw_correction(correction_id=asked.pk, actor=worker, now=now)


def test_nobody_withdraws_what_others_asked(ask, worker, make_person, now):
    asked = ask(name="王方")
    other = type(worker)(worker.held, person_id=make_person(9).pk)
    with pytest.raises(NotFound):
        withdraw_correction(correction_id=asked.pk, actor=other, now=now)
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_papers_of_settled_requests_go_at_the_end_of_their_time(ask, decide, now):
    asked = ask(name="王方", papers=[PNG])
    decide(asked, name="approved")
    assert papers.outdated_papers(now) == []
    with transaction.atomic():
        later = now.replace(year=2027)
        assert papers.delete_outdated_papers(later) == 1
        assert papers.delete_outdated_papers(later) == 0
    assert not papers.path_of(CorrectionPaper.objects.get().pk).exists()
