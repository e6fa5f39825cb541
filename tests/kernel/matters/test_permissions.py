"""Who may do what: one table for each side of the counter."""

from dataclasses import replace

import pytest

from jiangxin.foundation.actor import SYSTEM, Scope
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.access.queries import ANONYMOUS
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.operations import accepting, deciding, drafting, working
from jiangxin.kernel.matters.queries.matters import get_matter
from tests.kernel.matters.conftest import (
    CHAIR,
    COLLEAGUE,
    FAR_WINDOW,
    LEADER,
    NOBODY,
    WINDOW,
    fresh,
    lines_of_life,
)
from tests.kernel.register.cast import SOUTH
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db
FAR_CHAIR = replace(
    CHAIR, held=(Scope(organisation_code="U-SOUTH"),), account_id=UNREACHED + 12
)
FAR_LEADER = replace(LEADER, held=(Scope(SOUTH),), account_id=UNREACHED + 32)

# Who sees it, acts as its applicant, handles, decides and assigns it.
SIDES = [
    (ANONYMOUS, "-----"),
    (NOBODY, "-----"),
    (FAR_CHAIR, "-----"),
    (FAR_WINDOW, "-----"),
    (FAR_LEADER, "-----"),
    (CHAIR, "va---"),
    (WINDOW, "vahd-"),
    (COLLEAGUE, "vahd-"),
    (LEADER, "v---s"),
    (SYSTEM, "vahds"),
]


def rights(actor, matter):
    return "".join(
        letter if allowed else "-"
        for letter, allowed in {
            "v": permissions.can_view(actor, matter),
            "a": permissions.can_act_as_applicant(actor, matter),
            "h": permissions.can_act_as_office(actor, matter),
            "d": permissions.can_act_as_office(actor, matter, permissions.DECIDE),
            "s": permissions.can_act_as_office(actor, matter, permissions.ASSIGN),
        }.items()
    )


@pytest.mark.parametrize(("actor", "expected"), SIDES)
def test_each_side_of_a_submitted_matter_has_its_rights(submit, actor, expected):
    matter = submit()
    assert rights(actor, matter) == expected
    if "v" in expected:
        assert get_matter(matter.pk, visible_to=actor) == matter
    else:
        with pytest.raises(NotFound):
            get_matter(matter.pk, visible_to=actor)


@pytest.mark.parametrize(
    ("actor", "sees"), [(CHAIR, True), (WINDOW, False), (LEADER, False)]
)
def test_a_draft_typed_online_is_the_applicants_alone(begin, actor, sees):
    matter = begin()
    assert permissions.can_view(actor, matter) is sees
    assert permissions.can_act_as_applicant(actor, matter) is sees


def test_nobody_handles_what_they_filed_themselves(submit):
    matter = submit()
    both = replace(WINDOW, account_id=CHAIR.account_id)
    assert rights(both, matter) == "va---"
    # Nor whoever files for the very organisation, though another pressed the button.
    held = (*WINDOW.held, Scope(organisation_code="U-NORTH"))
    assert rights(replace(WINDOW, held=held), matter) == "va---"


OFFICE_ACTS = [
    (accepting.accept_matter, {}),
    (accepting.ask_supplements, {"items": {"field:chair": "x"}}),
    (accepting.decline_matter, {"reason": "x"}),
    (accepting.revoke_acceptance, {"reason": "x"}),
    (working.finish_step, {}),
    (working.take_matter, {}),
    (working.assign_matter, {"account_id": 1}),
    (working.release_matter, {}),
    (working.note_matter, {"text": "x"}),
    (working.count_visit, {}),
    (deciding.grant_matter, {}),
    (deciding.refuse_matter, {"reason": "x"}),
    (deciding.hand_out, {"collector": "x", "surrendered": True}),
]
APPLICANT_ACTS = [
    (accepting.supplement_matter, {"answers": {}}),
    (accepting.keep_promise, {}),
    (drafting.withdraw_matter, {"note": "x"}),
]


@pytest.mark.parametrize(("operation", "more"), [*OFFICE_ACTS, *APPLICANT_ACTS])
@pytest.mark.parametrize("actor", [ANONYMOUS, NOBODY, FAR_CHAIR, FAR_WINDOW])
def test_to_others_there_is_nothing_to_act_on(submit, act, operation, more, actor):
    matter = submit()
    before = lines_of_life(matter)
    with pytest.raises(NotFound):
        act(operation, matter, actor=actor, **more)
    assert lines_of_life(matter) == before


@pytest.mark.parametrize(("operation", "more"), OFFICE_ACTS)
def test_the_applicant_does_nothing_of_the_offices(submit, act, operation, more):
    matter = submit()
    before = lines_of_life(matter)
    with pytest.raises(NotPermitted):
        act(operation, matter, actor=CHAIR, **more)
    assert lines_of_life(matter) == before
    assert fresh(matter).state == "submitted"


@pytest.mark.parametrize(("operation", "more"), APPLICANT_ACTS)
def test_whoever_only_oversees_does_nothing_of_the_applicants(
    submit, act, operation, more
):
    matter = submit()
    before = lines_of_life(matter)
    with pytest.raises(NotPermitted):
        act(operation, matter, actor=LEADER, **more)
    assert lines_of_life(matter) == before
