"""What an actor may see, as querysets: the same answers as `permissions`, for lists."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jiangxin.foundation.actor import EVERYWHERE, Actor, Scope
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
    Site,
)
from jiangxin.kernel.register.permissions import (
    VIEW_ORGANISATIONS,
    VIEW_OWN_RECORD,
    VIEW_PEOPLE,
)


def within(region_code: str, field: str = "region") -> Q:
    """Return the condition that `field` holds a division inside `region_code`.

    A range, not `startswith`: SQLite's LIKE folds case and so reads no index, and
    PostgreSQL's needs an index of its own kind. Codes are digits, which every
    collation sorts alike.
    """
    if not region_code:
        return Q()
    after = str(int(region_code) + 1).zfill(len(region_code))
    return Q((f"{field}__gte", region_code), (f"{field}__lt", after))


def covers_everything(actor: Actor, permission: str) -> bool:
    return EVERYWHERE in actor.scopes(permission)


def organisations_visible_to(
    actor: Actor, permission: str = VIEW_ORGANISATIONS
) -> QuerySet[Organisation]:
    """Return the organisations for which the actor holds `permission`."""
    if covers_everything(actor, permission):
        return Organisation.objects.all()
    scopes = actor.scopes(permission)
    if not scopes:
        return Organisation.objects.none()
    covered = Q()
    for scope in scopes:
        covered |= covered_by(scope)
    return Organisation.objects.filter(covered)


def covered_by(scope: Scope) -> Q:
    """Return the condition that a scope covers an organisation."""
    if not scope.organisation_code:
        return within(scope.region_code)
    itself = Organisation.objects.filter(code=scope.organisation_code)
    return Q(code=scope.organisation_code) | Q(pk__in=itself.values("employer"))


def people_visible_to(actor: Actor, permission: str = VIEW_PEOPLE) -> QuerySet[Person]:
    """Return the people for whom the actor holds `permission`.

    Those who are counted in a region, or are employed at, or members of, an
    organisation that the actor holds it for.
    """
    if covers_everything(actor, permission):
        return Person.objects.all()
    scopes = actor.scopes(permission)
    if not scopes:
        return Person.objects.none()
    covered = Q()
    codes = []
    for scope in scopes:
        if scope.organisation_code:
            codes.append(scope.organisation_code)
        else:
            covered |= within(scope.region_code, "region_code")
    if codes:
        covered |= tied_to(codes)
    return Person.objects.filter(covered)


def tied_to(codes: list[str]) -> Q:
    """Return the condition that a person works at, or belongs to, one of these."""
    named = Organisation.objects.filter(code__in=codes)
    open_jobs = Employment.objects.filter(valid_to__isnull=True)
    open_memberships = Membership.objects.filter(valid_to__isnull=True)
    # Three index look-ups put together: with an OR, PostgreSQL would ask of everybody
    # in the register whether they are in one of the three.
    employed = open_jobs.filter(organisation__in=named.values("pk"))
    at_employer = open_jobs.filter(organisation__in=named.values("employer"))
    members = open_memberships.filter(union__in=named.values("pk"))
    return Q(
        pk__in=employed.values("person").union(
            at_employer.values("person"), members.values("person")
        )
    )


def visible_organisations_of(person: Person, actor: Actor) -> set[int]:
    """Return those a person is or was ever tied to whose pages the actor may see."""
    tied = Q(pk__in=person.employments.values("organisation")) | Q(
        pk__in=person.memberships.values("union")
    )
    visible = organisations_visible_to(actor).filter(tied)
    return set(visible.values_list("pk", flat=True))


def visible_among(organisations: Iterable[Organisation], actor: Actor) -> set[int]:
    """Return the ids of those of some organisations whose pages the actor may see."""
    ids = {one.pk for one in organisations}
    visible = organisations_visible_to(actor).filter(pk__in=ids)
    return set(visible.values_list("pk", flat=True))


def sites_visible_to(
    actor: Actor, permission: str = VIEW_ORGANISATIONS
) -> QuerySet[Site]:
    """Return the sites of the organisations that the actor may see."""
    if covers_everything(actor, permission):
        return Site.objects.all()
    return Site.objects.filter(
        organisation__in=organisations_visible_to(actor, permission).values("pk")
    )


def get_organisation(organisation_id: int, *, visible_to: Actor) -> Organisation:
    """Return one organisation with what its page names. Raises NotFound."""
    found = (
        organisations_visible_to(visible_to)
        .select_related("region", "upper", "employer")
        .filter(pk=organisation_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def get_person(person_id: int, *, visible_to: Actor) -> Person:
    """Return one person. Raises NotFound, also for people of other places."""
    found = people_visible_to(visible_to).filter(pk=person_id).first()
    if found is None:
        raise NotFound
    return found


def get_own_person(actor: Actor) -> Person:
    """Return the registered person that the actor is. Raises NotFound."""
    if actor.person_id is None or not actor.scopes(VIEW_OWN_RECORD):
        raise NotFound
    found = Person.objects.filter(pk=actor.person_id).first()
    if found is None:
        raise NotFound
    return found


def get_site(site_id: int, *, visible_to: Actor) -> Site:
    """Return one site with its organisation. Raises NotFound."""
    found = (
        sites_visible_to(visible_to)
        .select_related("organisation", "region")
        .filter(pk=site_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found
