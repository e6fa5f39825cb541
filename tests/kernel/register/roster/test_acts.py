"""The acts on rosters: each in its turn, each refusal, and what a refusal leaves."""

from datetime import date, timedelta

import pytest

from jiangxin.foundation.actor import SYSTEM, Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.kernel.register.enums import RosterState
from jiangxin.kernel.register.models import Person, PersonPast, RosterImport
from jiangxin.kernel.register.operations import rosters
from jiangxin.kernel.register.operations.days import DayInFuture
from jiangxin.kernel.register.operations.steps import OrganisationNotOpen
from jiangxin.kernel.register.roster import reading
from jiangxin.kernel.register.roster.files import read_roster, sealed_path
from jiangxin.kernel.register.roster.preparing import ColumnsMissing
from tests.kernel.register.roster.making import (
    KEPT_OF_ROSTERS,
    NOW,
    TODAY,
    YEARS_AGO,
    contents,
    counted,
    id_number,
    row,
)

pytestmark = pytest.mark.django_db
TRANSITIONAL = {*KEPT_OF_ROSTERS, "trail.TrailEvent"}


class Clerk:
    """Holds the import of rosters for some places and nothing else."""

    account_id = 7
    label = "Clerk"
    person_id = None

    def __init__(self, *scopes):
        self._scopes = scopes

    def scopes(self, permission):
        return self._scopes if permission == "register.import_rosters" else ()


STRANGER = Clerk()
ELSEWHERE = Clerk(Scope(region_code="3308"), Scope(organisation_code="U2"))
HERE = [
    Clerk(Scope(region_code="330781")),
    Clerk(Scope(organisation_code="U1")),
    Clerk(Scope(organisation_code="E1")),
]
UNKNOWN_COLUMNS = "甲,乙\n1,2\n".encode()


def kinds(roster):
    events = TrailEvent.objects.filter(subject=f"roster:{roster.pk}").order_by("id")
    return [event.kind.removeprefix("register.roster_") for event in events]


@pytest.mark.parametrize("actor", HERE)
def test_a_roster_is_handed_in_checked_confirmed_and_written(world, actor):
    of = {"of": world.employers[0], "actor": actor}
    roster = world.hand_in(row(1), row(2, phone="1"), **of)
    assert (roster.state, roster.handed_in_by) == (RosterState.CHECKING, 7)
    act = {"roster_id": roster.pk, "actor": actor, "now": NOW}
    assert rosters.check_roster(**act).state == RosterState.READY
    assert Person.objects.count() == 0
    assert rosters.confirm_roster(**act).state == RosterState.APPLYING
    roster = rosters.apply_roster(**act)
    assert (roster.state, roster.applied_at) == (RosterState.APPLIED, NOW)
    assert counted(roster) == (1, 0, 0, 1)
    assert kinds(roster) == ["handed_in", "applied"]
    event = TrailEvent.objects.get(subject=f"person:{Person.objects.get().pk}")
    assert event.actor_label == "Clerk"


def refused(world, exception, act):
    before = contents()
    with pytest.raises(exception) as caught:
        act()
    assert contents() == before
    return caught.value


@pytest.mark.parametrize("actor", [STRANGER, ELSEWHERE])
@pytest.mark.parametrize("act", ["hand_in_roster", "import_at_once", "try_out"])
def test_nobody_hands_in_the_roster_of_a_place_that_is_not_theirs(world, actor, act):
    file = world.file(row(1), of=world.employers[0])
    refusal = refused(
        world,
        NotPermitted,
        lambda: getattr(rosters, act)(file, actor=actor, now=NOW),
    )
    assert refusal.permission == "register.import_rosters"


@pytest.mark.parametrize("actor", [STRANGER, ELSEWHERE])
@pytest.mark.parametrize(
    "act",
    [
        rosters.check_roster,
        rosters.confirm_roster,
        rosters.apply_roster,
        rosters.withdraw_roster,
    ],
)
def test_a_roster_of_another_place_does_not_exist(world, actor, act):
    roster = world.checked(row(1), of=world.employers[0])
    refused(world, NotFound, lambda: act(roster_id=roster.pk, actor=actor, now=NOW))
    refused(
        world,
        NotFound,
        lambda: rosters.begin_check(roster_id=roster.pk, actor=actor),
    )
    assert sealed_path(roster).exists()


