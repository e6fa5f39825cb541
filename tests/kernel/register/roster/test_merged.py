"""Rosters that bring the number of a record that was merged into another."""

import pytest
from django.db.models import F

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.register.models import Employment, Person, PersonPast
from jiangxin.kernel.register.operations.merging import (
    Wanted,
    merge_people,
    stamp,
    undo_merge,
)
from jiangxin.kernel.register.queries.search import people_matching
from tests.kernel.register.roster.making import EMPLOYERS, NOW, counted, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(world):
    """The person of row 2, who became part of that of row 1."""
    world.write(row(1), row(2))
    kept, other = Person.objects.order_by("pk")
    wanted = Wanted(kept.pk, other.pk, (), stamp(kept.pk, other.pk))
    return merge_people(wanted, actor=SYSTEM, now=NOW)


def test_it_goes_to_the_record_that_stays(world, merged):
    roster = world.write(row(2, phone="15400000009", employer=EMPLOYERS[2]))
    assert counted(roster) == (0, 1, 0, 0)
    kept = Person.objects.get()
    assert (kept.pk, kept.name, kept.phone) == (
        merged.kept_id,
        "测试二",
        "15400000009",
    )
    job = Employment.objects.get(valid_to__isnull=True)
    assert (job.person, job.organisation.name) == (kept, EMPLOYERS[2])
    other = Person.every.get(pk=merged.merged_id)
    assert other.phone == "15400000002"
    assert not PersonPast.objects.filter(person=other).exists()


def test_it_says_nothing_new_again(world, merged):
    world.write(row(2))
    assert counted(world.write(row(2))) == (0, 0, 1, 0)


def test_another_name_than_either_record_has_is_refused(world, merged):
    assert counted(world.write(row(2, name="测试九"))) == (0, 0, 0, 1)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_both_numbers_in_one_roster_are_one_person_twice(world, merged, order):
    roster = world.write(*(row(person) for person in order))
    assert roster.counts["refused"] == 1
    codes = roster.refusals.values_list("row_number", "code")
    assert list(codes) == [(3, "duplicate_row")]
    assert Person.objects.count() == 1


def test_after_the_undo_each_number_is_its_own_again(world, merged):
    undo_merge(merge_id=merged.pk, actor=SYSTEM, now=NOW)
    roster = world.write(row(1), row(2))
    assert counted(roster) == (0, 0, 2, 0)
    assert not Person.every.filter(merged_into=F("pk")).exists()


def test_new_people_are_found_by_the_last_four_of_their_number(world):
    world.write(row(1), row(2))
    for person in Person.objects.all():
        found = people_matching(Person.objects.all(), person.id_number[-4:])
        assert person in found
        assert found.count() == 1
