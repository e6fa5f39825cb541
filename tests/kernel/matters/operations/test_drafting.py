"""The applicant's side: beginning, typing, submitting, taking back, throwing away."""

from dataclasses import replace
from uuid import uuid4

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.models import Matter, MatterAct
from jiangxin.kernel.matters.operations.accepting import supplement_matter
from jiangxin.kernel.matters.operations.door import ActNotPossible
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    ChannelNotOffered,
    ConsentMissing,
    Contact,
    MatterAlreadyOpen,
    NotComplete,
    WithdrawalUnexplained,
    WrongKindOfOrganisation,
    begin_matter,
    delete_draft,
    save_draft,
    submit_matter,
    withdraw_matter,
)
from jiangxin.kernel.matters.rules.answers import Fault
from jiangxin.kernel.register.models import Organisation
from tests.kernel.matters.conftest import (
    ANSWERS,
    CHAIR,
    CONTACT,
    FAR_WINDOW,
    LEADER,
    NOBODY,
    REQUEST,
    WINDOW,
    fresh,
)
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db
WORKER = replace(
    NOBODY,
    label="王芳",
    account_id=UNREACHED + 41,
    permissions=frozenset({"matters.apply", "register.view_own_record"}),
)


def send(matter, now, *, actor=CHAIR, answers=ANSWERS, contact=CONTACT):
    return submit_matter(
        matter_id=matter.pk,
        seen=fresh(matter).version,
        answers=answers,
        contact=contact,
        actor=actor,
        now=now,
    )


def test_the_same_form_sent_again_gives_the_same_draft(begin):
    token = uuid4()
    assert begin(token=token).pk == begin(token=token).pk
    assert Matter.objects.count() == 1


def test_somebody_elses_form_cannot_be_sent_again(begin):
    token = uuid4()
    begin(token=token)
    with pytest.raises(NotFound):
        begin(NOBODY, token=token)


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [(NOBODY, NotFound), (FAR_WINDOW, NotFound), (LEADER, NotPermitted)],
)
def test_nobody_begins_for_an_organisation_they_do_not_file_for(begin, actor, refusal):
    with pytest.raises(refusal):
        begin(actor)
    assert not Matter.objects.exists()


def test_a_service_is_for_organisations_of_its_kind(begin, firms):
    with pytest.raises(WrongKindOfOrganisation) as refused:
        begin(WINDOW, organisation_id=firms.north.pk, channel=Channel.WINDOW)
    assert "试办许可" in refused.value.message
    with pytest.raises(NotFound):
        begin(organisation_id=None)


def test_a_service_is_applied_for_in_the_ways_it_offers(begin, make_person):
    with pytest.raises(ChannelNotOffered):
        begin(service=REQUEST, channel=Channel.PROXY)


def test_only_the_window_types_for_somebody_else(begin):
    with pytest.raises(NotPermitted):
        begin(CHAIR, channel=Channel.WINDOW)


@pytest.mark.parametrize(
    "more",
    [
        {"agent_scope": "", "has_consent": True},
        {"agent_scope": "  ", "has_consent": True},
        {"agent_scope": "全部手续", "has_consent": False},
    ],
)
def test_full_proxy_needs_a_scope_and_the_consent(begin, more):
    with pytest.raises(ConsentMissing):
        begin(WINDOW, channel=Channel.PROXY, **more)


def test_full_proxy_keeps_both_names_and_counts_no_visit(begin, now):
    matter = begin(
        WINDOW, channel=Channel.PROXY, agent_scope="全部手续", has_consent=True
    )
    assert (matter.agent_label, matter.consented_at) == ("窗口小陈", now)
    assert (matter.applicant_account_id, matter.visits) == (None, 0)


def test_whoever_applies_at_the_window_has_come_once(begin):
    assert begin(WINDOW, channel=Channel.WINDOW).visits == 1
    assert Matter.objects.get().visits == 1


def test_the_same_is_not_begun_twice_by_the_same_side(begin):
    draft = begin()
    with pytest.raises(MatterAlreadyOpen) as refused:
        begin()
    assert str(draft) in refused.value.message


def test_what_is_with_the_office_is_not_begun_again_by_anybody(submit, begin):
    number = submit().number
    with pytest.raises(MatterAlreadyOpen) as refused:
        begin(WINDOW, channel=Channel.WINDOW)
    assert number in refused.value.message


def test_what_somebody_only_began_to_type_does_not_hinder_the_window(
    begin, hand_in, now
):
    online = begin()
    hand_in(online, "approval", "form")
    typed = begin(WINDOW, channel=Channel.WINDOW)
    send(typed, now, actor=WINDOW)
    with pytest.raises(MatterAlreadyOpen):
        send(online, now)
    assert fresh(online).state == "draft"


def test_after_a_matter_is_settled_the_same_can_be_applied_for_again(
    submit, act, begin
):
    act(withdraw_matter, submit(), actor=CHAIR, note="")
    assert begin().state == "draft"


def test_a_worker_applies_for_themselves(begin, make_person, firms):
    person = make_person(employer=firms.north)
    worker = replace(WORKER, person_id=person.pk, held=CHAIR.held)
    matter = begin(worker, service=REQUEST)
    assert (matter.person_id, matter.region_code) == (person.pk, person.region_code)


