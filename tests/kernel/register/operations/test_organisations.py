from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jiangxin.foundation.errors import NotFound, NotPermitted
from jiangxin.foundation.ids.credit_code import make_credit_code
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register.models import Organisation, OrganisationPast, Region
from jiangxin.kernel.register.operations import organisations, sites
from jiangxin.kernel.register.operations.days import DayInFuture, DayTooEarly
from jiangxin.kernel.register.operations.organisations import OrganisationFacts
from jiangxin.kernel.register.registry import OnPeopleChanged
from tests.kernel.register.cast import (
    CLERK,
    COUNTY,
    NORTH,
    NORTHERNER,
    OFFICER,
    SINCE,
    SOUTH,
    STRANGER,
)
from tests.unreached import UNREACHED

pytestmark = pytest.mark.usefixtures("regions", "made_up_people")
LATER = date(2026, 6, 1)
CREDIT_CODE = make_credit_code(
    authority="91", division_code="330726", serial="12345678"
)


def facts(name="东方纺织", at=NORTH, **more):
    return OrganisationFacts(name, at, **more)


def register(now, *, actor=OFFICER, kind="employer", on=SINCE, **more):
    return organisations.register_organisation(
        kind=kind,
        facts=more.pop("facts", facts()),
        effective_on=on,
        actor=actor,
        now=now,
        **{"code": "E-1", **more},
    )


def change(organisation, new_facts, now, *, actor=OFFICER, on=LATER):
    return organisations.change_organisation(
        organisation_id=organisation.pk,
        facts=new_facts,
        effective_on=on,
        actor=actor,
        now=now,
    )


def close(organisation, now, *, actor=OFFICER, on=LATER):
    return organisations.close_organisation(
        organisation_id=organisation.pk, closed_on=on, actor=actor, now=now
    )


def kinds_recorded(organisation):
    return [event.kind for event in events_of(f"organisation:{organisation.pk}")]


def test_registered_organisation_stands_from_its_day(now):
    organisation = register(now, credit_code=CREDIT_CODE.lower())
    organisation.refresh_from_db()
    assert (organisation.name, organisation.region_id) == ("东方纺织", NORTH)
    assert organisation.credit_code == CREDIT_CODE
    assert organisation.valid_from == SINCE
    assert kinds_recorded(organisation) == ["register.organisation_registered"]


def test_organisation_without_code_goes_by_its_credit_code(now):
    assert register(now, code="", credit_code=CREDIT_CODE).code == CREDIT_CODE


@pytest.mark.parametrize("actor", [STRANGER, CLERK])
def test_only_who_manages_the_region_registers(now, actor):
    with pytest.raises(NotPermitted):
        register(now, actor=actor)
    assert not Organisation.objects.exists()


def test_town_clerk_registers_in_the_town_only(now):
    register(now, actor=NORTHERNER)
    with pytest.raises(NotPermitted):
        register(now, actor=NORTHERNER, code="E-2", facts=facts(at=SOUTH))


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (organisations.NameMissing, {"facts": facts("  ")}),
        (organisations.CodeNotAllowed, {"code": "编号"}),
        (organisations.CodeNotAllowed, {"code": ""}),
        (organisations.CreditCodeWrong, {"credit_code": "12345"}),
        (organisations.RegionUnknown, {"facts": facts(at="330726999")}),
        (organisations.UpperNotUnion, {"facts": facts(upper_id=UNREACHED)}),
        (organisations.EmployerNotAllowed, {"facts": facts(employer_id=UNREACHED)}),
        (DayInFuture, {"on": date(2027, 1, 1)}),
    ],
)
def test_faulty_organisation_is_refused(now, refusal, more):
    with pytest.raises(refusal) as refused:
        register(now, **more)
    assert refused.value.message
    assert not Organisation.objects.exists()


def test_codes_are_given_once(now):
    register(now, credit_code=CREDIT_CODE)
    with pytest.raises(organisations.CodeTaken):
        register(now, code="e-1")
    with pytest.raises(organisations.CreditCodeTaken):
        register(now, code="E-2", credit_code=CREDIT_CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            code="E-1", name="X", kind="employer", region_id=NORTH, valid_from=SINCE
        )


def test_region_that_was_closed_takes_nobody_in(now):
    Region.objects.filter(pk=NORTH).update(valid_to=date(2026, 2, 1))
    with pytest.raises(organisations.RegionUnknown):
        register(now)


def test_upper_of_a_union_is_a_union(now, make_organisation):
    federation = make_organisation("F-1", kind="federation", at=COUNTY)
    firm = make_organisation("E-9")
    union = register(now, kind="joint_union", facts=facts(upper_id=federation.pk))
    assert union.upper == federation
    with pytest.raises(organisations.UpperNotUnion):
        register(now, code="U-2", kind="joint_union", facts=facts(upper_id=firm.pk))
    with pytest.raises(organisations.UpperNotUnion):
        register(now, code="E-2", facts=facts(upper_id=federation.pk))


