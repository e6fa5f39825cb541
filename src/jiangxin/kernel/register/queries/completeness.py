"""What is not known of people, and of whom."""

from datetime import date

from django.db.models import Q, QuerySet

from jiangxin.foundation.parts import brought
from jiangxin.kernel.register.models import Employment, Membership, Person
from jiangxin.kernel.register.registry import KnownField, NeedsFields
from jiangxin.kernel.register.rules.completeness import Gap, largest_gaps


def known_fields() -> dict[str, KnownField]:
    return {field.key: field for field in brought(KnownField)}


def people_lacking(people: QuerySet[Person], key: str) -> QuerySet[Person]:
    """Narrow people to those of whom a field is not known."""
    return people.exclude(known_fields()[key].is_known())


def needed_fields(on: date) -> set[str]:
    """Return the fields that policies and services of a day read."""
    return {key for needs in brought(NeedsFields) for key in needs.keys_on(on)}


def gaps_among(people: QuerySet[Person], on: date) -> list[Gap]:
    """Return what would most complete the records of these people; a query a field.

    on: the day whose policies tell what is needed most.
    """
    total = people.count()
    if not total:
        return []
    missing = {key: people_lacking(people, key).count() for key in known_fields()}
    return largest_gaps(missing, total, needed_fields(on))


def has_phone() -> Q:
    return ~Q(phone_index="")


def has_education() -> Q:
    return ~Q(education="")


def has_occupation() -> Q:
    jobs = Employment.objects.filter(valid_to__isnull=True).exclude(occupation="")
    return Q(pk__in=jobs.values("person"))


def has_union_date() -> Q:
    memberships = Membership.objects.filter(valid_to__isnull=True)
    return Q(pk__in=memberships.values("person"))
