"""What is on record now of what can be corrected, and what tells that it changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiangxin.kernel.corrections.enums import CorrectedField
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models import (
    BankAccount,
    Employment,
    Membership,
    Person,
)
from jiangxin.kernel.register.rules.sources import origin_of


@dataclass(frozen=True)
class Present:
    """value: in full; "" when nothing is known. source: whose word it is, if known."""

    value: str
    source: Source | None


def open_job(person_id: int) -> Employment | None:
    jobs = Employment.objects.select_related("organisation")
    return jobs.filter(person=person_id, valid_to__isnull=True).first()


def present_values(person: Person) -> Mapping[str, Present]:
    """Return every field that is written when it is approved."""
    job = open_job(person.pk)
    account = BankAccount.objects.filter(person=person, ended_at__isnull=True).first()
    found = {
        name: Present(getattr(person, name), _source(person, name))
        for name in ("name", "phone", "education")
    }
    source = Source(job.source) if job and job.source else None
    found[CorrectedField.OCCUPATION] = Present(job.occupation if job else "", source)
    found[CorrectedField.POST] = Present(job.post if job else "", source)
    found[CorrectedField.BANK_ACCOUNT] = Present(
        account.number if account else "", Source(account.source) if account else None
    )
    return found


def _source(person: Person, field: str) -> Source | None:
    origin = origin_of(person.sources, field)
    return origin.source if origin and getattr(person, field) else None


def stamp(person: Person) -> str:
    """Return what changes whenever something changes that a correction may touch.

    Not the end of the trail: looking at a paper stands there too, and changes nothing.
    """
    of_person = {"person": person.pk}
    ends = (
        person.past_versions.order_by("-pk"),
        Employment.objects.filter(**of_person).order_by("-pk"),
        Employment.objects.filter(**of_person, valid_to__isnull=True),
        Membership.objects.filter(**of_person, valid_to__isnull=True),
        BankAccount.objects.filter(**of_person, ended_at__isnull=True),
    )
    keys = [rows.values_list("pk", flat=True).first() or 0 for rows in ends]
    return ".".join(map(str, keys))