def test_only_a_grassroots_union_belongs_to_an_employer(now, firms):
    with pytest.raises(organisations.EmployerNotAllowed):
        register(now, kind="joint_union", facts=facts(employer_id=firms.north.pk))
    with pytest.raises(organisations.EmployerNotAllowed):
        register(
            now, kind="grassroots_union", facts=facts(employer_id=firms.north_union.pk)
        )


def test_no_union_stands_below_itself(now, make_organisation):
    top = make_organisation("F-1", kind="federation", at=COUNTY)
    middle = make_organisation("T-1", kind="town_union", upper_id=top.pk)
    low = make_organisation("U-1", kind="joint_union", upper_id=middle.pk)
    for upper in (top, middle, low):
        with pytest.raises(organisations.UpperIsBelow):
            change(top, facts(at=COUNTY, upper_id=upper.pk), now)


def test_change_keeps_the_earlier_version(now):
    organisation = register(now)
    change(organisation, facts("东方智造", is_above_scale=True), now)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.valid_from) == ("东方智造", LATER)
    past = OrganisationPast.objects.get()
    assert (past.name, past.valid_from, past.valid_to) == ("东方纺织", SINCE, LATER)
    assert kinds_recorded(organisation)[0] == "register.organisation_changed"


def test_two_changes_of_one_day_are_both_kept(now):
    organisation = register(now)
    change(organisation, facts("甲"), now)
    change(organisation, facts("乙"), now)
    names = OrganisationPast.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["东方纺织", "甲"]


def test_change_into_the_same_changes_nothing(now):
    organisation = register(now)
    change(organisation, facts(), now)
    assert not OrganisationPast.objects.exists()
    assert len(kinds_recorded(organisation)) == 1


def test_change_is_refused_out_of_its_time_or_place(now):
    organisation = register(now)
    with pytest.raises(DayTooEarly):
        change(organisation, facts("甲"), now, on=date(2026, 1, 1))
    with pytest.raises(DayInFuture):
        change(organisation, facts("甲"), now, on=date(2026, 12, 1))
    with pytest.raises(NotPermitted):
        change(organisation, facts("甲"), now, actor=STRANGER)
    with pytest.raises(NotPermitted):
        change(organisation, facts(at=SOUTH), now, actor=NORTHERNER)
    with pytest.raises(NotFound):
        change(Organisation(pk=UNREACHED), facts("甲"), now)
    assert not OrganisationPast.objects.exists()


def test_change_announces_everyone_who_works_or_belongs_there(
    now, firms, make_person, monkeypatch
):
    here = make_person(1, employer=firms.north, union=firms.north_union)
    make_person(2, employer=firms.south)
    heard = []
    monkeypatch.setattr(
        "jiangxin.kernel.register.registry.brought",
        lambda kind: [OnPeopleChanged(heard.append)],
    )
    change(firms.north, facts("北方智造", industry="C34"), now)
    change(firms.north_union, facts("新工会", employer_id=firms.north.pk), now)
    assert [list(each.person_ids) for each in heard] == [[here.pk], [here.pk]]


def test_organisation_moves_with_its_people(now, firms, make_person):
    person = make_person(employer=firms.north)
    change(firms.north, facts(at=SOUTH), now)
    person.refresh_from_db()
    assert person.region_code == SOUTH


def test_organisation_that_is_empty_closes_for_good(now):
    organisation = register(now)
    close(organisation, now)
    organisation.refresh_from_db()
    assert organisation.closed_on == LATER
    assert kinds_recorded(organisation)[0] == "register.organisation_closed"
    with pytest.raises(organisations.AlreadyClosed):
        close(organisation, now)
    with pytest.raises(organisations.AlreadyClosed):
        change(organisation, facts("甲"), now)


def test_closing_is_refused_while_anyone_belongs_there(now, firms, make_person):
    make_person(employer=firms.north, union=firms.north_union)
    sites.open_site(
        organisation_id=firms.south.pk,
        kind="station",
        name="驿站",
        region_code=SOUTH,
        valid_from=SINCE,
        actor=OFFICER,
        now=now,
    )
    for organisation in (firms.north, firms.north_union, firms.south):
        with pytest.raises(organisations.StillInUse):
            close(organisation, now)
    with pytest.raises(NotPermitted):
        close(firms.south_union, now, actor=NORTHERNER)
    with pytest.raises(DayTooEarly):
        close(firms.south_union, now, on=date(2025, 1, 1))
