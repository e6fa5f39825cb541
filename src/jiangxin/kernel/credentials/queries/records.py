"""Reading credentials: what an actor may see, and what was in force on a day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.credentials.enums import CredentialStatus, Ladder
from jiangxin.kernel.credentials.models import Credential, CredentialPast
from jiangxin.kernel.credentials.permissions import VIEW
from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.queries.visibility import (
    covered_by,
    covers_everything,
    tied_to,
    within,
)


def credentials_visible_to(
    actor: Actor, permission: str = VIEW
) -> QuerySet[Credential]:
    """Return what the people and organisations of the actor's places hold."""
    if covers_everything(actor, permission):
        return Credential.objects.all()
    scopes = actor.scopes(permission)
    if not scopes:
        return Credential.objects.none()
    covered = Q()
    for scope in scopes:
        if scope.organisation_code:
            people = Person.objects.filter(tied_to([scope.organisation_code]))
            organisations = Organisation.objects.filter(covered_by(scope))
            covered |= Q(person__in=people.values("pk"))
            covered |= Q(organisation__in=organisations.values("pk"))
        else:
            # Joined, not asked for in a list of numbers: a page then stops early.
            covered |= within(scope.region_code, "person__region_code")
            covered |= within(scope.region_code, "organisation__region")
    return Credential.objects.filter(covered)


def get_credential(credential_id: int, *, visible_to: Actor) -> Credential:
    """Return one credential with its holder. Raises NotFound."""
    found = (
        credentials_visible_to(visible_to)
        .select_related("person", "organisation")
        .filter(pk=credential_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def in_force(credentials: QuerySet[Credential], on: date) -> QuerySet[Credential]:
    """Narrow credentials to those that counted on a day: begun, not ended, and valid.

    What was suspended or revoked later counted until then.
    """
    then = CredentialPast.objects.filter(
        credential=OuterRef("pk"), valid_from__lte=on, valid_to__gt=on
    )
    was_valid = Exists(then.filter(status=CredentialStatus.VALID))
    return credentials.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        was_valid | (Q(status=CredentialStatus.VALID) & ~Exists(then)),
        valid_from__lte=on,
    )


def credentials_of_person(person_id: int, on: date) -> QuerySet[Credential]:
    """Return what a person held on a day, the highest grades first."""
    held = Credential.objects.filter(person=person_id)
    return in_force(held, on).order_by("kind", "-grade", "-valid_from", "pk")


def credentials_of_organisation(organisation_id: int, on: date) -> QuerySet[Credential]:
    """Return what an organisation held on a day."""
    held = Credential.objects.filter(organisation=organisation_id)
    return in_force(held, on).order_by("kind", "-grade", "-valid_from", "pk")


def people_with_skill_grade(
    people: QuerySet[Person], grade: int, on: date
) -> QuerySet[Person]:
    """Narrow people to those whose highest skill grade in force is `grade`."""
    skills = Credential.objects.filter(ladder=Ladder.SKILL, person=OuterRef("pk"))
    held = in_force(skills, on)
    return people.filter(
        Exists(held.filter(grade=grade)), ~Exists(held.filter(grade__gt=grade))
    )


def people_holding(people: QuerySet[Person], kind: str, on: date) -> QuerySet[Person]:
    """Narrow people to those who hold something of a kind."""
    return people.filter(
        Exists(
            in_force(Credential.objects.filter(kind=kind, person=OuterRef("pk")), on)
        )
    )


def held_by_person(person_id: int) -> list[dict[str, object]]:
    """Return what a person holds or held, for the copy of their own data."""
    held = Credential.objects.filter(person=person_id).order_by("valid_from", "pk")
    return [
        dict(row)
        for row in held.values(
            "kind",
            "title",
            "ladder",
            "grade",
            "occupation",
            "number",
            "issuer",
            "issued_on",
            "valid_from",
            "valid_to",
            "status",
        )
    ]


def titles_of(person_id: int) -> list[str]:
    """Return what a person holds in a word or two each, oldest first."""
    held = Credential.objects.filter(person=person_id).order_by("valid_from", "pk")
    return [
        " · ".join(filter(None, (str(each), each.grade_label, each.number)))
        for each in held
    ]


def has_skill_grade() -> Q:
    """Return the condition that a person holds a skill grade that counts."""
    grades = Credential.objects.filter(
        ladder=Ladder.SKILL, status=CredentialStatus.VALID, person__isnull=False
    )
    return Q(pk__in=grades.values("person"))
