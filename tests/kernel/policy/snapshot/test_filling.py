"""A snapshot that is kept by changes holds what one made anew would hold."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.policy.operations.matching import follow_changed_people
from jiangxin.kernel.policy.operations.on_snapshot import note_changed_people
from jiangxin.kernel.policy.snapshot import filling, layout, store
from jiangxin.kernel.register.models import Employment, Person
from jiangxin.kernel.register.registry import PeopleChange
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, any_of, leaf, policy

pytestmark = pytest.mark.django_db(transaction=True)

POLICIES = [
    policy(leaf("skill_grade", "at_least", 3), code="tests.skilled"),
    policy(
        leaf("is_employed", "is_true", True),
        leaf("birth_on", "age_at_most", 36),
        code="tests.working",
    ),
    policy(
        any_of(
            leaf("skill_grade", "at_least", 5),
            leaf("education", "one_of", ("21", "31")),
        ),
        region="3310",
        code="tests.here",
    ),
]
PEOPLE = 60


@pytest.fixture(autouse=True)
def in_force(monkeypatch):
    for module in ("on_snapshot", "matching"):
        monkeypatch.setattr(
            f"jiangxin.kernel.policy.operations.{module}.all_policies",
            lambda: POLICIES,
        )


@pytest.fixture
def people():
    chance = Random(3)  # noqa: S311 -- a draw, not a secret
    employers = [
        making.organisation(f"o{place}", at=region)
        for place, region in enumerate(("331023", "330726"))
    ]
    found = []
    for number in range(PEOPLE):
        birth = date(1990, 11, 1) + timedelta(days=number)
        one = making.person(number, birth_on=birth)
        until = TODAY + timedelta(days=chance.randrange(1, 9))
        making.employ(one, chance.choice(employers), until=chance.choice([None, until]))
        making.certify(one, chance.randint(1, 6), until=chance.choice([None, until]))
        found.append(one)
    return found


def change(one, chance, at):
    """Something that may happen to anybody on a day, announced as acts announce it."""
    match chance.randrange(4):
        case 0:
            one.credentials.update(grade=chance.randint(1, 6), valid_to=None)
        case 1:
            Person.objects.filter(pk=one.pk).update(
                education=chance.choice(["11", "21"])
            )
        case 2:
            Employment.objects.filter(person=one).update(valid_to=at.date())
        case 3:
            Credential.objects.filter(person=one).update(status="revoked")
    said = PeopleChange([one.pk], at.date(), at, SYSTEM, "tests")
    with transaction.atomic():
        note_changed_people(said)
        if chance.random() < 0.5:
            follow_changed_people(said)


def contents():
    """All that the published file holds of people, and the register of matches."""
    connection = store.published()
    kept = layout.kept_policies(connection)
    found = {
        code: set(connection.execute(f"FROM {kept[code].matches}").fetchall())
        for code in sorted(kept)
    }
    profiles = connection.execute("FROM profile ORDER BY person_id").fetchall()
    held = PolicyMatch.objects.filter(valid_to__isnull=True)
    return profiles, found, set(held.values_list("policy_code", "person_id"))


@pytest.mark.parametrize("seed", range(4))
def test_kept_by_changes_it_is_what_it_would_be_made_anew(people, seed, monkeypatch):
    monkeypatch.setattr(filling, "MOST_CHANGED", 1)
    chance = Random(seed)  # noqa: S311 -- a draw, not a secret
    now = NOW
    for _night in range(4):
        operations.match_on_snapshot(actor=SYSTEM, now=now, reason="tests")
        for one in chance.sample(people, 6):
            change(one, chance, now)
        now += timedelta(days=chance.choice([0, 1, 2]))
    operations.match_on_snapshot(actor=SYSTEM, now=now, reason="tests")
    kept = contents()
    operations.match_on_snapshot(actor=SYSTEM, now=now, reason="tests", anew=True)
    assert contents() == kept
    matched = {(code, row[0]) for code, rows in kept[1].items() for row in rows}
    assert matched == kept[2]


def test_everybody_is_read_when_more_than_a_quarter_changed(people):
    operations.match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    Person.objects.update(education="21")
    said = PeopleChange([one.pk for one in people], TODAY, NOW, SYSTEM, "tests")
    with transaction.atomic():
        note_changed_people(said)
    operations.match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    connection = store.published()
    found = connection.execute("SELECT DISTINCT education FROM profile").fetchall()
    assert found == [("21",)]


def test_no_name_and_no_number_of_anybody_is_in_the_file(people, snapshot_folder):
    operations.match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    described = store.published().execute("DESCRIBE profile").fetchall()
    columns = {row[0] for row in described}
    assert not columns & {"name", "name_pinyin", "id_number", "id_index", "phone"}
    (file,) = snapshot_folder.glob("*.duckdb")
    assert "职工".encode() not in file.read_bytes()