@pytest.mark.parametrize(
    ("content", "name", "exception"),
    [
        (b"", "a.xlsx", reading.NotATable),
        (b"\xff\xfe\x80", "a.csv", reading.NotATable),
        ("姓名\n".encode(), "a.csv", reading.EmptyTable),
    ],
)
def test_what_cannot_be_read_is_not_kept(world, content, name, exception, settings):
    file = world.file(content=content, name=name)
    act = {"actor": SYSTEM, "now": NOW}
    refused(world, exception, lambda: rosters.hand_in_roster(file, **act))
    refused(world, exception, lambda: rosters.import_at_once(file, **act))
    assert not settings.JIANGXIN_UPLOADS.exists()


def test_a_file_over_the_limit_is_not_kept(world, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    refused(world, reading.FileTooLarge, lambda: world.hand_in(row(1)))


def test_a_roster_of_a_day_to_come_is_refused(world):
    tomorrow = TODAY + timedelta(days=1)
    refused(world, DayInFuture, lambda: world.hand_in(row(1), on=tomorrow))
    refused(world, DayInFuture, lambda: world.write(row(1), on=tomorrow))
    assert today(NOW) == TODAY


@pytest.mark.parametrize("closed", ["employers", "unions"])
def test_a_closed_organisation_hands_in_nothing(world, closed):
    organisation = getattr(world, closed)[0]
    organisation.closed_on = YEARS_AGO
    organisation.save()
    union = world.unions[0]
    union.refresh_from_db()
    refused(world, OrganisationNotOpen, lambda: world.hand_in(row(1), of=union))
    refused(world, OrganisationNotOpen, lambda: world.write(row(1), of=union))


def test_what_was_confirmed_is_not_written_once_the_employer_is_closed(world):
    roster = world.confirmed(row(1), of=world.employers[0])
    world.employers[0].closed_on = TODAY
    world.employers[0].save()
    act = {"roster_id": roster.pk, "actor": SYSTEM, "now": NOW}
    refused(world, OrganisationNotOpen, lambda: rosters.apply_roster(**act))


def test_columns_that_are_not_recognised_wait_to_be_chosen(world):
    numbers = f"{id_number(1)},王芳\n".encode()
    roster = world.checked(
        content="甲,乙\n".encode() + numbers, name="a.csv", of=world.employers[0]
    )
    assert roster.state == RosterState.UNREADABLE
    assert roster.problem
    assert roster.headings == ["甲", "乙"]
    act = {"roster_id": roster.pk, "actor": SYSTEM}
    assert rosters.begin_check(**act).state == RosterState.CHECKING
    chosen = {"id_number": "甲", "name": "乙"}
    roster = rosters.check_roster(**act, now=NOW, chosen=chosen)
    assert (roster.state, roster.problem) == (RosterState.READY, "")
    assert roster.mapping == chosen
    rosters.confirm_roster(**act, now=NOW)
    assert counted(rosters.apply_roster(**act, now=NOW)) == (1, 0, 0, 0)


def test_nobody_is_asked_to_choose_columns_at_the_command_line(world):
    file = world.file(content=UNKNOWN_COLUMNS, name="a.csv")
    act = {"actor": SYSTEM, "now": NOW}
    refused(world, ColumnsMissing, lambda: rosters.import_at_once(file, **act))
    refused(world, ColumnsMissing, lambda: rosters.try_out(file, **act))


def test_a_roster_that_changes_nothing_is_not_confirmed(world):
    world.write(row(1))
    roster = world.checked(row(1), row(2, phone="1"))
    act = {"roster_id": roster.pk, "actor": SYSTEM, "now": NOW}
    refused(world, rosters.NothingToWrite, lambda: rosters.confirm_roster(**act))


ACTS = {
    "begin_check": lambda act: rosters.begin_check(
        roster_id=act["roster_id"], actor=act["actor"]
    ),
    "confirm": lambda act: rosters.confirm_roster(**act),
    "apply": lambda act: rosters.apply_roster(**act),
    "withdraw": lambda act: rosters.withdraw_roster(**act),
}


@pytest.mark.parametrize(
    ("state", "refusing"),
    [
        (RosterState.CHECKING, {"begin_check", "confirm", "apply"}),
        (RosterState.READY, {"apply"}),
        (RosterState.UNREADABLE, {"confirm", "apply"}),
        (RosterState.APPLYING, {"begin_check", "confirm", "withdraw"}),
        (RosterState.APPLIED, {"begin_check", "confirm", "withdraw"}),
        (RosterState.FAILED, {"confirm", "apply"}),
        (RosterState.WITHDRAWN, {"begin_check", "confirm", "apply", "withdraw"}),
    ],
)
def test_an_act_out_of_turn_is_refused(world, state, refusing):
    roster = world.checked(row(1))
    RosterImport.objects.update(state=state)
    act = {"roster_id": roster.pk, "actor": SYSTEM, "now": NOW}
    for name in refusing:
        refusal = refused(world, rosters.MoveNotAllowed, lambda n=name: ACTS[n](act))
        assert str(state.label) in refusal.message
    for name in ACTS.keys() - refusing:
        RosterImport.objects.update(state=state)
        ACTS[name](act)


def test_checking_twice_changes_nothing(world):
    roster = world.checked(row(1), row(2, phone="1"))
    before = contents()
    rosters.check_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)
    assert contents() == before


