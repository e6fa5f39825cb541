from datetime import date, timedelta
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.parts import brought
from jiangxin.foundation.trail.queries import events_of
from jiangxin.foundation.trail.verification import verify
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.register.enums import DuplicateState
from jiangxin.kernel.register.models import (
    DuplicatePair,
    Employment,
    Membership,
    MergeStep,
    Person,
    PersonMerge,
    PersonPast,
)
from jiangxin.kernel.register.operations import people, ties
from jiangxin.kernel.register.operations.merging import (
    ChangedSinceMerge,
    MergedAlready,
    MergeUndoneAlready,
    RecordsChanged,
    SameRecord,
    Wanted,
    merge_people,
    stamp,
    undo_merge,
)
from jiangxin.kernel.register.operations.people import PersonFacts
from jiangxin.kernel.register.queries.search import people_matching
from jiangxin.kernel.register.registry import MovesWithPerson
from tests.architecture.tree import our_models
from tests.kernel.register.cast import (
    CLERK,
    NORTHERNER,
    OFFICER,
    SINCE,
    STRANGER,
    id_number,
)
from tests.unreached import UNREACHED

PHONE = "13800001234"
TODAY = date(2026, 11, 23)
LATER = date(2026, 6, 1)
HISTORIES = (Person, PersonPast, Employment, Membership, Credential, PolicyMatch)


@pytest.fixture
def two(make_person, firms):
    """The same woman at two firms, under two numbers."""
    kept = make_person(1, employer=firms.north, union=firms.north_union)
    merged = make_person(
        2, name="王方", employer=firms.south, union=firms.south_union, phone=PHONE
    )
    return kept, merged


def merge(kept, merged, now, *, taken=(), actor=SYSTEM, seen=None):
    wanted = Wanted(kept.pk, merged.pk, taken, seen or stamp(kept.pk, merged.pk))
    return merge_people(wanted, actor=actor, now=now)


def undo(merge_, now, actor=SYSTEM):
    return undo_merge(merge_id=merge_.pk, actor=actor, now=now)


def histories():
    """Every row of every history, as a reader of the tables sees it."""
    return {
        model.__name__: {
            row.pk: {
                field.attname: getattr(row, field.attname)
                for field in model._meta.concrete_fields
            }
            for row in model._base_manager.all()
        }
        for model in HISTORIES
    }


def change(person, now, *, on=LATER, **facts):
    known = {"name": person.name, "phone": person.phone, "education": person.education}
    people.change_person(
        person_id=person.pk,
        facts=PersonFacts(**{**known, **facts}),
        effective_on=on,
        actor=SYSTEM,
        now=now,
    )


def test_two_records_become_one_with_both_histories(two, firms, now):
    kept, merged = two
    made = merge(kept, merged, now, taken={"phone"})
    kept.refresh_from_db()
    assert (kept.name, kept.phone) == ("王芳", PHONE)
    assert PersonPast.objects.get(person=kept).phone == ""
    assert (made.kept, made.merged, made.taken) == (kept, merged, ["phone"])
    jobs = Employment.objects.filter(person=kept).order_by("pk")
    assert [(job.organisation, job.valid_to) for job in jobs] == [
        (firms.north, None),
        (firms.south, TODAY),
    ]
    unions = Membership.objects.filter(person=kept, valid_to__isnull=True)
    assert unions.get().union == firms.north_union
    assert not Person.objects.filter(pk=merged.pk).exists()
    stays = Person.every.get(pk=merged.pk)
    assert (stays.name, stays.phone, stays.merged_into) == ("王方", PHONE, kept)


def test_job_and_membership_of_the_merged_record_may_stay_instead(two, firms, now):
    kept, merged = two
    merge(kept, merged, now, taken={"employment", "membership", "name"})
    kept.refresh_from_db()
    assert (kept.name, kept.name_pinyin) == ("王方", "wangfang")
    assert kept.region_code == firms.south.region_id
    is_open = {"person": kept, "valid_to__isnull": True}
    assert Employment.objects.get(**is_open).organisation == firms.south
    assert Membership.objects.get(**is_open).union == firms.south_union


def test_both_numbers_find_the_record_that_stays(two, now):
    kept, merged = two
    merge(kept, merged, now)
    for typed in (id_number(1), id_number(2), str(kept.pk), str(merged.pk)):
        assert people_matching(Person.objects.all(), typed).get() == kept


