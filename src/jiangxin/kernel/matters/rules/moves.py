"""Which act may follow what: one row an act, read by the door, the screens and the docs."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiangxin.kernel.matters.enums import ActBy, ActKind, MatterState

S = MatterState
IN_HAND = frozenset({S.SUBMITTED, S.ACCEPTED})
ANY = frozenset(MatterState)


@dataclass(frozen=True)
class Move:
    """starts: the states it may be done in. ends: the state it leads to, None for none.

    waiting: whether the matter must (True) or must not (False) wait for the applicant.
    """

    by: ActBy
    starts: frozenset[MatterState]
    ends: MatterState | None = None
    waiting: bool | None = None


MOVES: Mapping[ActKind, Move] = {
    ActKind.SUBMITTED: Move(ActBy.APPLICANT, frozenset({S.DRAFT}), S.SUBMITTED),
    ActKind.SUPPLEMENT_ASKED: Move(ActBy.OFFICE, IN_HAND, waiting=False),
    ActKind.SUPPLEMENTED: Move(ActBy.APPLICANT, IN_HAND, waiting=True),
    ActKind.ACCEPTED: Move(
        ActBy.OFFICE, frozenset({S.SUBMITTED}), S.ACCEPTED, waiting=False
    ),
    ActKind.PROMISE_KEPT: Move(ActBy.APPLICANT, frozenset({S.ACCEPTED})),
    # Whoever was given days to put it right has them.
    ActKind.NOT_ACCEPTED: Move(
        ActBy.OFFICE, frozenset({S.SUBMITTED}), S.REFUSED, waiting=False
    ),
    ActKind.ACCEPTANCE_REVOKED: Move(
        ActBy.OFFICE, frozenset({S.ACCEPTED}), S.WITHDRAWN
    ),
    ActKind.STEP_DONE: Move(ActBy.OFFICE, frozenset({S.ACCEPTED}), waiting=False),
    ActKind.GRANTED: Move(
        ActBy.OFFICE, frozenset({S.ACCEPTED}), S.GRANTED, waiting=False
    ),
    ActKind.REFUSED: Move(
        ActBy.OFFICE, frozenset({S.ACCEPTED}), S.REFUSED, waiting=False
    ),
    ActKind.WITHDRAWN: Move(
        ActBy.APPLICANT, frozenset({S.DRAFT}) | IN_HAND, S.WITHDRAWN
    ),
    ActKind.DEEMED_WITHDRAWN: Move(ActBy.PLATFORM, IN_HAND, S.WITHDRAWN, waiting=True),
    ActKind.ASSIGNED: Move(ActBy.OFFICE, IN_HAND | {S.GRANTED}),
    ActKind.RELEASED: Move(ActBy.OFFICE, IN_HAND | {S.GRANTED}),
    ActKind.ESCALATED: Move(ActBy.PLATFORM, IN_HAND),
    ActKind.NOTED: Move(ActBy.OFFICE, ANY - {S.DRAFT}),
    ActKind.HANDED_OUT: Move(ActBy.OFFICE, frozenset({S.GRANTED})),
    ActKind.VISITED: Move(ActBy.OFFICE, ANY - {S.DRAFT}),
}


def may_follow(kind: ActKind, state: MatterState, *, is_waiting: bool) -> bool:
    """Return whether an act of this kind may be done to a matter as it stands."""
    move = MOVES[kind]
    return state in move.starts and move.waiting in {None, is_waiting}


def state_after(kinds: list[ActKind]) -> MatterState:
    """Return the state that acts add up to, from the first one on.

    Raises ValueError naming the act that may not follow those before it.
    """
    state, is_waiting = MatterState.DRAFT, False
    for kind in kinds:
        if kind is ActKind.BEGUN:
            continue
        if not may_follow(kind, state, is_waiting=is_waiting):
            message = f"{kind} cannot follow on {state}"
            raise ValueError(message)
        if kind is ActKind.SUPPLEMENT_ASKED:
            is_waiting = True
        elif kind is ActKind.SUPPLEMENTED:
            is_waiting = False
        state = MOVES[kind].ends or state
    return state
