"""The list of credentials, and what it adds to the list of people."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
)
from jiangxin.kernel.credentials.enums import (
    GRADES,
    CredentialKind,
    CredentialStatus,
    Ladder,
    SkillGrade,
)
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.queries import (
    in_force,
    people_holding,
    people_with_skill_grade,
)
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.registry import PeopleListExtra


def credential_url(credential: Credential) -> str:
    return reverse("credentials:credential-detail", args=[credential.pk])


def holder_of(credential: Credential) -> str:
    return str(credential.person or credential.organisation)


def _of_grade(rows: QuerySet[Any], choice: str) -> QuerySet[Any]:
    ladder, _colon, rank = choice.partition(":")
    return rows.filter(ladder=ladder, grade=int(rank))


_GRADES = [
    (f"{Ladder(ladder).value}:{rank}", label)
    for ladder, grades in GRADES.items()
    for rank, label in grades.choices
]

CREDENTIALS = Listing(
    key="credentials",
    columns=[
        Column(
            "holder",
            _("Holder"),
            value=holder_of,
            sort=("person__name_pinyin", "organisation__name"),
            link=credential_url,
        ),
        Column("kind", _("Kind"), value="get_kind_display", sort=("kind",)),
        Column("title", _("Title")),
        Column("grade", _("Grade"), value="grade_label", sort=("ladder", "grade")),
        Column("number", _("Number"), sort=("number",)),
        Column("issuer", _("Issuer"), sort=("issuer",)),
        Column("valid_from", _("Valid from"), sort=("valid_from",)),
        Column("valid_to", _("Valid to"), sort=("valid_to",)),
        Column(
            "status",
            _("Status"),
            template="credentials/_status.html",
            export=lambda row: row.get_status_display(),
        ),
    ],
    filters=[
        Search(
            ("number", "person__name__contains", "organisation__name__contains"),
            hint=_("Holder, or a whole number"),
        ),
        ChoiceFilter("kind", _("Kind"), CredentialKind.choices),
        ChoiceFilter("grade", _("Grade"), _GRADES, narrow=_of_grade),
        Search(("issuer__contains",), label=_("Issuer"), key="issuer"),
        ChoiceFilter("status", _("Status"), CredentialStatus.choices),
        DateRangeFilter("expires", _("Valid to"), field="valid_to"),
    ],
    sort="-valid_from",
    export=True,
    is_personal=True,
    noun=_("credentials"),
)


def _with_skills(people: QuerySet[Person]) -> QuerySet[Person]:
    skills = in_force(
        Credential.objects.filter(ladder=Ladder.SKILL), today(timezone.now())
    )
    return people.prefetch_related(
        Prefetch("credentials", skills.order_by("-grade"), to_attr="skills")
    )


def _skill(person: Any) -> str:
    return person.skills[0].grade_label if person.skills else ""


def _of_skill(people: QuerySet[Person], grade: int) -> QuerySet[Person]:
    return people_with_skill_grade(people, grade, today(timezone.now()))


def _holding(people: QuerySet[Person], kind: str) -> QuerySet[Person]:
    return people_holding(people, kind, today(timezone.now()))


PEOPLE_EXTRA = PeopleListExtra(
    prepare=_with_skills,
    columns=(Column("skill", _("Skill grade"), value=_skill),),
    filters=(
        ChoiceFilter("skill", _("Skill grade"), SkillGrade.choices, narrow=_of_skill),
        ChoiceFilter("holds", _("Holds"), CredentialKind.choices, narrow=_holding),
    ),
)
