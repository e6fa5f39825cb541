"""Granting, refusing, handing out."""

from datetime import timedelta

import pytest

from jiangxin.foundation.errors import NotPermitted, Refused
from jiangxin.foundation.parts import Part, register_part
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.operations.accepting import ReasonNeeded, accept_matter
from jiangxin.kernel.matters.operations.deciding import (
    CollectorMissing,
    NothingHandedOut,
    NotSurrendered,
    PromiseOpen,
    SignatureUnreadable,
    StepsLeft,
    grant_matter,
    hand_out,
    refuse_matter,
)
from jiangxin.kernel.matters.operations.door import ActNotPossible
from jiangxin.kernel.matters.operations.drafting import submit_matter
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.matters.registry import OnGranted
from tests.kernel.matters.conftest import (
    ANSWERS,
    CONTACT,
    LEADER,
    PERMIT,
    REQUEST,
    WINDOW,
    fresh,
    lines_of_life,
)

pytestmark = pytest.mark.django_db


class NotThisOne(Refused):
    code = "trial.not_this_one"
    text = "Not this one."


def test_what_is_whole_and_worked_through_is_granted(grant):
    matter = grant()
    assert (matter.state, matter.is_on_time, matter.step) == ("granted", True, "")


def test_steps_come_before_the_decision(accept, act):
    matter = accept()
    with pytest.raises(StepsLeft) as refused:
        act(grant_matter, matter)
    assert "审核" in refused.value.message
    assert fresh(matter).state == "accepted"


def test_what_was_promised_comes_before_the_decision(begin, act):
    matter = begin(WINDOW, channel=Channel.WINDOW)
    act(submit_matter, matter, answers=ANSWERS, contact=CONTACT)
    act(accept_matter, matter, papers=["approval"], promised=["form"])
    act(finish_step, matter)
    act(finish_step, matter)
    with pytest.raises(PromiseOpen):
        act(grant_matter, matter)


def test_what_came_but_was_not_said_to_have_come_hinders_nothing(begin, act, hand_in):
    matter = begin(WINDOW, channel=Channel.WINDOW)
    act(submit_matter, matter, answers=ANSWERS, contact=CONTACT)
    act(accept_matter, matter, papers=["approval"], promised=["form"])
    hand_in(matter, "form", actor=WINDOW)
    act(finish_step, matter)
    act(finish_step, matter)
    assert act(grant_matter, matter).promise_due_on is None


@pytest.mark.parametrize(
    ("operation", "more"), [(grant_matter, {}), (refuse_matter, {"reason": "不符"})]
)
def test_deciding_needs_its_own_right(accept, act, operation, more):
    with pytest.raises(NotPermitted):
        act(operation, accept(), actor=LEADER, **more)


def test_what_a_programme_does_on_granting_is_done_with_it_or_nothing_is(accept, act):
    told = []
    hook = OnGranted(
        PERMIT, lambda matter, actor, _now: told.append((matter.pk, actor))
    )
    register_part(Part("hooks", "Hooks", "", brings=(hook,)))
    matter = accept()
    act(finish_step, matter)
    act(finish_step, matter)
    act(grant_matter, matter)
    assert told == [(matter.pk, WINDOW)]


def test_what_a_programme_refuses_is_not_granted(accept, act):
    def refuses(*_given):
        raise NotThisOne

    register_part(Part("hooks", "Hooks", "", brings=(OnGranted(PERMIT, refuses),)))
    matter = accept()
    act(finish_step, matter)
    act(finish_step, matter)
    before = lines_of_life(matter)
    with pytest.raises(NotThisOne):
        act(grant_matter, matter)
    assert lines_of_life(matter) == before


def test_a_refusal_gives_its_reason_and_ends_every_wait(accept, act):
    matter = accept()
    act(finish_step, matter)  # the public notice stops the clock
    with pytest.raises(ReasonNeeded):
        act(refuse_matter, matter, reason="")
    refused = act(refuse_matter, matter, reason="公示期间有异议")
    assert (refused.state, refused.reason) == ("refused", "公示期间有异议")
    assert not refused.stops.filter(until_at__isnull=True).exists()


def test_what_is_settled_stays_settled(grant, act):
    matter = grant()
    with pytest.raises(ActNotPossible):
        act(refuse_matter, matter, reason="后悔")


def test_a_late_acceptance_is_late_however_quick_the_decision(submit, act, now):
    matter = submit()
    late = now + timedelta(days=8)
    act(accept_matter, matter, at=late)
    act(finish_step, matter, at=late)
    act(finish_step, matter, at=late)
    assert act(grant_matter, matter, at=late).is_on_time is False


def collect(act, matter, *, collector="李主席", surrendered=True, **more):
    given = {"collector": collector, "surrendered": surrendered, **more}
    return act(hand_out, matter, **given)


def test_what_was_granted_is_handed_out_once(grant, act, now):
    matter = collect(act, grant())
    assert (matter.handed_out_to, matter.handed_out_at) == ("李主席", now)
    assert matter.materials.get(key="old").is_paper
    with pytest.raises(NothingHandedOut):
        collect(act, matter)


DRAWN = "M10 20L12 24L30 40L44 60L80 90"


@pytest.mark.parametrize("signature", ["李主席", DRAWN, ""])
def test_the_collectors_signature_is_kept(grant, act, signature):
    matter = fresh(collect(act, grant(), signature=signature))
    assert matter.handed_out_signature == signature


def test_a_signature_that_draws_something_else_is_refused(grant, act):
    matter = grant()
    with pytest.raises(SignatureUnreadable):
        collect(act, matter, signature=DRAWN + "Z" * 100)
    assert fresh(matter).handed_out_at is None


def test_who_collects_is_written_down(grant, act):
    with pytest.raises(CollectorMissing):
        collect(act, grant(), collector=" ")


def test_the_old_one_is_wanted_back_if_there_was_one(accept, act, hand_in, grant):
    from jiangxin.kernel.matters.models import MatterMaterial

    matter = accept()
    MatterMaterial.objects.create(
        matter=matter, key="old", is_paper=True, added_at=matter.begun_at
    )
    grant(matter=matter)
    with pytest.raises(NotSurrendered) as refused:
        collect(act, matter, surrendered=False)
    assert "原证书" in refused.value.message


def test_nobody_is_asked_for_an_old_one_that_need_not_exist(grant, act):
    matter = collect(act, grant(), surrendered=False)
    assert not matter.materials.filter(key="old").exists()


def test_a_service_without_a_paper_hands_out_nothing(begin, make_person, act, firms):
    person = make_person(employer=firms.north, phone="13800138000")
    matter = begin(WINDOW, service=REQUEST, channel="window", person_id=person.pk)
    act(submit_matter, matter, answers={"wish": "yes"}, contact=CONTACT)
    act(accept_matter, matter)
    act(finish_step, matter)
    act(grant_matter, matter)
    with pytest.raises(NothingHandedOut):
        collect(act, matter)
