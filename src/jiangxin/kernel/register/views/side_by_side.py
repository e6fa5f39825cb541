"""Two people's records beside each other: what is alike, what differs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.parts import Text, brought
from jiangxin.foundation.sealing import mask_id_number, mask_phone
from jiangxin.kernel.register.classifications import education_name, occupation_name
from jiangxin.kernel.register.forms.duplicates import FIRST, SECOND
from jiangxin.kernel.register.models import Employment, Membership, Person
from jiangxin.kernel.register.registry import MovesWithPerson
from jiangxin.kernel.register.views.histories import trail_of, until

MOST_SOURCES = 4


@dataclass(frozen=True)
class Line:
    """What both records say of one thing, a text or more each."""

    label: Text
    first: Sequence[str]
    second: Sequence[str]

    @property
    def differs(self) -> bool:
        return list(self.first) != list(self.second)


@dataclass(frozen=True)
class Sides:
    """What two records say.

    lines: for the table. choices: two known values that differ, of each field that may
    be taken from either. known: which record has the only value, if just one has.
    """

    lines: list[Line]
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)


def side_by_side(first: Person, second: Person) -> Sides:
    sides = Sides(_lines(first, second))
    values = {
        "name": (first.name, second.name),
        "phone": (_phone(first), _phone(second)),
        "education": (_education(first), _education(second)),
        "employment": (_open_job(first), _open_job(second)),
        "membership": (_open_membership(first), _open_membership(second)),
    }
    same_phone = first.phone_index == second.phone_index
    for name, (one, other) in values.items():
        if one and other and (one != other or (name == "phone" and not same_phone)):
            sides.choices[name] = (one, other)
        elif one or other:
            sides.known[name] = FIRST if one else SECOND
    return sides


def _lines(first: Person, second: Person) -> list[Line]:
    both = (first, second)
    lines = [
        Line(_("Person number"), *([str(person.pk)] for person in both)),
        Line(
            _("Identity number"),
            *([mask_id_number(person.id_number)] for person in both),
        ),
        Line(_("Name"), *([person.name, person.name_pinyin] for person in both)),
        Line(_("Sex"), *([person.get_sex_display()] for person in both)),
        Line(_("Date of birth"), *([table_date(person.birth_on)] for person in both)),
        Line(_("Mobile phone"), *(_some(_phone(person)) for person in both)),
        Line(_("Education"), *(_some(_education(person)) for person in both)),
        Line(_("Employment"), *(_jobs(person) for person in both)),
        Line(_("Union membership"), *(_memberships(person) for person in both)),
    ]
    lines += [
        Line(
            mover.model._meta.verbose_name or "",
            *(mover.lines(person.pk) for person in both),
        )
        for mover in brought(MovesWithPerson)
        if mover.lines is not None
    ]
    return [*lines, Line(_("Where it comes from"), *(_sources(each) for each in both))]


def _some(text: str) -> list[str]:
    return [text] if text else []


def _phone(person: Person) -> str:
    return mask_phone(person.phone) if person.phone else ""


def _education(person: Person) -> str:
    return education_name(person.education) if person.education else ""


def _jobs(person: Person) -> list[str]:
    jobs = Employment.objects.filter(person=person).select_related("organisation")
    return [_job(job) for job in jobs.order_by("-valid_from", "-pk")]


def _job(job: Employment) -> str:
    trade = occupation_name(job.occupation) if job.occupation else ""
    return _words(
        job.valid_to, job.organisation.name, trade, table_date(job.valid_from)
    )


def _memberships(person: Person) -> list[str]:
    memberships = Membership.objects.filter(person=person).select_related("union")
    return [
        _words(each.valid_to, each.union.name, table_date(each.valid_from))
        for each in memberships.order_by("-valid_from", "-pk")
    ]


def _words(valid_to: date | None, *words: str) -> str:
    return " · ".join(filter(None, (*words, until(valid_to))))


def _open_job(person: Person) -> str:
    jobs = Employment.objects.filter(person=person, valid_to__isnull=True)
    job = jobs.select_related("organisation").first()
    return _job(job) if job else ""


def _open_membership(person: Person) -> str:
    memberships = Membership.objects.filter(person=person, valid_to__isnull=True)
    return memberships.values_list("union__name", flat=True).first() or ""


def _sources(person: Person) -> list[str]:
    """What was last done to the record, and how it began."""
    moments = trail_of("person", person.pk)
    shown = chain(moments[: MOST_SOURCES - 1], moments[MOST_SOURCES - 1 :][-1:])
    return [
        f"{table_date(moment.at)} · {moment.title} · {moment.by}" for moment in shown
    ]
