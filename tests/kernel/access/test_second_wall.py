"""One query that forgets its scope: PostgreSQL keeps people of elsewhere back."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.wall import checks
from jiangxin.foundation.wall.building import POLICY, SUFFIX, raise_wall
from jiangxin.foundation.wall.management.commands import wall_raise
from jiangxin.foundation.wall.visits import (
    admit,
    behind_the_wall,
    for_the_platform,
    reach_of,
)
from jiangxin.kernel.access import queries
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.credentials.models import Credential, IssuedCredential
from jiangxin.kernel.matters.models import (
    Matter,
    MatterAct,
    MatterMaterial,
    MatterStop,
    SupplementNotice,
)
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.privacy.models import DataRequest, PersonalDataView
from jiangxin.kernel.register.models import (
    DuplicatePair,
    Employment,
    Membership,
    Person,
    PersonMerge,
    PersonPast,
    RosterImport,
)
from jiangxin.kernel.register.views import people
from tests.samples import ELSEWHERE, FIRM, HERE, SINCE, make_records

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_only]

# What each of these holds of one place, as tests/samples.py makes it.
WALLED = {
    Person: 2,
    PersonPast: 1,
    Employment: 1,
    Membership: 1,
    Credential: 1,
    IssuedCredential: 1,
    PolicyMatch: 1,
    DuplicatePair: 1,
    PersonMerge: 1,
    DataRequest: 1,
    RosterImport: 1,
    Matter: 1,
    MatterAct: 1,
    MatterMaterial: 1,
    MatterStop: 1,
    SupplementNotice: 1,
}


@pytest.fixture(autouse=True)
def records(now):
    records = make_records(now)
    person = Person.objects.get(pk=records["person_id"])
    PersonPast.objects.create(
        person=person,
        name=person.name,
        sex=person.sex,
        birth_on=person.birth_on,
        valid_from=SINCE,
        valid_to=SINCE,
    )
    run = MatchRun.objects.create(reason="test", on=SINCE, at=now)
    PolicyMatch.objects.create(
        policy_code="a", person=person, valid_from=SINCE, gained_in=run
    )
    work_on(Matter.objects.get(pk=records["matter_id"]), now)
    return records


def work_on(matter, now):
    """Let a matter have one of everything that hangs on it; a notice it has."""
    MatterAct.objects.create(matter=matter, sequence=1, kind="begun", seen=0, at=now)
    MatterStop.objects.create(matter=matter, kind="paused", from_at=now)


@pytest.fixture
def request_of(make_account, now):
    """A request under way, of an account that holds one role for one place."""

    @contextmanager
    def request(*held, person_id=None):
        account = make_account("somebody", *held, person_id=person_id)
        with behind_the_wall():
            admit(queries.actor_for(account, now))
            yield

    return request


def counts():
    return {model: about_people(model).count() for model in WALLED}


def about_people(model):
    """Return the rows about people: what is about organisations is walled by nobody."""
    if model in {Matter, Credential}:
        return model.objects.filter(person__isnull=False)
    if model is IssuedCredential:
        return model.objects.filter(credential__person__isnull=False)
    if model in {MatterAct, MatterMaterial, MatterStop, SupplementNotice}:
        return model.objects.filter(matter__person__isnull=False)
    return model.objects.all()


NOTHING = dict.fromkeys(WALLED, 0)


@pytest.mark.parametrize(
    "held",
    [
        (Role.FEDERATION_LEADER, HERE),
        (Role.FEDERATION_OFFICER, HERE[:6]),
        (Role.TOWN_UNION_CLERK, HERE),
    ],
)
def test_whoever_keeps_the_place_sees_what_is_there(request_of, held):
    with request_of(held):
        assert counts() == WALLED


def test_a_clerk_sees_those_tied_to_the_organisation(request_of, records):
    with request_of((Role.UNION_CLERK, "", FIRM)):
        # The twin is tied to nobody, and so is no clerk's.
        assert counts() == {**WALLED, Person: 1}
        assert Person.every.count() == 2


@pytest.mark.parametrize(
    "held",
    [
        (Role.FEDERATION_LEADER, ELSEWHERE),
        (Role.FEDERATION_OFFICER, ELSEWHERE[:6]),
        (Role.TOWN_UNION_CLERK, f"{HERE}001"),
        (Role.UNION_CLERK, "", "E-2"),
        (Role.SYSTEM_ADMINISTRATOR,),
        (Role.SECURITY_ADMINISTRATOR,),
        (Role.AUDITOR,),
    ],
)
def test_a_query_that_forgets_its_scope_finds_nothing_of_elsewhere(request_of, held):
    with request_of(held):
        assert counts() == NOTHING
        assert list(Person.every.all()) == []


def test_a_worker_sees_themselves_alone(request_of, records):
    with request_of((Role.WORKER,), person_id=records["person_id"]):
        assert [one.pk for one in Person.objects.all()] == [records["person_id"]]
        assert about_people(Credential).count() == 1


def test_a_change_that_forgets_its_scope_changes_nothing_of_elsewhere(request_of):
    with request_of((Role.FEDERATION_OFFICER, ELSEWHERE)):
        assert Person.objects.update(name="X") == 0
        assert Employment.objects.update(post="X") == 0
        assert Membership.objects.all().delete()[0] == 0
        assert about_people(Credential).delete()[0] == 0
    assert counts() == WALLED
    assert not Person.objects.filter(name="X").exists()


def test_nobody_adds_a_person_to_another_place(request_of, now):
    with request_of((Role.FEDERATION_OFFICER, ELSEWHERE)):
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with refused, transaction.atomic():
            Person.objects.create(
                name="X", region_code=HERE, valid_from=SINCE, registered_at=now
            )


def test_nobody_is_let_through_before_it_is_known_who_asks():
    with behind_the_wall():
        assert counts() == NOTHING


def test_the_wall_is_gone_after_the_request(request_of):
    with request_of((Role.AUDITOR,)):
        pass
    assert counts() == WALLED


def test_an_operation_knows_of_everybody_and_the_request_after_it_does_not(request_of):
    with request_of((Role.FEDERATION_LEADER, ELSEWHERE)):
        assert opens_transaction(Person.objects.count)() == 2
        with for_the_platform():
            assert opens_transaction(Person.objects.count)() == 2
            assert Person.objects.count() == 2
        assert Person.objects.count() == 0


def test_what_a_request_was_told_survives_a_transaction_that_is_undone(request_of):
    with request_of((Role.FEDERATION_LEADER, ELSEWHERE)):
        with transaction.atomic():
            Person.objects.count()
            transaction.set_rollback(True)
        assert Person.objects.count() == 0


def test_a_connection_opened_during_a_request_is_told_too(db):
    with behind_the_wall():
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT current_user = session_user")
                assert cursor.fetchone() == (False,)
        finally:
            other.close()


def test_a_session_that_tells_nothing_is_let_through_nowhere():
    """As somebody who signs in to the database by hand and takes the role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        role = f"{cursor.fetchone()[0]}{SUFFIX}"
        cursor.execute(f'SET ROLE "{role}"')
        cursor.execute("SELECT count(*) FROM register_person")
        assert cursor.fetchone() == (0,)
        cursor.execute("RESET ROLE")


