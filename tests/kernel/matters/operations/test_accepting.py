"""Looking an application through: one notice, acceptance, promises, and their lapse."""

from datetime import date, timedelta

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.matters.enums import MaterialState, StopKind
from jiangxin.kernel.matters.operations.accepting import (
    MaterialsMissing,
    NothingNamed,
    NothingPromised,
    ReasonNeeded,
    StillDue,
    SupplementsLate,
    ToldAlready,
    accept_matter,
    ask_supplements,
    decline_matter,
    deem_withdrawn,
    keep_promise,
    revoke_acceptance,
    supplement_matter,
)
from jiangxin.kernel.matters.operations.door import (
    ActNotPossible,
    NothingWaitedFor,
    WaitsForApplicant,
)
from jiangxin.kernel.matters.operations.drafting import NotComplete, submit_matter
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.matters.rules.answers import Fault
from tests.kernel.matters.conftest import (
    ANSWERS,
    CHAIR,
    CONTACT,
    PNG,
    WINDOW,
    fresh,
    lines_of_life,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


def supplement(act, matter, *, answers=(), **more):
    more = {"actor": CHAIR, **more}
    return act(supplement_matter, matter, answers=dict(answers), **more)


@pytest.fixture
def at_the_window(begin, act):
    """Submit at the window, where papers are brought and no file is handed in."""

    def submitted():
        matter = begin(WINDOW, channel="window")
        return act(submit_matter, matter, answers=ANSWERS, contact=CONTACT)

    return submitted


def test_all_that_is_wrong_is_told_together_and_the_clock_stands(submit, ask, now):
    matter = ask(submit(), "field:chair", "material:form")
    notice = matter.notices.get()
    assert set(notice.items) == {"field:chair", "material:form"}
    # Ten working days from Tuesday on, among them no holiday.
    assert notice.due_on == matter.supplement_due_on == date(2026, 12, 7)
    assert matter.materials.get(key="form").state == MaterialState.FAULTY
    stop = matter.stops.get()
    assert (stop.kind, stop.from_at, stop.until_at) == (StopKind.PAUSED, now, None)
    assert "第五条" in stop.source


@pytest.mark.parametrize(
    "items", [{}, {"field:chair": "  "}, {"field:salary": "x"}, {"chair": "x"}]
)
def test_a_notice_names_something_that_the_service_has(submit, act, items):
    matter = submit()
    with pytest.raises(NothingNamed):
        act(ask_supplements, matter, items=items)
    assert not fresh(matter).is_waiting


def test_before_acceptance_all_is_told_once(submit, ask, act, hand_in):
    matter = ask(submit(), "field:chair")
    supplement(act, matter, answers={"chair": "王明"})
    with pytest.raises(ToldAlready) as refused:
        ask(matter, "material:form")
    assert "2026-11-23" in refused.value.message or "11" in refused.value.message
    assert not fresh(matter).is_waiting


def test_after_acceptance_it_may_be_asked_once_more_for_what_the_review_shows(
    submit, ask, act, now
):
    matter = ask(submit(), "field:chair")
    supplement(act, matter, answers={"chair": "王明"})
    act(accept_matter, matter, at=now + DAYS)
    assert ask(matter, "field:years", at=now + 2 * DAYS).is_waiting
    supplement(act, matter, answers={"years": "3"}, at=now + 3 * DAYS)
    with pytest.raises(ToldAlready):
        ask(matter, "field:years", at=now + 4 * DAYS)


def test_only_the_fields_that_were_named_are_taken(submit, ask, act):
    matter = ask(submit(), "field:chair")
    supplement(act, matter, answers={"chair": "王明", "years": "3"})
    assert fresh(matter).answers["chair"] == "王明"
    assert fresh(matter).answers["years"] == "5"


def test_supplements_are_handed_in_whole_or_nothing_is(submit, ask, act):
    matter = ask(submit(), "field:chair", "material:form")
    before = lines_of_life(matter)
    with pytest.raises(NotComplete) as refused:
        supplement(act, matter, answers={"chair": " "})
    assert refused.value.faults == {"chair": Fault.MISSING}
    assert refused.value.missing == ("form",)
    assert lines_of_life(matter) == before


def test_when_the_supplements_come_the_clock_goes_on(submit, ask, act, hand_in, now):
    matter = ask(submit(), "material:form")
    hand_in(matter, "form", content=PNG)
    came = now + 3 * DAYS
    matter = supplement(act, matter, at=came)
    assert (matter.is_waiting, matter.supplement_due_on) == (False, None)
    assert matter.stops.get().until_at == came
    assert matter.notices.get().answered_at == came


def test_the_last_day_is_still_in_time_and_the_next_is_not(submit, ask, act, now):
    matter = ask(submit(), "field:chair")
    last = now + 14 * DAYS
    with pytest.raises(SupplementsLate):
        supplement(act, matter, answers={"chair": "王明"}, at=last + DAYS)
    assert supplement(act, matter, answers={"chair": "王明"}, at=last).version


def test_what_is_asked_during_a_step_that_stops_the_clock_stops_it_once(
    accept, ask, act, hand_in, now
):
    matter = accept()
    act(finish_step, matter, at=now + DAYS)  # the public notice begins
    ask(matter, "field:chair", at=now + 2 * DAYS)
    opens = matter.stops.filter(until_at__isnull=True)
    assert opens.get().kind == StopKind.PAUSED
    supplement(act, matter, answers={"chair": "王明"}, at=now + 3 * DAYS)
    assert opens.get().kind == StopKind.EXCLUDED
    assert opens.get().from_at == now + 3 * DAYS


def test_the_window_takes_papers_that_were_asked_for(at_the_window, act, ask):
    matter = at_the_window()
    ask(matter, "material:form")
    with pytest.raises(NotComplete):
        supplement(act, matter, papers=["form"])  # the applicant has seen none
    assert not supplement(act, matter, actor=WINDOW, papers=["form"]).is_waiting
    assert matter.materials.get(is_paper=True).key == "form"


def test_acceptance_starts_the_clock_the_first_step_and_puts_it_in_a_hand(accept, now):
    matter = accept()
    assert (matter.state, matter.step) == ("accepted", "review")
    assert (matter.assigned_account_id, matter.assigned_label) == (
        WINDOW.account_id,
        "窗口小陈",
    )
    # Fifteen natural days end on Tuesday, 8 December; five working days before that.
    assert matter.statutory_due_on == date(2026, 12, 8)
    assert matter.promised_due_on == matter.due_on == date(2026, 11, 30)


def test_nothing_is_accepted_that_lacks_a_material(at_the_window, act):
    matter = at_the_window()
    before = lines_of_life(matter)
    with pytest.raises(MaterialsMissing) as refused:
        act(accept_matter, matter, papers=["form", "nonsense"])
    assert "批复" in refused.value.message
    assert lines_of_life(matter) == before


def test_papers_are_seen_and_what_may_follow_is_promised(at_the_window, act):
    matter = act(accept_matter, at_the_window(), papers=["approval"], promised=["form"])
    assert matter.promise_due_on == date(2026, 11, 30)
    states = dict(matter.materials.values_list("key", "state"))
    assert states == {"approval": "handed_in", "form": "promised"}


def test_what_may_not_follow_is_not_promised(at_the_window, act):
    with pytest.raises(MaterialsMissing):
        act(accept_matter, at_the_window(), papers=["form"], promised=["approval"])


@pytest.fixture
def promised(at_the_window, act):
    return act(accept_matter, at_the_window(), papers=["approval"], promised=["form"])


def test_a_promise_is_kept_once_all_of_it_came(promised, act, hand_in):
    with pytest.raises(NothingPromised):
        act(keep_promise, promised, actor=CHAIR)
    hand_in(promised, "form")
    assert act(keep_promise, promised, actor=CHAIR).promise_due_on is None
    with pytest.raises(NothingPromised):
        act(keep_promise, promised, actor=CHAIR)


def test_a_promise_is_kept_with_paper_at_the_window_alone(promised, act):
    with pytest.raises(NothingPromised):
        act(keep_promise, promised, actor=CHAIR, papers=["form"])
    assert act(keep_promise, promised, papers=["form"]).promise_due_on is None


def test_a_promise_not_kept_in_its_days_may_cost_the_acceptance(promised, act, now):
    revoke = {"operation": revoke_acceptance, "matter": promised}
    with pytest.raises(StillDue):
        act(**revoke, reason="未补交", at=now + 7 * DAYS)
    with pytest.raises(ReasonNeeded):
        act(**revoke, reason=" ", at=now + 8 * DAYS)
    matter = act(**revoke, reason="申请表逾期未补交", at=now + 8 * DAYS)
    assert (matter.state, matter.is_deemed) == ("withdrawn", True)
    assert (matter.reason, matter.promise_due_on) == ("申请表逾期未补交", None)


def test_an_acceptance_is_not_revoked_once_all_has_come_though_nobody_said_so(
    promised, act, hand_in, now
):
    hand_in(promised, "form")
    with pytest.raises(NothingPromised):
        act(revoke_acceptance, promised, reason="逾期", at=now + 30 * DAYS)


def test_an_acceptance_without_a_promise_is_not_revoked(accept, act, now):
    with pytest.raises(NothingPromised):
        act(revoke_acceptance, accept(), reason="逾期", at=now + 30 * DAYS)


def test_not_accepting_needs_its_reason_in_writing(submit, act):
    matter = submit()
    with pytest.raises(ReasonNeeded):
        act(decline_matter, matter, reason="\n")
    declined = act(decline_matter, matter, reason="不属于本窗口登记范围")
    assert (declined.state, declined.reason) == ("refused", "不属于本窗口登记范围")
    assert declined.is_on_time is True
    assert "登记范围" in declined.acts.get(kind="not_accepted").note


def test_whoever_has_days_to_put_it_right_is_not_declined_meanwhile(submit, ask, act):
    matter = ask(submit())
    with pytest.raises(WaitsForApplicant):
        act(decline_matter, matter, reason="不齐")


def test_what_is_accepted_is_not_declined_but_refused(accept, act):
    with pytest.raises(ActNotPossible):
        act(decline_matter, accept(), reason="不齐")


def test_what_was_not_supplemented_in_time_counts_as_withdrawn_once(submit, ask, now):
    matter = ask(submit())

    def deem(at):
        return deem_withdrawn(matter_id=matter.pk, actor=SYSTEM, now=at)

    assert not deem(now + 14 * DAYS)
    assert deem(now + 15 * DAYS)
    assert not deem(now + 15 * DAYS)
    left = fresh(matter)
    assert (left.state, left.is_deemed, left.is_on_time) == ("withdrawn", True, None)
    assert not left.stops.filter(until_at__isnull=True).exists()


def test_nothing_lapses_that_is_not_waited_for(submit, now):
    matter = submit()
    late = now + 100 * DAYS
    assert not deem_withdrawn(matter_id=matter.pk, actor=SYSTEM, now=late)
    assert not deem_withdrawn(matter_id=0, actor=SYSTEM, now=late)


def test_supplements_come_once(submit, ask, act):
    matter = ask(submit(), "field:chair")
    seen = fresh(matter).version
    for _time in range(2):
        supplement_matter(
            matter_id=matter.pk,
            seen=seen,
            answers={"chair": "王明"},
            actor=CHAIR,
            now=matter.touched_at,
        )
    assert fresh(matter).acts.filter(kind="supplemented").count() == 1
    with pytest.raises(NothingWaitedFor):
        supplement(act, matter, answers={"chair": "赵明"})
