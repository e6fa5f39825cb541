"""Steps, hands, notes and visits; one at a time and many at once."""

from dataclasses import replace
from datetime import date

import pytest

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.matters.operations.batch import (
    Target,
    accept_many,
    assign_many,
)
from jiangxin.kernel.matters.operations.drafting import submit_matter
from jiangxin.kernel.matters.operations.working import (
    InOtherHands,
    MayNotHandle,
    NoStepLeft,
    WordsMissing,
    assign_matter,
    count_visit,
    finish_step,
    note_matter,
    release_matter,
    take_matter,
)
from tests.kernel.matters.conftest import (
    ANSWERS,
    CHAIR,
    COLLEAGUE,
    CONTACT,
    LEADER,
    WINDOW,
    fresh,
    lines_of_life,
)
from tests.kernel.register.cast import COUNTY, SOUTH

pytestmark = pytest.mark.django_db
BOSS = replace(
    LEADER, label="赵主任", permissions=WINDOW.permissions | LEADER.permissions
)


@pytest.fixture
def clerk(now):
    """Make an account of a federation officer for a place."""

    def made(name="officer", place=COUNTY, role=Role.FEDERATION_OFFICER, **more):
        account = Account.objects.create(
            username=name, display_name=f"窗口{name}", created_at=now, **more
        )
        RoleGrant.objects.create(
            account=account, role=role, region_code=place, valid_from=date(2026, 1, 1)
        )
        return account

    return made


def assign(act, matter, account, *, actor=LEADER, **more):
    return act(assign_matter, matter, account_id=account.pk, actor=actor, **more)


def test_steps_are_finished_in_their_order_and_then_none_is_left(accept, act):
    matter = accept()
    assert act(finish_step, matter, note="材料属实").step == "publicity"
    assert act(finish_step, matter).step == ""
    with pytest.raises(NoStepLeft):
        act(finish_step, matter)
    noted = matter.acts.filter(kind="step_done").first()
    assert (noted.note, noted.is_internal) == ("材料属实", True)


def test_a_step_that_the_law_does_not_count_stops_the_clock(accept, act):
    matter = act(finish_step, accept())
    stop = matter.stops.get()
    assert (stop.kind, stop.reason, stop.until_at) == ("excluded", "publicity", None)
    act(finish_step, matter)
    assert matter.stops.get().until_at is not None


def test_what_is_in_nobodys_hands_is_taken_and_what_is_in_anothers_is_not(submit, act):
    matter = submit()
    assert act(take_matter, matter).assigned_label == "窗口小陈"
    assert act(take_matter, matter).version == fresh(matter).version
    with pytest.raises(InOtherHands) as refused:
        act(take_matter, matter, actor=COLLEAGUE)
    assert "窗口小陈" in refused.value.message


def test_a_matter_is_given_to_somebody_who_may_handle_it_there(submit, act, clerk):
    matter, account = submit(), clerk()
    assert assign(act, matter, account).assigned_label == "窗口officer"
    # Given to whom it was given already, nothing is written down again.
    assert assign(act, matter, account).version == fresh(matter).version


@pytest.mark.parametrize(
    "more",
    [
        {"place": SOUTH},
        {"role": Role.AUDITOR, "place": ""},
        {"is_active": False},
    ],
)
def test_nobody_is_given_what_they_may_not_handle(submit, act, clerk, more):
    matter = submit()
    before = lines_of_life(matter)
    with pytest.raises(MayNotHandle) as refused:
        assign(act, matter, clerk(**more))
    assert "窗口officer" in refused.value.message
    assert lines_of_life(matter) == before


def test_nobody_is_given_their_own_application(begin, make_person, act, clerk, firms):
    person = make_person(employer=firms.north, phone="13800138000")
    matter = begin(
        WINDOW, service="trial.request", channel="window", person_id=person.pk
    )
    act(submit_matter, matter, answers={"wish": "yes"}, contact=CONTACT)
    with pytest.raises(MayNotHandle):
        assign(act, matter, clerk(person_id=person.pk))


def test_an_account_that_is_not_there_is_given_nothing(submit, act):
    with pytest.raises(NotFound):
        act(assign_matter, submit(), account_id=0, actor=LEADER)


def test_only_whoever_may_assign_assigns(submit, act, clerk):
    with pytest.raises(NotPermitted):
        assign(act, submit(), clerk(), actor=WINDOW)


def test_one_gives_back_what_is_ones_own_and_a_leader_anybodys(submit, act):
    matter = submit()
    act(take_matter, matter)
    with pytest.raises(InOtherHands):
        act(release_matter, matter, actor=COLLEAGUE)
    assert act(release_matter, matter).assigned_account_id is None
    assert act(release_matter, matter).version == fresh(matter).version
    act(take_matter, matter)
    released = act(release_matter, matter, actor=LEADER)
    assert (released.assigned_account_id, released.assigned_label) == (None, "")


def test_whoever_only_looks_gives_nothing_back(submit, act):
    looks = replace(LEADER, permissions=frozenset({"matters.view"}))
    with pytest.raises(NotPermitted):
        act(release_matter, submit(), actor=looks)


def test_an_internal_note_has_words(accept, act):
    matter = accept()
    with pytest.raises(WordsMissing):
        act(note_matter, matter, text="  ")
    act(note_matter, matter, text="电话已核实")
    assert matter.acts.latest("sequence").note == "电话已核实"
    with pytest.raises(NotPermitted):
        act(note_matter, matter, text="x", actor=CHAIR)


def test_visits_are_counted(accept, act):
    matter = accept()
    act(count_visit, matter)
    assert act(count_visit, matter).visits == 2


@pytest.fixture
def two(begin, act, firms, hand_in):
    """Two submitted matters typed at the window; the second lacks all its papers."""
    matters = []
    for union in (firms.north_union, firms.south_union):
        matter = begin(WINDOW, channel="window", organisation_id=union.pk)
        if union is firms.north_union:
            hand_in(matter, "approval", "form", actor=WINDOW)
        act(submit_matter, matter, answers=ANSWERS, contact=CONTACT)
        matters.append(fresh(matter))
    return matters


def targets(*matters):
    return [Target(one.pk, fresh(one).version) for one in matters]


def test_of_many_what_is_complete_is_accepted_and_the_rest_is_told(two, now):
    complete, lacking = two
    done = accept_many(targets(lacking, complete), actor=WINDOW, now=now)
    assert [one.pk for one in done.done] == [complete.pk]
    (left,) = done.not_done
    assert (left.matter_id, left.code) == (lacking.pk, "matters.materials_missing")
    assert "批复" in left.why
    assert (fresh(complete).state, fresh(lacking).state) == ("accepted", "submitted")


def test_what_is_not_there_stops_no_other(two, now):
    wanted = [Target(0, 1), *targets(two[0])]
    done = assign_many(wanted, account_id=0, actor=LEADER, now=now)
    assert [one.matter_id for one in done.not_done] == [0, two[0].pk]
    assert all(one.why for one in done.not_done)


def test_many_are_assigned_without_stealing(two, clerk, act, now):
    act(take_matter, two[0], actor=COLLEAGUE)
    done = assign_many(targets(*two), account_id=clerk().pk, actor=LEADER, now=now)
    assert [one.pk for one in done.done] == [two[1].pk]
    assert done.in_other_hands == 1
    assert fresh(two[0]).assigned_label == "窗口小周"
    again = assign_many(
        targets(two[1]), account_id=clerk("b").pk, actor=LEADER, now=now
    )
    assert again.in_other_hands == 1
