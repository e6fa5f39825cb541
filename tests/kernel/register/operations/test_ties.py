from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.models import Employment, Membership
from jiangxin.kernel.register.operations import ties
from jiangxin.kernel.register.operations.days import DayInFuture, DayTooEarly
from jiangxin.kernel.register.operations.steps import OrganisationNotOpen
from jiangxin.kernel.register.registry import OnPeopleChanged
from tests.kernel.register.cast import (
    CLERK,
    NORTH,
    NORTHERNER,
    OFFICER,
    SINCE,
    SOUTH,
    STRANGER,
)
from tests.unreached import UNREACHED

LATER, LATEST = date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def person(make_person, firms):
    return make_person(employer=firms.north, union=firms.north_union)


def start(person, employer, now, *, actor=OFFICER, on=LATER, **more):
    return ties.start_employment(
        person_id=person.pk,
        organisation_id=employer.pk,
        valid_from=on,
        actor=actor,
        now=now,
        **more,
    )


def join(person, union, now, *, actor=OFFICER, on=LATER):
    return ties.join_union(
        person_id=person.pk, union_id=union.pk, valid_from=on, actor=actor, now=now
    )


def end(job, now, *, actor=OFFICER, on=LATER):
    return ties.end_employment(employment_id=job.pk, valid_to=on, actor=actor, now=now)


def leave(membership, now, *, actor=OFFICER, on=LATER):
    return ties.leave_union(
        membership_id=membership.pk, valid_to=on, actor=actor, now=now
    )


def spans(model, person):
    rows = model.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("valid_from", "valid_to"))


def test_moving_ends_the_open_employment_on_that_day(now, person, firms):
    start(person, firms.south, now, post="钳工")
    assert spans(Employment, person) == [(SINCE, LATER), (LATER, None)]
    person.refresh_from_db()
    assert person.region_code == SOUTH
    kinds = [event.kind for event in events_of(f"person:{person.pk}")][:2]
    assert kinds == ["register.employment_started", "register.employment_ended"]


def test_another_post_at_the_same_employer_is_another_employment(now, person, firms):
    start(person, firms.north, now, post="班长")
    with pytest.raises(ties.WorksThereAlready):
        start(person, firms.north, now, post="班长", on=LATEST)
    assert spans(Employment, person) == [(SINCE, LATER), (LATER, None)]


def test_changing_union_ends_the_open_membership(now, person, firms):
    join(person, firms.south_union, now)
    assert spans(Membership, person) == [(SINCE, LATER), (LATER, None)]
    with pytest.raises(ties.MemberAlready):
        join(person, firms.south_union, now, on=LATEST)


def test_ended_ties_stay_and_the_person_is_still_found(now, person, firms):
    end(Employment.objects.get(), now)
    leave(Membership.objects.get(), now)
    assert spans(Employment, person) == [(SINCE, LATER)]
    assert spans(Membership, person) == [(SINCE, LATER)]
    person.refresh_from_db()
    assert person.region_code == NORTH


def test_what_has_ended_is_not_ended_again(now, person):
    job, membership = Employment.objects.get(), Membership.objects.get()
    end(job, now)
    leave(membership, now)
    with pytest.raises(ties.NothingToEnd):
        end(job, now)
    with pytest.raises(ties.NothingToEnd):
        leave(membership, now)


def test_ties_never_overlap_nor_reach_into_the_future(now, person, firms):
    end(Employment.objects.get(), now, on=LATEST)
    for day, refusal in (
        (LATER, DayTooEarly),
        (date(2026, 12, 1), DayInFuture),
    ):
        with pytest.raises(refusal):
            start(person, firms.south, now, on=day)
    for day, refusal in (
        (date(2025, 1, 1), DayTooEarly),
        (date(2026, 12, 1), DayInFuture),
    ):
        with pytest.raises(refusal):
            join(person, firms.south_union, now, on=day)
        with pytest.raises(refusal):
            leave(Membership.objects.get(), now, on=day)


def test_one_works_at_an_employer_and_belongs_to_a_union(now, person, firms):
    with pytest.raises(ties.NotAnEmployer):
        start(person, firms.south_union, now)
    with pytest.raises(ties.NotAUnion):
        join(person, firms.south, now)


def test_a_federation_has_staff(now, person, make_organisation):
    federation = make_organisation("F-1", kind="federation")
    assert start(person, federation, now).organisation == federation


def test_nobody_is_tied_to_what_is_closed(now, person, firms):
    for organisation in (firms.south, firms.south_union):
        organisation.closed_on = SINCE
        organisation.save()
    with pytest.raises(OrganisationNotOpen):
        start(person, firms.south, now)
    with pytest.raises(OrganisationNotOpen):
        join(person, firms.south_union, now)


@pytest.mark.parametrize("actor", [STRANGER, NORTHERNER, CLERK])
def test_who_keeps_one_end_only_may_not_tie(now, person, firms, actor):
    with pytest.raises(NotPermitted):
        start(person, firms.south, now, actor=actor)
    with pytest.raises(NotPermitted):
        join(person, firms.south_union, now, actor=actor)
    assert spans(Employment, person) == [(SINCE, None)]


def test_stranger_ends_nothing(now, person):
    with pytest.raises(NotPermitted):
        end(Employment.objects.get(), now, actor=STRANGER)
    with pytest.raises(NotPermitted):
        leave(Membership.objects.get(), now, actor=STRANGER)


def test_clerk_keeps_the_ties_of_the_own_union(now, person, firms):
    leave(Membership.objects.get(), now, actor=CLERK)
    join(person, firms.north_union, now, actor=CLERK)
    end(Employment.objects.get(), now, actor=CLERK)


def test_what_is_not_there_is_not_found(now, person, firms):
    with pytest.raises(NotFound):
        end(Employment(pk=UNREACHED), now)
    with pytest.raises(NotFound):
        leave(Membership(pk=UNREACHED), now)
    firms.south.pk = UNREACHED
    with pytest.raises(NotFound):
        start(person, firms.south, now)


@pytest.mark.parametrize(
    ("model", "place"), [(Employment, "organisation"), (Membership, "union")]
)
def test_database_holds_one_open_tie_with_days_in_order(person, firms, model, place):
    more = {"person": person, place: firms.south}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(valid_from=LATER, **more)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(valid_from=LATER, valid_to=SINCE, **more)


def test_followers_hear_of_it_in_the_same_transaction(now, person, firms, monkeypatch):
    def fail(change):
        assert list(change.person_ids) == [person.pk]
        raise RuntimeError

    monkeypatch.setattr(
        "jiangxin.kernel.register.registry.brought",
        lambda kind: [OnPeopleChanged(fail)],
    )
    with pytest.raises(RuntimeError):
        start(person, firms.south, now)
    assert spans(Employment, person) == [(SINCE, None)]
