"""One door: who comes in, when, and what is written down."""

import json

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.operations.accepting import accept_matter, ask_supplements
from jiangxin.kernel.matters.operations.deciding import grant_matter
from jiangxin.kernel.matters.operations.door import (
    ActNotPossible,
    NothingWaitedFor,
    PageStale,
    WaitsForApplicant,
)
from jiangxin.kernel.matters.operations.drafting import submit_matter, withdraw_matter
from jiangxin.kernel.matters.operations.working import note_matter
from jiangxin.kernel.matters.rules.moves import state_after
from tests.kernel.matters.conftest import (
    ANSWERS,
    CHAIR,
    COLLEAGUE,
    CONTACT,
    FAR_WINDOW,
    NOBODY,
    WINDOW,
    fresh,
)

pytestmark = pytest.mark.django_db


def accept(matter, now, *, actor=WINDOW, seen=None):
    seen = matter.version if seen is None else seen
    return accept_matter(matter_id=matter.pk, seen=seen, actor=actor, now=now)


def test_two_clerks_cannot_both_act_on_the_same_page(submit, now):
    matter = submit()
    accept(matter, now)
    with pytest.raises(PageStale) as refused:
        accept(matter, now, actor=COLLEAGUE)
    assert "窗口小陈" in refused.value.message
    assert fresh(matter).acts.filter(kind=ActKind.ACCEPTED).count() == 1


def test_the_same_act_sent_twice_is_done_once(submit, now):
    matter = submit()
    first = accept(matter, now)
    again = accept(matter, now)
    assert (again.version, again.state) == (first.version, "accepted")
    assert fresh(matter).acts.filter(kind=ActKind.ACCEPTED).count() == 1


def test_other_words_from_the_same_page_are_another_act_and_come_too_late(submit, now):
    matter = submit()

    def note(text):
        return note_matter(
            matter_id=matter.pk, seen=matter.version, text=text, actor=WINDOW, now=now
        )

    note("先打过电话")
    assert note("先打过电话").version == matter.version + 1
    with pytest.raises(PageStale):
        note("又打过电话")
    assert [one.note for one in matter.acts.filter(kind=ActKind.NOTED)] == [
        "先打过电话"
    ]


def test_an_act_is_known_again_after_others_followed_it(submit, now):
    matter = submit()
    accepted = accept(matter, now)
    noted = note_matter(
        matter_id=matter.pk,
        seen=accepted.version,
        text="备注",
        actor=COLLEAGUE,
        now=now,
    )
    assert accept(matter, now).version == noted.version


def test_what_the_office_does_among_itself_leaves_an_applicants_page_as_it_was(
    submit, now
):
    matter = submit()
    note_matter(
        matter_id=matter.pk, seen=matter.version, text="备注", actor=WINDOW, now=now
    )
    left = withdraw_matter(
        matter_id=matter.pk, seen=matter.version, note="", actor=CHAIR, now=now
    )
    assert left.state == "withdrawn"


def test_what_the_office_told_the_applicant_makes_their_page_stale(submit, now):
    matter = submit()
    accept(matter, now)
    with pytest.raises(PageStale) as refused:
        withdraw_matter(
            matter_id=matter.pk, seen=matter.version, note="", actor=CHAIR, now=now
        )
    assert "窗口小陈" in refused.value.message


def test_a_page_that_shows_what_has_not_happened_yet_is_stale(submit, now):
    matter = submit()
    with pytest.raises(PageStale) as refused:
        accept(matter, now, seen=99)
    assert "李主席" in refused.value.message


def test_an_act_that_does_not_follow_is_refused_and_changes_nothing(submit, now):
    matter = submit()
    with pytest.raises(ActNotPossible):
        grant_matter(matter_id=matter.pk, seen=matter.version, actor=WINDOW, now=now)
    assert fresh(matter).version == matter.version


def test_while_the_applicant_is_waited_for_the_office_cannot_accept(submit, now):
    matter = submit()
    asked = ask_supplements(
        matter_id=matter.pk,
        seen=matter.version,
        items={"material:form": "没有盖章"},
        actor=WINDOW,
        now=now,
    )
    with pytest.raises(WaitsForApplicant):
        accept(asked, now)


def test_nothing_is_supplemented_that_was_not_asked_for(submit, now):
    from jiangxin.kernel.matters.operations.accepting import supplement_matter

    matter = submit()
    with pytest.raises(NothingWaitedFor):
        supplement_matter(
            matter_id=matter.pk, seen=matter.version, answers={}, actor=CHAIR, now=now
        )


@pytest.mark.parametrize("actor", [NOBODY, FAR_WINDOW])
def test_to_others_a_matter_is_not_there(submit, now, actor):
    matter = submit()
    with pytest.raises(NotFound):
        accept(matter, now, actor=actor)


def test_an_applicant_does_not_accept_their_own_matter(submit, now):
    matter = submit()
    with pytest.raises(NotPermitted):
        accept(matter, now, actor=CHAIR)


def test_every_act_is_in_the_journal_and_in_the_trail(accept, now):
    matter = accept()
    kinds = [ActKind(one.kind) for one in matter.acts.order_by("sequence")]
    assert kinds == [ActKind.BEGUN, ActKind.SUBMITTED, ActKind.ACCEPTED]
    assert [one.sequence for one in matter.acts.order_by("sequence")] == [1, 2, 3]
    trail = list(events_of(f"matter:{matter.pk}"))
    assert [json.loads(one.payload)["act"] for one in trail] == [
        "accepted",
        "submitted",
        "begun",
    ]
    assert verify().is_sound


def test_the_state_is_what_the_acts_add_up_to(accept, now):
    matter = accept()
    note_matter(
        matter_id=matter.pk, seen=matter.version, text="备注", actor=WINDOW, now=now
    )
    left = withdraw_matter(
        matter_id=matter.pk,
        seen=fresh(matter).version,
        note="",
        actor=CHAIR,
        now=now,
    )
    kinds = [ActKind(one.kind) for one in left.acts.order_by("sequence")]
    assert state_after(kinds) == left.state == "withdrawn"


def test_the_words_of_an_act_are_not_in_the_trail_but_proved_by_it(accept, now):
    matter = accept()
    note_matter(
        matter_id=matter.pk,
        seen=matter.version,
        text="身份证看过",
        actor=WINDOW,
        now=now,
    )
    payload = events_of(f"matter:{matter.pk}").first().payload
    assert "身份证" not in payload
    assert len(json.loads(payload)["digest"]) == 64


def test_a_submission_sent_twice_makes_one_number(begin, hand_in, now):
    matter = begin()
    hand_in(matter, "approval", "form")
    sent = [
        submit_matter(
            matter_id=matter.pk,
            seen=matter.version,
            answers=ANSWERS,
            contact=CONTACT,
            actor=CHAIR,
            now=now,
        )
        for _time in range(2)
    ]
    assert sent[0].number == sent[1].number
    assert sent[0].number.startswith("33072620261123")