def test_the_merged_number_is_not_registered_again(two, firms, now):
    kept, merged = two
    merge(kept, merged, now)
    with pytest.raises(people.PersonKnown) as refused:
        people.register_person(
            id_number=id_number(2),
            facts=PersonFacts("王方"),
            effective_on=LATER,
            actor=SYSTEM,
            now=now,
        )
    assert refused.value.values["person_id"] == kept.pk
    taken_on = people.take_on_person(
        id_number=id_number(2),
        name="王方",
        employer_id=firms.south.pk,
        valid_from=TODAY,
        actor=SYSTEM,
        now=now,
    )
    assert taken_on == kept


def test_merging_is_on_the_trail_of_both_and_chains_hold(two, now):
    kept, merged = two
    made = merge(kept, merged, now, taken={"phone"})
    undo(made, now)
    for person in two:
        kinds = [event.kind for event in events_of(f"person:{person.pk}")[:2]]
        assert kinds == ["register.merge_undone", "register.people_merged"]
        assert PHONE not in events_of(f"person:{person.pk}")[1].payload
    assert verify().is_sound


def test_undoing_gives_back_two_records_as_they_were(two, now):
    kept, merged = two
    before = histories()
    made = merge(kept, merged, now, taken={"name", "phone", "employment"})
    assert histories() != before
    undone = undo(made, now)
    assert histories() == before
    assert (undone.undone_at, undone.undone_by) == (now, None)


def test_the_pair_is_decided_by_a_merge_and_open_after_its_undo(two, now):
    kept, merged = two
    pair = DuplicatePair.objects.create(
        person=kept, other=merged, rule="close_name", found_at=now
    )
    made = merge(kept, merged, now, actor=OFFICER)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (DuplicateState.MERGED, 1)
    undo(made, now)
    assert not DuplicatePair.objects.filter(pk=pair.pk).exclude(state="open").exists()


def test_a_merge_writes_no_personal_value_into_its_journal(two, now):
    merge(*two, now, taken={"name", "phone"})
    kept = {key for step in MergeStep.objects.all() for key in step.after}
    assert kept <= {"person_id", "valid_from", "valid_to", "lost_in_id"}


@pytest.mark.parametrize("actor", [STRANGER, NORTHERNER, CLERK])
def test_only_who_keeps_both_people_may_merge_and_part_them(two, now, actor):
    before = histories()
    with pytest.raises(NotPermitted):
        merge(*two, now, actor=actor)
    assert histories() == before
    made = merge(*two, now, actor=OFFICER)
    with pytest.raises(NotPermitted):
        undo(made, now, actor=actor)
    made.refresh_from_db()
    assert made.undone_at is None
    undo(made, now, actor=OFFICER)


def test_what_cannot_be_merged_is_refused(two, make_person, firms, now):
    kept, merged = two
    third = make_person(3, name="李明", employer=firms.north)
    with pytest.raises(SameRecord):
        merge(kept, kept, now)
    with pytest.raises(NotFound):
        merge(kept, Person(pk=UNREACHED), now)
    seen = stamp(kept.pk, merged.pk)
    change(merged, now, name="王小芳")
    with pytest.raises(RecordsChanged):
        merge(kept, merged, now, seen=seen)
    merge(kept, merged, now)
    for one, other in ((merged, third), (third, merged)):
        with pytest.raises(MergedAlready):
            merge(one, other, now)
    with pytest.raises(NotFound):
        undo(PersonMerge(pk=UNREACHED), now)


def test_a_merge_is_undone_once_and_the_last_one_first(two, make_person, firms, now):
    kept, merged = two
    third = make_person(3, name="李明", employer=firms.north)
    first = merge(kept, merged, now)
    second = merge(third, kept, now)
    assert Person.every.number_now(merged.pk) == third.pk
    with pytest.raises(MergedAlready):
        undo(first, now)
    undo(second, now)
    undo(first, now)
    with pytest.raises(MergeUndoneAlready):
        undo(first, now)


