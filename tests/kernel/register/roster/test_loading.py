"""What a roster leaves in the register: every case against the databases themselves."""

from datetime import date, timedelta

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Person,
    PersonPast,
)
from jiangxin.kernel.register.operations import people
from jiangxin.kernel.register.queries.as_of import (
    employment_on,
    membership_on,
    person_as_of,
)
from jiangxin.kernel.register.roster import loading
from tests.kernel.register.roster.making import (
    KEPT_OF_ROSTERS,
    NOW,
    TODAY,
    YEARS_AGO,
    contents,
    counted,
    id_number,
    row,
    texts,
    with_certificate,
)

pytestmark = pytest.mark.django_db
LAST_YEAR = date(2025, 6, 1)
MEMBER = {"joined_on": "2021-03-08"}


def kinds_of_problems(roster):
    return {(kind["column"], kind["code"]) for kind in roster.counts["kinds"]}


def test_new_people_are_entered_with_all_that_the_row_says(world):
    roster = world.write(
        row(1, started_on="2019-07-01", post="组长", occupation="6-18-01-01", **MEMBER),
        row(2, phone=None, education=None, id_number=id_number(2, sex="2")),
    )
    assert counted(roster) == (2, 0, 0, 0)
    one, two = Person.objects.order_by("id")
    assert (one.name, one.sex, one.birth_on) == ("测试二", "1", date(1990, 5, 1))
    assert (one.name_pinyin, one.name_initials) == ("ceshier", "cse")
    assert (one.id_number, one.phone) == (id_number(1), "15400000001")
    assert (one.education, one.valid_from) == ("21", TODAY)
    assert one.registered_at == NOW
    assert (two.sex, two.phone, two.phone_index, two.education) == ("2", "", "", "")
    job = Employment.objects.get(person=one)
    assert (job.organisation, job.valid_from) == (world.employers[0], date(2019, 7, 1))
    assert (job.occupation, job.post, job.valid_to) == ("6-18-01-01", "组长", None)
    assert Employment.objects.get(person=two).valid_from == TODAY
    membership = Membership.objects.get()
    assert (membership.person, membership.union) == (one, world.unions[0])
    assert membership.valid_from == date(2021, 3, 8)


def test_new_people_are_counted_where_their_employer_lies(world):
    world.write(row(1))
    assert Person.objects.get().region_code == world.town.pk


def test_each_person_has_one_event_that_says_what_happened(world):
    roster = world.write(with_certificate(1, **MEMBER), row(2))
    one, two = Person.objects.order_by("id")
    event = TrailEvent.objects.get(subject=f"person:{one.pk}")
    assert event.kind == "register.person_from_roster"
    assert f'"roster":{roster.pk}' in event.payload.replace(" ", "")
    for part in ("employment", "membership", "skill_certificate"):
        assert part in event.payload
    assert (
        "membership" not in TrailEvent.objects.get(subject=f"person:{two.pk}").payload
    )
    assert verify().is_sound


def test_the_same_roster_again_changes_nothing(world):
    rows = [with_certificate(1, **MEMBER), row(2), row(3, phone=None, education=None)]
    world.write(*rows)
    before = contents(but={*KEPT_OF_ROSTERS, "trail.TrailEvent"})
    events = TrailEvent.objects.exclude(subject__startswith="roster:").count()
    again = world.write(*rows)
    assert counted(again) == (0, 0, 3, 0)
    assert contents(but={*KEPT_OF_ROSTERS, "trail.TrailEvent"}) == before
    assert TrailEvent.objects.exclude(subject__startswith="roster:").count() == events


def test_details_that_differ_leave_the_earlier_ones_to_be_read(world):
    world.write(row(1), on=LAST_YEAR)
    again = world.write(row(1, phone="15400000099", education="硕士研究生"))
    assert counted(again) == (0, 1, 0, 0)
    person = Person.objects.get()
    assert (person.phone, person.valid_from) == ("15400000099", TODAY)
    past = PersonPast.objects.get()
    assert (past.valid_from, past.valid_to) == (LAST_YEAR, TODAY)
    assert past.phone == "15400000001"
    before = person_as_of(person, TODAY - timedelta(days=1))
    assert (before.phone, before.education) == ("15400000001", "21")
    assert person_as_of(person, TODAY).phone == "15400000099"
    assert Employment.objects.count() == 1


