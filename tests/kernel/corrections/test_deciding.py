import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.sealing.problems import SealBroken
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.corrections.models import CorrectionPaper
from jiangxin.kernel.corrections.operations.asking import CorrectionSettled
from jiangxin.kernel.corrections.operations.deciding import (
    ReasonMissing,
    RecordChanged,
    VerdictMissing,
    decide_correction,
)
from jiangxin.kernel.corrections.operations.papers import open_paper, path_of
from jiangxin.kernel.corrections.queries.corrections import count_waiting
from jiangxin.kernel.corrections.queries.present import stamp
from jiangxin.kernel.privacy.models import PersonalDataView
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models import Employment, Person
from jiangxin.kernel.register.operations import people
from jiangxin.kernel.register.operations.bank_accounts import open_account
from jiangxin.kernel.register.operations.people import PersonFacts
from jiangxin.kernel.register.rules.sources import origin_of
from tests.kernel.corrections.conftest import PNG
from tests.kernel.register.cast import NORTH, NORTHERNER, OFFICER, STRANGER, Somebody


def test_what_is_approved_is_on_record_with_its_source(ask, decide, person):
    asked = ask(name="王方", phone="13800138001", occupation="6-18-01-01", post="组长")
    decide(
        asked,
        name="approved",
        phone="refused",
        occupation="approved",
        post="approved",
        reasons={"phone": "号码已停机"},
    )
    person.refresh_from_db()
    assert (person.name, person.name_pinyin) == ("王方", "wangfang")
    assert person.phone == "13800138000"
    origin = origin_of(person.sources, "name")
    assert (origin.source, origin.act) == (Source.CLERK, f"correction:{asked.pk}")
    job = Employment.objects.get(person=person, valid_to=None)
    assert (job.occupation, job.post) == ("6-18-01-01", "组长")
    assert (job.source, job.act) == ("clerk", f"correction:{asked.pk}")
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by_label) == ("decided", "somebody")
    verdicts = {each.field: (each.verdict, each.reason) for each in asked.values.all()}
    assert verdicts["phone"] == ("refused", "号码已停机")
    kinds = {event.kind for event in events_of(f"person:{person.pk}")}
    assert {"corrections.correction_decided", "register.person_changed"} <= kinds


def test_an_approved_account_replaces_what_a_clerk_saw(ask, decide, person):
    decide(ask(bank_account="622202123456"), bank_account="approved")
    decide(ask(bank_account="622202123457"), bank_account="approved")
    account = open_account(person.pk)
    assert (account.number, account.source) == ("622202123457", "clerk")


def test_what_was_said_in_words_writes_nothing(ask, decide, person):
    before = stamp(person)
    decide(ask(credential="高级工证书"), credential="approved")
    assert stamp(person) == before


@pytest.mark.parametrize(
    ("verdicts", "refusal"),
    [
        ({"name": "approved"}, VerdictMissing),
        ({"name": "approved", "education": "perhaps"}, VerdictMissing),
        ({"name": "approved", "education": "refused"}, ReasonMissing),
    ],
)
def test_half_a_decision_decides_nothing(ask, decide, person, verdicts, refusal):
    asked = ask(name="王方", education="11")
    with pytest.raises(refusal):
        decide(asked, **verdicts)
    asked.refresh_from_db()
    person.refresh_from_db()
    assert (asked.state, person.name) == ("waiting", "王芳")
    assert set(asked.values.values_list("verdict", flat=True)) == {"open"}


def test_a_record_that_changed_meanwhile_is_looked_at_again(ask, decide, person, now):
    asked = ask(name="王方")
    seen = stamp(person)
    people.change_person(
        person_id=person.pk,
        facts=PersonFacts("王芳", "13800138009", "21"),
        effective_on=now.date(),
        actor=OFFICER,
        now=now,
    )
    with pytest.raises(RecordChanged):
        decide(asked, seen=seen, name="approved")
    decide(asked, name="approved")
    assert Person.objects.get().phone == "13800138009"


def test_what_is_decided_is_not_decided_again(ask, decide):
    asked = ask(name="王方")
    decide(asked, name="approved")
    with pytest.raises(CorrectionSettled):
        decide(asked, name="approved")


@pytest.mark.parametrize(
    "actor", [STRANGER, Somebody((Scope("330726101"),)), Somebody((Scope("331023"),))]
)
def test_only_those_of_the_place_decide(ask, decide, actor, now):
    asked = ask(name="王方")
    with pytest.raises(NotPermitted):
        decide(asked, actor=actor, name="approved")
    assert count_waiting(actor, now) == 0
    assert count_waiting(NORTHERNER, now) == 1


def test_nothing_is_decided_about_what_is_not_there(now, db):
    with pytest.raises(NotFound):
        decide_correction(correction_id=1, decision=None, actor=OFFICER, now=now)


def test_opening_a_paper_is_recorded_for_the_person(ask, person, now):
    ask(name="王方", papers=[PNG])
    paper = CorrectionPaper.objects.get()
    seen = stamp(person)
    kind, content = open_paper(paper_id=paper.pk, actor=OFFICER, now=now)
    assert (kind, content) == ("image/png", PNG)
    view = PersonalDataView.objects.get(person=person)
    assert (view.value, view.purpose) == ("evidence", "correction")
    assert stamp(person) == seen  # so the page that shows it is not out of date


def test_a_paper_is_opened_by_nobody_else(ask, now):
    ask(name="王方", papers=[PNG])
    paper = CorrectionPaper.objects.get()
    with pytest.raises(NotFound):
        open_paper(paper_id=paper.pk, actor=STRANGER, now=now)
    decides_only = Somebody(
        (Scope(NORTH),), permissions=frozenset({"corrections.decide"})
    )
    with pytest.raises(NotPermitted):
        open_paper(paper_id=paper.pk, actor=decides_only, now=now)
    assert not PersonalDataView.objects.exists()


def test_a_paper_that_was_altered_is_not_shown(ask, now):
    ask(name="王方", papers=[PNG])
    path = path_of(CorrectionPaper.objects.get().pk)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(SealBroken):
        open_paper(paper_id=CorrectionPaper.objects.get().pk, actor=OFFICER, now=now)
    assert not PersonalDataView.objects.exists()
