"""What policies read of the credentials that a person, or an organisation, holds.

No certificate on record means that there is none to build on, not that one is in doubt:
a person who holds one can have it recorded, and then qualifies.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DecimalField,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Round
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.i18n import grouped, listed, shortest
from jiangxin.foundation.parts import Text
from jiangxin.kernel.credentials.enums import (
    GRADES,
    KIND_LADDERS,
    KIND_UNITS,
    CredentialKind,
    CredentialStatus,
    Ladder,
)
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.attributes.relations import JOB, PERSON_PAGE, days_of
from jiangxin.kernel.policy.enums import Absence, AttributeType, Standing, Subject
from jiangxin.kernel.policy.registry import (
    Argument,
    Attribute,
    AttributeFamily,
    DatedRows,
    Gathered,
)
from jiangxin.kernel.policy.rules.ages import first_day_past, months_before

TO_RECORD = _("A certificate that is shown to the union is recorded there.")

GOT_ON = Coalesce("issued_on", "valid_from")

TOTAL = DecimalField(max_digits=18, decimal_places=2)

Asked = Mapping[str, str]


def _counts(on: date, asked: Asked) -> Q:
    """Return the condition on a credential that a family asks for."""
    counts = Q(kind=asked["kind"], status=CredentialStatus.VALID, valid_from__lte=on)
    if asked.get("standing") != Standing.EVER:
        counts &= Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    if "at_least" in asked:
        counts &= Q(grade__gte=int(asked["at_least"]))
    if "within_months" in asked:
        first = months_before(on, int(asked["within_months"]))
        counts &= Q(GreaterThanOrEqual(GOT_ON, first))
    return counts


def _held(
    on: date, asked: Asked, subject: Subject, holder: str = "pk"
) -> QuerySet[Credential]:
    """Return the credentials of a holder, given by OuterRef, that a family asks for."""
    of_holder = Credential.objects.filter(**{subject.value: OuterRef(holder)})
    return of_holder.filter(_counts(on, asked)).order_by()


def _gathered(
    asked: Asked,
    subject: Subject,
    aggregate: Callable[..., Aggregate],
    column: str,
    empty: int | None = None,
) -> Gathered:
    return Gathered(
        Credential,
        subject.value,
        lambda on: aggregate(column, filter=_counts(on, asked)),
        empty,
    )


def _highest(on: date, asked: Asked) -> Subquery:
    held = _held(on, asked, Subject.PERSON)
    return Subquery(held.values("person").annotate(top=Max("grade")).values("top"))


def _count(on: date, asked: Asked, subject: Subject) -> Coalesce:
    grouped = _held(on, asked, subject).values(subject.value)
    counted = grouped.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _total(of: Q | None = None) -> Combinable:
    """Sum quantities to the last of their two places.

    SQLite keeps them as binary fractions: ten times 0.1 would be less than 1 there, and
    somebody with just enough hours would not have enough.
    """
    return Round(Sum("quantity", filter=of), precision=2, output_field=TOTAL)


def _sum(on: date, asked: Asked) -> Coalesce:
    grouped_rows = _held(on, asked, Subject.PERSON).values("person")
    summed = grouped_rows.annotate(total=_total()).values("total")
    return Coalesce(Subquery(summed), Decimal(0), output_field=TOTAL)


def _earliest(on: date, asked: Asked, subject: Subject) -> Subquery:
    grouped = _held(on, asked, subject).values(subject.value)
    return Subquery(grouped.annotate(first=Min("valid_from")).values("first"))


def _count_of_employer(on: date, asked: Asked) -> Coalesce:
    held = _held(on, asked, Subject.ORGANISATION, "job__organisation_id")
    counted = held.values("organisation").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _turns(
    asked: Asked, subject: Subject, holder: str = ""
) -> Callable[[int, date], Iterable[date]]:
    def turns(holder_id: int, on: date) -> Iterable[date]:
        rows = Credential.objects.filter(
            **{holder or subject.value: holder_id},
            kind=asked["kind"],
            status=CredentialStatus.VALID,
        )
        yield from days_of(rows, on)
        if "within_months" in asked:
            months = int(asked["within_months"])
            for issued, begun in rows.values_list("issued_on", "valid_from"):
                past = first_day_past(issued or begun, months)
                if past > on:
                    yield past

    return turns


def _passes(
    asked: Asked, subject: Subject
) -> Callable[[date, date], Iterable[int]] | None:
    """Whose credentials grow older than the months that count."""
    if "within_months" not in asked:
        return None

    def passes(before: date, on: date) -> Iterable[int]:
        months = int(asked["within_months"])
        rows = Credential.objects.alias(got=GOT_ON).filter(
            **{f"{subject.value}__isnull": False},
            kind=asked["kind"],
            got__gte=months_before(before, months),
            got__lt=months_before(on, months),
        )
        return rows.order_by().values_list(f"{subject.value}_id", flat=True)

    return passes


def _grade_label(ladder: Ladder, grade: Any) -> Any:
    grades = GRADES.get(ladder)
    return grades(grade).label if grades and grade in grades else grade


def _grade_choices(ladder: Ladder) -> Callable[[], Iterable[tuple[int, Text]]]:
    return lambda: [(grade.value, grade.label) for grade in GRADES[ladder]]


# What a family tells of credentials of a kind.
GRADE = gettext_noop("%(kind)s, grade")
NUMBER = gettext_noop("%(kind)s, number of")
TOTAL_OF = gettext_noop("%(kind)s, in all")
SINCE = gettext_noop("%(kind)s, held since")
OF_EMPLOYER = gettext_noop("%(kind)s, number the employer holds")


def _words(asked: Asked, tells: str) -> str:
    """Name an attribute of a family: the kind, and what narrows it."""
    kind = CredentialKind(asked["kind"])
    title = gettext(tells)
    narrowed = []
    if "at_least" in asked:
        ladder = KIND_LADDERS.get(kind, Ladder.NONE)
        grade = _grade_label(ladder, int(asked["at_least"]))
        narrowed.append(gettext("%(grade)s or above") % {"grade": grade})
    if "within_months" in asked:
        months = {"months": asked["within_months"]}
        narrowed.append(gettext("got in the last %(months)s months") % months)
    if asked.get("standing") == Standing.EVER:
        narrowed.append(str(Standing.EVER.label))
    named = title % {"kind": kind.label}
    if not narrowed:
        return named
    return gettext("%(attribute)s (%(narrowed)s)") % {
        "attribute": named,
        "narrowed": listed(narrowed),
    }


_label = lazy(_words, str)


KIND = Argument("kind", CredentialKind, is_needed=True)
GRADED = Argument("kind", CredentialKind, is_needed=True, among=tuple(KIND_LADDERS))
COUNTED = Argument("kind", CredentialKind, is_needed=True, among=tuple(KIND_UNITS))
AT_LEAST = Argument("at_least")
WITHIN = Argument("within_months")
STANDING = Argument("standing", Standing)


def _grade_attribute(key: str, asked: Asked) -> Attribute:
    ladder = KIND_LADDERS[CredentialKind(asked["kind"])]
    return Attribute(
        key,
        _label(asked, GRADE),
        AttributeType.INTEGER,
        lambda on: _highest(on, asked),
        shows=lambda grade: _grade_label(ladder, grade),
        choices=_grade_choices(ladder) if ladder in GRADES else None,
        absent_means=Absence.NONE,
        to_record=TO_RECORD,
        recorded_at=PERSON_PAGE,
        turns=_turns(asked, Subject.PERSON),
        passes=_passes(asked, Subject.PERSON),
        gathered=_gathered(asked, Subject.PERSON, Max, "grade"),
    )


def _counting(subject: Subject) -> Callable[[str, Asked], Attribute]:
    def make(key: str, asked: Asked) -> Attribute:
        return Attribute(
            key,
            _label(asked, NUMBER),
            AttributeType.INTEGER,
            lambda on: _count(on, asked, subject),
            turns=_turns(asked, subject),
            passes=_passes(asked, subject),
            gathered=_gathered(asked, subject, Count, "pk", 0),
            subject=subject,
        )

    return make


def _sum_attribute(key: str, asked: Asked) -> Attribute:
    unit = KIND_UNITS[CredentialKind(asked["kind"])]
    return Attribute(
        key,
        _label(asked, TOTAL_OF),
        AttributeType.DECIMAL,
        lambda on: _sum(on, asked),
        unit=unit.label,
        shows=lambda total: grouped(shortest(total)),
        to_record=TO_RECORD,
        recorded_at=PERSON_PAGE,
        turns=_turns(asked, Subject.PERSON),
        passes=_passes(asked, Subject.PERSON),
        gathered=Gathered(
            Credential, "person", lambda on: _total(_counts(on, asked)), 0
        ),
    )


def _since(subject: Subject) -> Callable[[str, Asked], Attribute]:
    def make(key: str, asked: Asked) -> Attribute:
        is_person = subject is Subject.PERSON
        return Attribute(
            key,
            _label(asked, SINCE),
            AttributeType.DATE,
            lambda on: _earliest(on, asked, subject),
            absent_means=Absence.UNKNOWN if asked["kind"] in SHOWN else Absence.NONE,
            to_record=TO_RECORD,
            recorded_at=PERSON_PAGE if is_person else "",
            turns=_turns(asked, subject),
            gathered=_gathered(asked, subject, Min, "valid_from"),
            subject=subject,
        )

    return make


def _employer_count_attribute(key: str, asked: Asked) -> Attribute:
    # Of the employer's credentials only those of the employers the person works for.
    holder = "organisation__employments__person"
    return Attribute(
        key,
        _label(asked, OF_EMPLOYER),
        AttributeType.INTEGER,
        lambda on: _count_of_employer(on, asked),
        through=(JOB,),
        turns=_turns(asked, Subject.ORGANISATION, holder),
    )


def _graded(key: str, label: Text, kind: CredentialKind) -> Attribute:
    asked = {"kind": kind.value}
    return Attribute(
        key,
        label,
        AttributeType.INTEGER,
        lambda on: _highest(on, asked),
        shows=lambda grade: _grade_label(KIND_LADDERS[kind], grade),
        choices=_grade_choices(KIND_LADDERS[kind]),
        absent_means=Absence.NONE,
        to_record=TO_RECORD,
        recorded_at=PERSON_PAGE,
        turns=_turns(asked, Subject.PERSON),
        gathered=_gathered(asked, Subject.PERSON, Max, "grade"),
    )


# Kept elsewhere and only shown to the union: nothing on record says nothing.
SHOWN = {CredentialKind.INSURANCE_RECORD}
CRAFTSMAN = {"kind": CredentialKind.CRAFTSMAN_TITLE.value}

CREDENTIAL_ATTRIBUTES = (
    _graded("skill_grade", _("Skill grade"), CredentialKind.SKILL_CERTIFICATE),
    _graded("craftsman_tier", _("Craftsman tier"), CredentialKind.CRAFTSMAN_TITLE),
    _graded("honour_level", _("Highest honour"), CredentialKind.HONOUR),
    Attribute(
        "holds_craftsman_title",
        _("Holds a craftsman title"),
        AttributeType.BOOLEAN,
        lambda on: Exists(_held(on, CRAFTSMAN, Subject.PERSON)),
        turns=_turns(CRAFTSMAN, Subject.PERSON),
    ),
    AttributeFamily(
        "credential_grade",
        _("Highest grade of a kind of credential"),
        (GRADED, WITHIN, STANDING),
        _grade_attribute,
        _("Such as the skill grade of certificates got in the last 36 months."),
    ),
    AttributeFamily(
        "credential_count",
        _("Number of credentials of a kind"),
        (KIND, AT_LEAST, WITHIN, STANDING),
        _counting(Subject.PERSON),
        _("Such as honours of city level or above in the last 60 months."),
    ),
    AttributeFamily(
        "credential_sum",
        _("Sum of what credentials of a kind speak of"),
        (COUNTED, WITHIN, STANDING),
        _sum_attribute,
        _("Such as hours of volunteer service in the last 12 months."),
    ),
    AttributeFamily(
        "credential_since",
        _("Day since which a kind of credential is held"),
        (KIND, AT_LEAST, STANDING),
        _since(Subject.PERSON),
        _("Of several the earliest, such as the first certificate of all."),
    ),
    AttributeFamily(
        "employer_credential_count",
        _("Number of credentials a person's employer holds"),
        (KIND, AT_LEAST, WITHIN, STANDING),
        _employer_count_attribute,
        _("Such as the rating of the enterprise where somebody works."),
    ),
    AttributeFamily(
        "organisation_credential_since",
        _("Day since which an organisation holds a kind of credential"),
        (KIND, AT_LEAST, STANDING),
        _since(Subject.ORGANISATION),
        _("Of several the earliest, such as the naming of its first studio."),
    ),
    AttributeFamily(
        "organisation_credential_count",
        _("Number of credentials an organisation holds"),
        (KIND, AT_LEAST, WITHIN, STANDING),
        _counting(Subject.ORGANISATION),
        _("Such as an enterprise rating, or studios named in the last 36 months."),
    ),
)

CREDENTIAL_DATES = (DatedRows(Credential),)
