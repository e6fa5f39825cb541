"""The list of people, with what parts above add to it."""

from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.parts import brought
from jiangxin.foundation.sealing import mask_id_number
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
)
from jiangxin.kernel.register.classifications import education, education_name
from jiangxin.kernel.register.enums import Sex
from jiangxin.kernel.register.models import Employment, Membership, Person
from jiangxin.kernel.register.permissions import VIEW_PEOPLE
from jiangxin.kernel.register.queries.completeness import (
    known_fields,
    people_lacking,
)
from jiangxin.kernel.register.queries.lookup import people_working_at
from jiangxin.kernel.register.queries.search import is_of_too_many, people_matching
from jiangxin.kernel.register.registry import PeopleListExtra
from jiangxin.kernel.register.rules import age_on
from jiangxin.kernel.register.views.finding import FoundBy, town_filter, yes_no_filter

SEARCH_HINT = _("Name, pinyin, initials, employer, last four of the ID, phone")


def person_url(person: Person) -> str:
    return reverse("register:person-detail", args=[person.pk])


def _age(person: Person) -> int:
    return age_on(person.birth_on, today(timezone.now()))


def _job(person: Any) -> Employment | None:
    return person.open_jobs[0] if person.open_jobs else None


def _employer(person: Any) -> str:
    job = _job(person)
    return job.organisation.name if job else ""


def _region(person: Any) -> str:
    job = _job(person)
    return job.organisation.region.name if job else ""


def _says_too_little(word: str) -> str:
    """Say why a word was not taken for an employer's name, if it was not."""
    if not is_of_too_many(word):
        return ""
    text = gettext("Too many employers are called “%(word)s”: type more of the name.")
    return text % {"word": word}


def _is_member() -> Q:
    open_ones = Membership.objects.filter(valid_to__isnull=True)
    return Q(Exists(open_ones.filter(person=OuterRef("pk"))))


def _education(request: HttpRequest) -> list[tuple[str, str]]:  # noqa: ARG001 -- a filter's choices
    return [(each.code, each.name()) for each in education().offered()]


@cache
def people_listing() -> Listing:
    """Made at first use, when every part has said what it adds."""
    extras = brought(PeopleListExtra)
    return Listing(
        key="people",
        columns=[
            Column("name", _("Name"), sort=("name_pinyin",), link=person_url),
            Column(
                "id_number",
                _("Identity number"),
                value=lambda person: mask_id_number(person.id_number),
            ),
            Column("sex", _("Sex"), value="get_sex_display"),
            Column("birth_on", _("Date of birth"), sort=("birth_on",)),
            Column("age", _("Age"), value=_age, align="end"),
            Column(
                "education",
                _("Education"),
                value=lambda person: education_name(person.education),
            ),
            Column("employer", _("Employer"), value=_employer),
            Column("region", _("Region"), value=_region),
            *(column for extra in extras for column in extra.columns),
            Column(
                "member",
                _("Union member"),
                value=lambda person: bool(person.open_memberships),
            ),
        ],
        filters=[
            FoundBy(
                (),
                hint=SEARCH_HINT,
                find=people_matching,
                by_word=True,
                doubt=_says_too_little,
            ),
            FoundBy((), _("Employer"), key="employer", find=people_working_at),
            town_filter("region_code", VIEW_PEOPLE),
            ChoiceFilter("sex", _("Sex"), Sex.choices),
            ChoiceFilter("education", _("Education"), _education),
            *(each for extra in extras for each in extra.filters),
            yes_no_filter("member", _("Union member"), _is_member),
            ChoiceFilter(
                "lacks",
                _("Not known"),
                [(key, field.label) for key, field in known_fields().items()],
                narrow=people_lacking,
            ),
            DateRangeFilter("birth", _("Date of birth"), field="birth_on"),
        ],
        sort="name",
        export=True,
        noun=_("people"),
        is_personal=True,
    )


def with_ties(people: QuerySet[Person]) -> QuerySet[Person]:
    """Add what the columns read, in a fixed number of queries."""
    jobs = Employment.objects.filter(valid_to__isnull=True)
    memberships = Membership.objects.filter(valid_to__isnull=True)
    people = people.prefetch_related(
        Prefetch(
            "employments",
            jobs.select_related("organisation__region"),
            to_attr="open_jobs",
        ),
        Prefetch("memberships", memberships, to_attr="open_memberships"),
    )
    for extra in brought(PeopleListExtra):
        people = extra.prepare(people)
    return people