def test_writing_twice_changes_nothing(world):
    roster = world.confirmed(row(1), row(2, phone="1"))
    act = {"roster_id": roster.pk, "actor": SYSTEM, "now": NOW}
    rosters.apply_roster(**act)
    before = contents()
    assert rosters.apply_roster(**act).state == RosterState.APPLIED
    assert contents() == before


def test_checking_again_forgets_what_was_found_before(world):
    roster = world.checked(row(1, phone="1"))
    assert roster.refusals.count() == 1
    rosters.begin_check(roster_id=roster.pk, actor=SYSTEM)
    chosen = {key: heading for key, heading in roster.mapping.items() if key != "phone"}
    roster = rosters.check_roster(
        roster_id=roster.pk, actor=SYSTEM, now=NOW, chosen=chosen
    )
    assert (roster.refusals.count(), counted(roster)) == (0, (1, 0, 0, 0))


def test_what_another_roster_wrote_since_the_preview_is_respected(world):
    roster = world.confirmed(row(1), row(2, phone="15400000050"), row(3))
    assert counted(roster) == (3, 0, 0, 0)
    world.write(row(1), row(2), row(3, name="另一人"), on=date(2026, 1, 1))
    act = {"roster_id": roster.pk, "actor": SYSTEM, "now": NOW}
    assert counted(rosters.apply_roster(**act)) == (0, 1, 1, 1)
    assert Person.objects.count() == 3
    assert PersonPast.objects.get().valid_to == TODAY


def test_trying_out_counts_and_keeps_nothing(world):
    before = contents()
    file = world.file(row(1), row(2, phone="1"))
    counts = rosters.try_out(file, actor=SYSTEM, now=NOW)
    assert (counts["new"], counts["refused"]) == (1, 1)
    assert contents() == before
    assert rosters.import_at_once(file, actor=SYSTEM, now=NOW).counts == counts


def test_the_file_on_disk_shows_nothing_of_anybody(world):
    content = f"姓名,证件号码\n王小芳,{id_number(1)}\n".encode()
    roster = world.hand_in(content=content, name="a.csv")
    sealed = sealed_path(roster).read_bytes()
    assert id_number(1).encode() not in sealed
    assert "王小芳".encode() not in sealed
    assert sealed_path(roster).stat().st_mode & 0o077 == 0
    assert read_roster(roster).rows.height == 1


def test_what_is_kept_beside_the_file_shows_nothing_of_anybody(world):
    world.hand_in(row(1, name="王小芳"), row(2, phone="1"))
    kept = str(contents())
    assert "王小芳" not in kept
    assert id_number(1) not in kept


def test_withdrawing_deletes_the_file(world, django_capture_on_commit_callbacks):
    roster = world.checked(row(1))
    with django_capture_on_commit_callbacks(execute=True):
        rosters.withdraw_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)
        assert sealed_path(roster).exists()  # until nothing can undo it
    assert not sealed_path(roster).exists()
    assert kinds(roster) == ["handed_in", "withdrawn"]
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (RosterState.CHECKING, RosterState.UNREADABLE),
        (RosterState.APPLYING, RosterState.FAILED),
    ],
)
def test_work_that_failed_for_good_is_said_and_may_be_tried_again(world, state, after):
    roster = world.checked(row(1))
    RosterImport.objects.update(state=state)
    roster = rosters.fail_roster(roster_id=roster.pk, problem="The disk is full.")
    assert (roster.state, roster.problem) == (after, "The disk is full.")
    rosters.begin_check(roster_id=roster.pk, actor=SYSTEM)


def test_what_came_to_its_end_does_not_fail_afterwards(world):
    roster = world.checked(row(1))
    before = contents()
    rosters.fail_roster(roster_id=roster.pk, problem="The disk is full.")
    assert contents() == before


def test_a_long_file_name_keeps_what_it_ends_in(world):
    content = f"姓名,证件号码\n王芳,{id_number(1)}\n".encode()
    roster = world.checked(content=content, name=f"{'长' * 220}.csv")
    assert len(roster.file_name) == 200
    assert roster.file_name.endswith(".csv")