def test_nobody_without_the_right_applies_for_themselves(begin, make_person):
    with pytest.raises(NotPermitted):
        begin(replace(NOBODY, person_id=make_person().pk), service=REQUEST)


def test_at_the_window_the_person_is_named(begin, make_person, firms):
    with pytest.raises(NotFound):
        begin(WINDOW, service=REQUEST, channel=Channel.WINDOW)
    person = make_person(employer=firms.north)
    matter = begin(WINDOW, service=REQUEST, channel=Channel.WINDOW, person_id=person.pk)
    assert matter.person == person


def test_what_is_typed_is_kept_right_or_not_and_only_what_is_asked(begin, now):
    matter = begin()
    save_draft(
        matter_id=matter.pk,
        answers={"since": "who knows", "chair": " 李明 ", "salary": "1"},
        actor=CHAIR,
        now=now,
    )
    assert fresh(matter).answers == {"since": "who knows", "chair": "李明"}


def test_what_is_typed_late_changes_nothing(submit, now):
    matter = submit()
    save_draft(matter_id=matter.pk, answers={"chair": "X"}, actor=CHAIR, now=now)
    assert fresh(matter).answers["chair"] == "李明"


@pytest.mark.parametrize("actor", [NOBODY, WINDOW, FAR_WINDOW])
def test_a_draft_is_nobody_elses_business(begin, now, actor):
    matter = begin()
    with pytest.raises(NotFound):
        save_draft(matter_id=matter.pk, answers={}, actor=actor, now=now)
    with pytest.raises(NotFound):
        delete_draft(matter_id=matter.pk, actor=actor)


def test_everything_wrong_is_said_together(begin, now):
    matter = begin()
    with pytest.raises(NotComplete) as refused:
        send(
            matter, now, answers={"since": "x", "years": "4"}, contact=Contact(" ", "")
        )
    assert refused.value.faults == {
        "chair": Fault.MISSING,
        "since": Fault.NOT_A_DATE,
        "years": Fault.NOT_IN_LIST,
        "contact_name": Fault.MISSING,
        "contact_phone": Fault.MISSING,
    }
    assert refused.value.missing == ("approval", "form")
    assert fresh(matter).number is None


def test_papers_are_not_missing_before_they_come_to_the_window(begin, now):
    typed = begin(WINDOW, channel=Channel.WINDOW)
    assert send(typed, now, actor=WINDOW).state == "submitted"


def test_what_the_register_knows_counts_and_stays_as_it_was_submitted(
    submit, ask, act, firms, now
):

    matter = submit(answers={**ANSWERS, "name": "别的名字"})
    assert matter.answers["name"] == "北方工会"
    Organisation.objects.filter(pk=firms.north_union.pk).update(name="新名字")
    ask(matter, "field:chair")
    given = {"chair": "王明", "name": "X", "years": "3"}
    act(supplement_matter, matter, actor=CHAIR, answers=given)
    assert fresh(matter).answers == {"name": "北方工会", "chair": "王明", "years": "5"}


def test_a_field_that_was_named_is_read_from_the_register_anew(
    submit, ask, act, firms, now
):

    matter = submit()
    ask(matter, "field:name")
    Organisation.objects.filter(pk=firms.north_union.pk).update(name="新名字")
    act(supplement_matter, matter, actor=CHAIR, answers={})
    assert fresh(matter).answers["name"] == "新名字"


def test_an_applicant_takes_back_without_a_word_and_nothing_is_waited_for(
    submit, ask, act
):
    matter = ask(submit())
    left = act(withdraw_matter, matter, actor=CHAIR, note="")
    assert (left.state, left.is_waiting, left.supplement_due_on) == (
        "withdrawn",
        False,
        None,
    )
    assert not left.stops.filter(until_at__isnull=True).exists()
    assert not left.notices.filter(answered_at__isnull=True).exists()


def test_the_window_takes_back_for_an_applicant_only_with_a_word_of_how_they_asked(
    submit, act
):
    matter = submit()
    with pytest.raises(WithdrawalUnexplained):
        act(withdraw_matter, matter, note=" ")
    left = act(withdraw_matter, matter, note="李主席来电要求撤回")
    assert left.state == "withdrawn"
    with pytest.raises(ActNotPossible):
        act(withdraw_matter, matter, actor=CHAIR, note="")


def test_a_draft_that_was_withdrawn_needs_no_number(begin, act):
    left = act(withdraw_matter, begin(), actor=CHAIR, note="")
    assert (left.state, left.number, left.submitted_at) == ("withdrawn", None, None)


def test_a_draft_is_thrown_away_with_its_files(
    begin, hand_in, uploads, django_capture_on_commit_callbacks
):
    matter = begin()
    hand_in(matter, "approval")
    assert len(list((uploads / "kept").iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(matter_id=matter.pk, actor=CHAIR)
    assert not list((uploads / "kept").iterdir())
    assert not Matter.objects.exists()
    assert not MatterAct.objects.exists()


def test_what_was_submitted_is_not_thrown_away(submit):
    matter = submit()
    with pytest.raises(NotFound):
        delete_draft(matter_id=matter.pk, actor=CHAIR)


def test_a_service_that_is_not_there_is_not_begun(firms, now):
    with pytest.raises(NotFound):
        begin_matter(
            Begun("trial.gone", uuid4(), organisation_id=firms.north_union.pk),
            actor=CHAIR,
            now=now,
        )