def test_a_blank_cell_leaves_what_is_known(world):
    world.write(with_certificate(1, post="组长", **MEMBER), on=LAST_YEAR)
    before = contents(but={*KEPT_OF_ROSTERS, "trail.TrailEvent"})
    again = world.write(row(1, phone=None, education=None))
    assert counted(again) == (0, 0, 1, 0)
    assert contents(but={*KEPT_OF_ROSTERS, "trail.TrailEvent"}) == before


def test_of_two_details_only_the_one_that_is_said_changes(world):
    world.write(row(1), on=LAST_YEAR)
    world.write(row(1, phone=None, education="硕士研究生"))
    person = Person.objects.get()
    assert person.phone == "15400000001"
    assert (PersonPast.objects.get().education, person.education) == ("21", "14")


@pytest.mark.parametrize(
    ("newer", "older", "column"),
    [
        ({"education": "本科"}, {"education": "大专"}, "name"),
        ({}, {"employer": "E2"}, "employer"),
        (
            {"joined_on": "2026-01-05"},
            {"employer": "E2", "joined_on": "2021-05-01"},
            "joined_on",
        ),
    ],
)
def test_a_roster_may_not_reach_behind_what_it_differs_from(
    world, newer, older, column
):
    world.write(row(1, **newer), on=TODAY)
    roster = world.checked(row(1, **older), row(2), on=LAST_YEAR)
    problems = {(p.row_number, p.column, p.code) for p in roster.refusals.all()}
    assert (2, column, "register_is_newer") in problems
    assert {number for number, _column, _code in problems} == {2}


def test_a_roster_of_an_earlier_day_that_says_the_same_is_no_fault(world):
    world.write(row(1), on=TODAY)
    assert counted(world.checked(row(1), on=LAST_YEAR)) == (0, 0, 1, 0)


def test_whoever_moves_ends_one_job_and_begins_another(world):
    world.write(row(1, **MEMBER), on=LAST_YEAR)
    moved = row(1, employer="E2", started_on="2026-02-01", joined_on="2026-03-01")
    assert counted(world.write(moved)) == (0, 1, 0, 0)
    person = Person.objects.get()
    first, second = Employment.objects.order_by("id")
    assert (first.valid_to, second.valid_from) == (date(2026, 2, 1), date(2026, 2, 1))
    assert (
        employment_on(person.pk, date(2026, 1, 31)).organisation == world.employers[0]
    )
    assert employment_on(person.pk, date(2026, 2, 1)).organisation == world.employers[1]
    assert membership_on(person.pk, date(2026, 2, 28)).union == world.unions[0]
    assert membership_on(person.pk, date(2026, 3, 1)).union == world.unions[1]


def test_a_job_that_claims_to_be_older_than_the_recorded_one_begins_with_the_roster(
    world,
):
    world.write(row(1), on=LAST_YEAR)
    world.write(row(1, employer="E2", started_on="2019-01-01"))
    first, second = Employment.objects.order_by("id")
    assert (first.valid_from, first.valid_to) == (LAST_YEAR, TODAY)
    assert second.valid_from == TODAY


def test_a_job_begins_no_earlier_than_the_last_one_ended(world):
    world.write(row(1, **MEMBER), on=LAST_YEAR)
    Employment.objects.update(valid_to=date(2026, 1, 1))
    Membership.objects.update(valid_to=date(2026, 1, 1))
    world.write(row(1, started_on="2025-01-01", **MEMBER))
    assert Employment.objects.order_by("id").last().valid_from == date(2026, 1, 1)
    assert Membership.objects.order_by("id").last().valid_from == date(2026, 1, 1)


def test_another_post_at_the_same_employer_keeps_the_occupation(world):
    world.write(row(1, post="组员", occupation="6-18-01-01"), on=LAST_YEAR)
    world.write(row(1, post="组长"))
    first, second = Employment.objects.order_by("id")
    assert (first.valid_to, second.valid_from) == (TODAY, TODAY)
    assert (second.post, second.occupation) == ("组长", "6-18-01-01")


def test_another_employer_knows_nothing_of_the_last_post(world):
    world.write(row(1, post="组员", occupation="6-18-01-01"), on=LAST_YEAR)
    world.write(row(1, employer="E2"))
    job = Employment.objects.get(valid_to=None)
    assert (job.post, job.occupation) == ("", "")


