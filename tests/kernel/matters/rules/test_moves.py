"""Which act may follow what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.matters.enums import SETTLED, WITH_THE_OFFICE, ActKind, MatterState
from jiangxin.kernel.matters.rules.moves import MOVES, may_follow, state_after

# Done to what is settled, by the office among itself or with what it hands out.
AFTERWARDS = {
    ActKind.NOTED,
    ActKind.VISITED,
    ActKind.HANDED_OUT,
    ActKind.ASSIGNED,
    ActKind.RELEASED,
}


def test_every_act_but_the_first_has_its_row():
    assert set(MOVES) == set(ActKind) - {ActKind.BEGUN}


@pytest.mark.parametrize("state", SETTLED)
def test_nothing_leads_out_of_what_is_settled(state):
    for kind, move in MOVES.items():
        if state in move.starts:
            assert kind in AFTERWARDS
            assert move.ends is None


@pytest.mark.parametrize("state", [MatterState.DRAFT, *WITH_THE_OFFICE])
def test_whatever_is_open_can_be_taken_back(state):
    for is_waiting in (True, False):
        assert may_follow(ActKind.WITHDRAWN, state, is_waiting=is_waiting)


@pytest.mark.parametrize(
    "kind",
    [
        ActKind.ACCEPTED,
        ActKind.NOT_ACCEPTED,
        ActKind.STEP_DONE,
        ActKind.GRANTED,
        ActKind.REFUSED,
        ActKind.SUPPLEMENT_ASKED,
    ],
)
def test_while_the_applicant_has_days_left_the_office_decides_nothing(kind):
    for state in MatterState:
        assert not may_follow(kind, state, is_waiting=True)


@given(st.lists(st.sampled_from([ActKind(one) for one in sorted(MOVES)])))
def test_acts_add_up_as_far_as_each_may_follow_those_before_it(kinds):
    state, is_waiting = MatterState.DRAFT, False
    for number, kind in enumerate(kinds):
        if not may_follow(kind, state, is_waiting=is_waiting):
            with pytest.raises(ValueError, match=f"{kind} cannot follow on {state}"):
                state_after(kinds[: number + 1])
            return
        is_waiting = kind is ActKind.SUPPLEMENT_ASKED or (
            is_waiting and kind is not ActKind.SUPPLEMENTED
        )
        state = MOVES[kind].ends or state
        assert state_after([ActKind.BEGUN, *kinds[: number + 1]]) == state
