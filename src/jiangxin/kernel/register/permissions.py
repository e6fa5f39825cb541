"""May this actor? Where a record lies decides, and who holds what for that place.

An organisation lies in its region, and belongs to itself and to the unions that are of
it: so whoever acts for an employer's union acts for the employer. A person lies where
their employer lies (`Person.region_code`), and belongs to the employer and the union
they are tied to now.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from jiangxin.foundation.actor import Actor, allows, holds, may
from jiangxin.foundation.errors import NotPermitted
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
)

VIEW_ORGANISATIONS = "register.view_organisations"
MANAGE_ORGANISATIONS = "register.manage_organisations"
VIEW_PEOPLE = "register.view_people"
MANAGE_PEOPLE = "register.manage_people"
MERGE_PEOPLE = "register.merge_people"
IMPORT_ROSTERS = "register.import_rosters"
VIEW_OWN_RECORD = "register.view_own_record"
UNMASK_PEOPLE = "register.unmask_people"


@dataclass(frozen=True)
class Place:
    """Where a record lies. organisation_codes: on whose behalf it may be touched."""

    region_code: str = ""
    organisation_codes: tuple[str, ...] = ()


NOWHERE = Place()


def place_of_organisation(organisation: Organisation) -> Place:
    unions = Organisation.objects.filter(employer=organisation.pk)
    codes = [organisation.code, *unions.values_list("code", flat=True)]
    return Place(organisation.region_id, tuple(codes))


def place_of_person(person: Person) -> Place:
    open_ties = {"person": person.pk, "valid_to__isnull": True}
    employers = Employment.objects.filter(**open_ties).values("organisation")
    unions = Membership.objects.filter(**open_ties).values("union")
    tied_to = Organisation.objects.filter(
        Q(pk__in=employers) | Q(pk__in=unions) | Q(employer__in=employers)
    )
    return Place(person.region_code, tuple(tied_to.values_list("code", flat=True)))


def check_at(actor: Actor, permission: str, places: Iterable[Place]) -> None:
    """Raise NotPermitted unless the actor holds `permission` for one of the places."""
    for place in places:
        for code in place.organisation_codes or ("",):
            if may(
                actor,
                permission,
                region_code=place.region_code,
                organisation_code=code,
            ):
                return
    raise NotPermitted(permission)


def check_view_organisation(actor: Actor, organisation: Organisation) -> None:
    check_at(actor, VIEW_ORGANISATIONS, [place_of_organisation(organisation)])


def check_manage_organisation(actor: Actor, organisation: Organisation) -> None:
    check_at(actor, MANAGE_ORGANISATIONS, [place_of_organisation(organisation)])


def check_manage_region(actor: Actor, region_code: str) -> None:
    """Whether organisations may be registered in, or moved to, this region."""
    check_at(actor, MANAGE_ORGANISATIONS, [Place(region_code)])


def check_view_person(actor: Actor, person: Person) -> None:
    check_at(actor, VIEW_PEOPLE, [place_of_person(person)])


def check_manage_person(actor: Actor, person: Person) -> None:
    check_at(actor, MANAGE_PEOPLE, [place_of_person(person)])


def check_unmask_person(actor: Actor, person: Person) -> None:
    """Whether the person's identity number and phone may be shown whole."""
    check_at(actor, UNMASK_PEOPLE, [place_of_person(person)])


def check_manage_people_of(actor: Actor, *organisations: Organisation) -> None:
    """Whether people may be tied to one of these; without any, only from everywhere."""
    places = [place_of_organisation(each) for each in organisations]
    check_at(actor, MANAGE_PEOPLE, places or [NOWHERE])


def check_merge_people(actor: Actor, *people: Person) -> None:
    """Whether all of these may be judged to be one person, merged and parted again."""
    for person in people:
        check_at(actor, MERGE_PEOPLE, [place_of_person(person)])


def check_import_roster(actor: Actor, organisation: Organisation) -> None:
    """Whether rosters of this organisation may be handed in and written."""
    check_at(actor, IMPORT_ROSTERS, [place_of_organisation(organisation)])


can_view_organisation = allows(check_view_organisation)
can_manage_organisation = allows(check_manage_organisation)
can_view_person = allows(check_view_person)
can_manage_person = allows(check_manage_person)
can_unmask_person = allows(check_unmask_person)
can_merge_people = allows(check_merge_people)


def check_anywhere(actor: Actor, permission: str) -> None:
    """Whether the pages that need `permission` are for this actor at all."""
    if not holds(actor, permission):
        raise NotPermitted(permission)