def test_the_walled_role_is_no_superuser_and_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles"
            " WHERE rolname = session_user || %s",
            [SUFFIX],
        )
        assert cursor.fetchone() == (False, False, False)


def test_raising_the_wall_again_changes_nothing():
    assert raise_wall(connection)
    assert raise_wall(connection)


def test_who_sees_everything_is_not_held():
    assert reach_of(SYSTEM) is None
    with behind_the_wall():
        admit(SYSTEM)
        assert counts() == WALLED


@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_a_page_that_forgets_the_scope_shows_nobody_of_elsewhere(
    client, make_account, monkeypatch, query
):
    """On purpose: the list of people asks for everybody, whoever is asking."""
    monkeypatch.setattr(people, "people_visible_to", lambda actor: Person.objects.all())
    shown = {}
    for place in (HERE, ELSEWHERE):
        client.force_login(make_account(place, (Role.FEDERATION_OFFICER, place)))
        answer = client.get(f"/desk/people/{query}")
        assert answer.status_code == 200
        shown[place] = "王芳" in b"".join(answer).decode()
    assert shown == {HERE: True, ELSEWHERE: False}
    assert Person.objects.count() == 2


@pytest.mark.parametrize("is_up", [True, False])
def test_the_check_says_when_the_wall_is_down(monkeypatch, is_up):
    monkeypatch.setattr(checks, "stands", lambda connection: is_up)
    found = {one.id for one in checks.check_wall(databases=["default"])}
    assert ("jiangxin.W001" not in found) is is_up
    assert "jiangxin.W002" in found  # the tests sign in as a superuser
    assert checks.check_wall() == []


def test_the_command_raises_the_wall_or_says_what_is_missing(monkeypatch):
    out = StringIO()
    call_command("wall_raise", stdout=out)
    assert out.getvalue() == "The wall stands.\n"
    monkeypatch.setattr(wall_raise, "raise_wall", lambda connection: False)
    with pytest.raises(CommandError, match="role is missing"):
        call_command("wall_raise")


# Told of to auditors everywhere, by the person's number; no name stands there.
TOLD_TO_AUDITORS = {PersonalDataView}


def test_every_table_about_a_person_is_walled_in():
    about_people = {
        model
        for model in apps.get_models()
        if any(field.related_model is Person for field in model._meta.concrete_fields)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE policyname = %s", [POLICY]
        )
        walled = {table for (table,) in cursor.fetchall()}
    open_to_all = {m for m in about_people if m._meta.db_table not in walled}
    assert open_to_all == TOLD_TO_AUDITORS
