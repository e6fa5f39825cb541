"""What the register knows of organisations and people, for prefilling applications."""

from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
)


def organisation_name(organisation_id: int) -> str:
    return Organisation.objects.get(pk=organisation_id).name


def credit_code(organisation_id: int) -> str:
    return Organisation.objects.get(pk=organisation_id).credit_code or ""


def employer_name(organisation_id: int) -> str:
    employer = _employer(organisation_id)
    return employer.name if employer else ""


def employer_credit_code(organisation_id: int) -> str:
    employer = _employer(organisation_id)
    return (employer.credit_code or "") if employer else ""


def upper_union(organisation_id: int) -> str:
    found = Organisation.objects.select_related("upper").get(pk=organisation_id)
    return found.upper.name if found.upper else ""


def member_count(organisation_id: int) -> str:
    open_ties = Membership.objects.filter(union=organisation_id, valid_to__isnull=True)
    count = open_ties.count()
    return str(count) if count else ""


def _employer(organisation_id: int) -> Organisation | None:
    found = Organisation.objects.select_related("employer").get(pk=organisation_id)
    return found.employer


def person_name(person_id: int) -> str:
    return Person.objects.get(pk=person_id).name


def person_phone(person_id: int) -> str:
    return Person.objects.get(pk=person_id).phone or ""


def person_employer(person_id: int) -> str:
    job = Employment.objects.select_related("organisation").filter(
        person=person_id, valid_to__isnull=True
    )
    found = job.first()
    return found.organisation.name if found else ""


def person_union(person_id: int) -> str:
    ties = Membership.objects.select_related("union").filter(
        person=person_id, valid_to__isnull=True
    )
    found = ties.first()
    return found.union.name if found else ""
