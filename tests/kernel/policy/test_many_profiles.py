"""The profiles of many are those that each subject has alone."""

from datetime import date

import pytest

from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.operations.profile_table import profile_table
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.registry import policies_about
from jiangxin.kernel.register.models import Person
from tests.kernel.policy import making

pytestmark = pytest.mark.django_db

DAYS = [date(2025, 5, 31), date(2026, 2, 28), making.TODAY, date(2027, 6, 2)]


@pytest.fixture
def people():
    """Somebody with nothing, and people with credentials of every standing."""
    nothing, one, several = map(making.person, (1, 2, 3))
    making.certify(one, 3, since=date(2026, 6, 1))
    for grade, since in ((1, date(2019, 3, 1)), (4, date(2026, 5, 31))):
        making.certify(several, grade, since=since)
    Credential.objects.create(
        person=several,
        kind="honour",
        ladder="honour",
        grade=2,
        valid_from=date(2022, 1, 1),
        valid_to=date(2027, 6, 2),
        recorded_at=making.NOW,
    )
    return [nothing, one, several]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("is_everyone", [True, False])
def test_a_table_of_profiles_holds_what_each_has_alone(people, on, is_everyone):
    policies = policies_about(Subject.PERSON)
    attributes = attributes_of(policies)
    keys = [one.key for one in attributes]
    asked = None if is_everyone else [one.pk for one in people]
    names = ", ".join(f'"{key}"' for key in keys)
    with profile_table(attributes, asked, on) as cursor:
        cursor.execute(f"SELECT person_id, {names} FROM policy_profile")  # noqa: S608 -- our own names
        found = {row[0]: dict(zip(keys, row[1:], strict=True)) for row in cursor}
    assert set(found) == set(Person.objects.values_list("pk", flat=True))
    for person_id, profile in found.items():
        alone = profile_of(person_id, policies, on)
        assert {key: _plain(value) for key, value in profile.items()} == {
            key: _plain(value) for key, value in alone.items()
        }


def _plain(value):
    """SQLite keeps days as texts and truths as numbers."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
