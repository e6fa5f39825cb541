"""Matters as each side of the counter may see them."""

from django.db.models import Q, QuerySet

from jiangxin.foundation.actor import EVERYWHERE, Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import brought
from jiangxin.kernel.matters.enums import Channel, MaterialState, MatterState
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.matters.permissions import (
    FILE,
    HANDLE,
    VIEW,
    can_act_as_applicant,
)
from jiangxin.kernel.matters.registry import Guarded
from jiangxin.kernel.matters.rules.service import Service
from jiangxin.kernel.register.queries.visibility import within

MOST_REUSABLE = 50


def matters_of_office(actor: Actor, permission: str = VIEW) -> QuerySet[Matter]:
    """Return the matters that lie where the actor holds `permission`; no drafts."""
    matters = Matter.objects.select_related("organisation", "person")
    submitted = matters.exclude(state=MatterState.DRAFT)
    seen = submitted.filter(_covered(actor, permission))
    for guard in brought(Guarded):
        if guard.permission != permission:
            others = ~Q(service=guard.service)
            seen = seen.filter(others | _covered(actor, guard.permission))
    return seen


def _covered(actor: Actor, permission: str) -> Q:
    """Return the condition that a matter lies where the actor holds `permission`."""
    scopes = actor.scopes(permission)
    if EVERYWHERE in scopes:
        return Q()
    covered = Q(pk__in=())
    for scope in scopes:
        if scope.organisation_code:
            covered |= Q(organisation_code=scope.organisation_code)
        else:
            covered |= within(scope.region_code, "region_code")
    return covered


def matters_of_applicant(actor: Actor) -> QuerySet[Matter]:
    """Return what the actor filed, what is about them, and what is of their organisation."""
    own = Q(pk__in=())
    if actor.account_id is not None:
        own |= Q(applicant_account_id=actor.account_id)
    if actor.person_id is not None:
        own |= Q(person=actor.person_id)
    codes = [
        one.organisation_code for one in actor.scopes(FILE) if one.organisation_code
    ]
    if codes:
        own |= Q(organisation_code__in=codes)
    guarded = [one.service for one in brought(Guarded)]
    matters = Matter.objects.select_related("organisation", "person")
    return matters.filter(own).exclude(service__in=guarded)


def get_matter(matter_id: int, *, visible_to: Actor) -> Matter:
    """Raises NotFound, also for what is filed elsewhere by others."""
    for matters in (matters_of_applicant(visible_to), matters_of_office(visible_to)):
        found = matters.filter(pk=matter_id).first()
        if found is not None:
            return found
    raise NotFound


def get_own_matter(matter_id: int, *, visible_to: Actor) -> Matter:
    """Raises NotFound for whatever is not of the actor as an applicant."""
    found = matters_of_applicant(visible_to).filter(pk=matter_id).first()
    if found is None:
        raise NotFound
    return found


def filings_of(actor: Actor) -> QuerySet[Matter]:
    """Return what the actor applies for; at a window, also what is typed there."""
    typed = Q(pk__in=())
    for scope in actor.scopes(HANDLE):
        if not scope.organisation_code:
            typed |= within(scope.region_code, "region_code")
    at_the_window = Matter.objects.filter(
        typed, state=MatterState.DRAFT, channel__in=[Channel.WINDOW, Channel.PROXY]
    )
    own = matters_of_applicant(actor)
    return own | at_the_window.select_related("organisation", "person")


def get_filing(matter_id: int, *, visible_to: Actor) -> Matter:
    """Return a matter that the actor may act on as its applicant. Raises NotFound."""
    matters = Matter.objects.select_related("organisation", "person")
    found = matters.filter(pk=matter_id).first()
    if found is None or not can_act_as_applicant(visible_to, found):
        raise NotFound
    return found


def get_office_matter(matter_id: int, *, visible_to: Actor) -> Matter:
    """Raises NotFound for whatever does not lie where the actor looks after matters."""
    found = matters_of_office(visible_to).filter(pk=matter_id).first()
    if found is None:
        raise NotFound
    return found


def get_material(material_id: int, *, visible_to: Actor) -> MatterMaterial:
    """Raises NotFound, also once the file was deleted at the end of its time."""
    materials = MatterMaterial.objects.select_related("matter")
    found = materials.filter(pk=material_id, deleted_at__isnull=True).first()
    if found is None:
        raise NotFound
    get_matter(found.matter_id, visible_to=visible_to)
    return found


def materials_in_force(matter: Matter) -> QuerySet[MatterMaterial]:
    return matter.materials.filter(replaced_at__isnull=True).order_by("pk")


def reusable_for(matter: Matter, wanted: Service) -> dict[str, list[MatterMaterial]]:
    """Return files of earlier matters of the same subject, newest first, by material."""
    keys = [one.key for one in wanted.materials if one.may_be_reused]
    there = set(materials_in_force(matter).values_list("digest", flat=True))
    earlier = MatterMaterial.objects.filter(
        key__in=keys,
        state=MaterialState.HANDED_IN,
        replaced_at__isnull=True,
        deleted_at__isnull=True,
        matter__submitted_at__isnull=False,
        matter__organisation=matter.organisation_id,
        matter__person=matter.person_id,
    ).exclude(matter=matter)
    found: dict[str, list[MatterMaterial]] = {}
    for one in earlier.exclude(digest="").order_by("-added_at")[:MOST_REUSABLE]:
        same = found.setdefault(one.key, [])
        if one.digest not in there and all(one.digest != each.digest for each in same):
            same.append(one)
    return found