def test_an_undo_says_what_was_changed_since(two, firms, now, settings):
    settings.LANGUAGE_CODE = "en"
    kept, merged = two
    made = merge(kept, merged, now, taken={"employment"})
    kept.refresh_from_db()
    change(kept, now, education="20")
    ties.end_employment(
        employment_id=Employment.objects.get(person=kept, valid_to=None).pk,
        valid_to=TODAY,
        actor=SYSTEM,
        now=now,
    )
    with pytest.raises(ChangedSinceMerge) as refused:
        undo(made, now)
    assert refused.value.values["what"] == "Details, Employment"
    assert Person.every.get(pk=merged.pk).merged_into == kept


def test_what_came_since_a_merge_stays_with_the_kept_record(two, now):
    kept, merged = two
    made = merge(kept, merged, now)
    credential = Credential.objects.create(
        person=kept, kind="honour", title="先进", valid_from=SINCE, recorded_at=now
    )
    undo(made, now)
    credential.refresh_from_db()
    assert credential.person == kept


def test_accounts_follow_and_two_become_one(two, make_person, now):
    kept, merged = two
    account = Account.objects.create(
        username="a", display_name="a", person_id=merged.pk, created_at=now
    )
    made = merge(kept, merged, now)
    account.refresh_from_db()
    assert account.person_id == kept.pk
    undo(made, now)
    other = Account.objects.create(
        username="b", display_name="b", person_id=kept.pk, created_at=now
    )
    made = merge(kept, merged, now)
    account.refresh_from_db()
    assert account.person_id is None
    undo(made, now)
    account.refresh_from_db()
    other.refresh_from_db()
    assert (account.person_id, other.person_id) == (merged.pk, kept.pk)


def test_a_merged_record_is_of_one_standing_merge(two, make_person, now):
    kept, merged = two
    merge(kept, merged, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonMerge.objects.create(kept=kept, merged=merged, merged_at=now)


def test_whatever_hangs_on_a_person_is_declared_to_move():
    declared = {mover.model for mover in brought(MovesWithPerson)}
    # What tells of one record only, whichever it became part of.
    of_a_record = {PersonPast, DuplicatePair, PersonMerge, Person}
    hanging = {
        model
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person
    }
    assert hanging - of_a_record <= declared


serials = count(1)
days = st.integers(0, 300).map(lambda n: SINCE + timedelta(days=n))
acts = st.tuples(
    st.sampled_from(["change", "work", "stop", "join", "leave", "credential"]),
    st.integers(0, 1),
    days,
    st.sampled_from(["north", "south"]),
)


def perform(act, persons, firms, now):
    what, who, on, where = act
    person = Person.objects.get(pk=persons[who].pk)
    firm, union = getattr(firms, where), getattr(firms, f"{where}_union")
    job = person.employments.filter(valid_to=None).first()
    membership = person.memberships.filter(valid_to=None).first()
    common = {"actor": SYSTEM, "now": now}
    if what == "change":
        change(person, now, on=on, education="20" if person.education else "30")
    elif what == "work":
        ties.start_employment(
            person_id=person.pk, organisation_id=firm.pk, valid_from=on, **common
        )
    elif what == "stop" and job:
        ties.end_employment(employment_id=job.pk, valid_to=on, **common)
    elif what == "join":
        ties.join_union(person_id=person.pk, union_id=union.pk, valid_from=on, **common)
    elif what == "leave" and membership:
        ties.leave_union(membership_id=membership.pk, valid_to=on, **common)
    elif what == "credential":
        Credential.objects.create(
            person=person, kind="honour", title="先进", valid_from=on, recorded_at=now
        )


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(acts, max_size=10),
    st.sets(
        st.sampled_from(["name", "phone", "education", "employment", "membership"])
    ),
    st.booleans(),
)
def test_merge_and_undo_leave_both_histories_row_by_row(
    make_person, firms, now, history, taken, swapped
):
    persons = [
        make_person(next(serials), name=name, phone=phone)
        for name, phone in (("王芳", ""), ("王方", PHONE))
    ]
    for act in history:
        try:
            perform(act, persons, firms, now)
        except people.Refused:
            continue
    kept, merged = reversed(persons) if swapped else persons
    before = histories()
    made = merge(kept, merged, now, taken=taken)
    for model in (Employment, Membership):
        is_open = model.objects.filter(valid_to=None, person__in=persons)
        assert is_open.count() <= 1
        assert not model.objects.filter(person=merged).exists()
    undo(made, now)
    assert histories() == before