def test_another_day_of_joining_the_same_union_is_only_warned_of(world):
    world.write(row(1, **MEMBER))
    again = world.write(row(1, joined_on="2022-01-01"), row(2, joined_on="2022-01-01"))
    assert counted(again) == (1, 0, 1, 0)
    assert kinds_of_problems(again) == {("joined_on", "joined_on_differs")}
    assert again.counts["warned"] == 1


def test_another_name_under_a_known_number_is_refused(world):
    world.write(row(1), row(2))
    again = world.write(row(1, name="另一人", phone="15400000099"), row(2))
    assert counted(again) == (0, 0, 1, 1)
    assert kinds_of_problems(again) == {("name", "name_differs")}
    assert Person.objects.order_by("id").first().phone == "15400000001"


def test_a_person_entered_by_hand_is_known_and_their_phone_stays_readable(world):
    person = people.register_person(
        id_number=id_number(1),
        facts=people.PersonFacts("测试二", phone="15400000001", education="21"),
        employer_id=world.employers[0].pk,
        effective_on=LAST_YEAR,
        actor=SYSTEM,
        now=NOW,
    )
    again = world.write(row(1, phone="15400000099"))
    assert counted(again) == (0, 1, 0, 0)
    person.refresh_from_db()
    assert (person.phone, PersonPast.objects.get().phone) == (
        "15400000099",
        "15400000001",
    )


def test_whoever_comes_to_another_division_is_counted_there(world):
    world.write(row(1), on=LAST_YEAR)
    elsewhere = world.employers[1]
    elsewhere.region = world.county
    elsewhere.save()
    world.write(row(1, employer="E2"))
    assert Person.objects.get().region_code == world.county.pk


def test_policies_follow_in_the_same_transaction(world):
    roster = world.write(with_certificate(1), row(2))
    served = PolicyMatch.objects.filter(policy_code="craftsmen.highly_skilled_worker")
    assert served.get().person.name == "测试二"
    assert MatchRun.objects.get().reason == f"roster:{roster.pk}"


def test_nothing_is_left_when_what_follows_fails(world, monkeypatch, settings):
    before = contents()

    def fail(change):
        raise ZeroDivisionError

    monkeypatch.setattr(loading, "announce_people_changed", fail)
    with pytest.raises(ZeroDivisionError):
        world.write(with_certificate(1, **MEMBER), row(2))
    assert contents() == before
    assert not list(settings.JIANGXIN_UPLOADS.rglob("*"))[1:]


def test_refused_rows_write_nothing(world):
    roster = world.write(row(1, phone="12"), row(2))
    assert counted(roster) == (1, 0, 0, 1)
    assert Person.objects.get().name == "测试三"
    refusal = roster.refusals.get()
    assert (refusal.row_number, refusal.column) == (2, "phone")
    assert refusal.values == {"length": 2}


def test_every_accepted_row_is_counted_once_and_kinds_say_how_many(world):
    roster = world.write(row(1, phone="12"), row(2, phone="123"), row(3), row(3))
    assert counted(roster) == (1, 0, 0, 3)
    assert roster.counts["rows"] == 4
    kinds = {kind["code"]: kind["rows"] for kind in roster.counts["kinds"]}
    assert kinds == {"ids.phone.wrong_length": 2, "duplicate_row": 1}
    first = roster.counts["kinds"][0]
    assert (first["first_row"], first["values"]) == (2, '{"length": 2}')


def test_a_roster_of_one_employers_union_reaches_no_other(world):
    roster = world.write(row(1, employer="E2"), row(2), of=world.unions[0])
    assert kinds_of_problems(roster) == {("employer", "employer_unknown")}
    assert counted(roster) == (1, 0, 0, 1)


def test_a_unions_own_roster_needs_no_employer_and_makes_members_of_it(world):
    world.write(row(1, employer=None, **MEMBER), of=world.unions[0])
    assert Employment.objects.get().organisation == world.employers[0]
    assert Membership.objects.get().union == world.unions[0]


def test_closed_employers_take_nobody(world):
    world.employers[1].closed_on = YEARS_AGO
    world.employers[1].save()
    roster = world.write(row(1, employer="E2"))
    assert kinds_of_problems(roster) == {("employer", "employer_unknown")}


def test_the_rows_these_tests_make_are_what_a_check_takes():
    assert texts(row())["row"].to_list() == [2]
