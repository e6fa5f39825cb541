"""What policies read of a person's entry in the register.

Details of an employer are read as they are now, whatever the day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Text
from jiangxin.kernel.policy.attributes.relations import JOB, MEMBERSHIP, PERSON_PAGE
from jiangxin.kernel.policy.enums import AttributeType, Sensitivity
from jiangxin.kernel.policy.registry import Attribute, DatedRows
from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.enums import Scale, Sex
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Person,
    PersonPast,
    Region,
)

BY_ROSTER = _("The union records it with the employer's roster.")

# Occupations are listed one by one; a policy may ask for a whole major group.
MAJOR_GROUPS: dict[str, Text] = {
    "1-": _("Heads of public bodies and enterprises"),
    "2-": _("Professional and technical occupations"),
    "3-": _("Clerical occupations"),
    "4-": _("Commercial and service occupations"),
    "5-": _("Agricultural occupations"),
    "6-": _("Production and manufacturing occupations"),
    "7-": _("Military occupations"),
    "8-": _("Other occupations"),
}


# The classes of GB/T 4754 by their letters.
SECTIONS = "ABCDEFGHIJKLMNOPQRST"


def filled(expression: str | Any) -> NullIf:
    """No text is no value."""
    return NullIf(expression, Value(""))


def _education(on: date) -> Case:
    """As it stood on the day; a later entry says nothing about an earlier day."""
    past = PersonPast.objects.filter(
        person=OuterRef("pk"), valid_from__lte=on, valid_to__gt=on
    )
    return Case(
        When(valid_from__lte=on, then=filled("education")),
        default=Subquery(past.values("education")[:1]),
    )


def _record_turns(person_id: int, on: date) -> Iterable[date]:
    """Details may be entered ahead of the day from which they hold."""
    days = Person.objects.filter(pk=person_id, valid_from__gt=on)
    return days.values_list("valid_from", flat=True)


def _region(_on: date) -> Coalesce:
    """Where the employer is, or else the union."""
    return Coalesce("job__organisation__region_id", "membership__union__region_id")


def _is_there(relation: str) -> Combinable:
    return ExpressionWrapper(
        Q(**{f"{relation}__pk__isnull": False}), output_field=BooleanField()
    )


def scale_name(code: str) -> Text:
    return Scale(code).label if code in Scale else code


def _sex_name(code: str) -> Text:
    return Sex(code).label if code in Sex else code


def _education_name(code: str) -> Text:
    """Name a level, also when only its class, the first digit, is given."""
    return classifications.education_name(code.ljust(2, "0"))


def _education_classes() -> list[tuple[str, Text]]:
    digits = sorted({one.code[0] for one in classifications.education().offered()})
    return [(digit, _education_name(digit)) for digit in digits]


def industry_sections() -> list[tuple[str, Text]]:
    return [(letter, classifications.industry_name(letter)) for letter in SECTIONS]


def _occupation_name(code: str) -> Text:
    return MAJOR_GROUPS.get(code) or classifications.occupation_name(code)


def region_name(code: str) -> Text:
    found = Region.objects.filter(pk=code).values_list("name", flat=True).first()
    return found or code


REGISTER_ATTRIBUTES = (
    Attribute(
        "birth_on",
        _("Date of birth"),
        AttributeType.DATE,
        lambda _on: F("birth_on"),
        sensitivity=Sensitivity.PERSONAL,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "sex",
        _("Sex"),
        AttributeType.CODE,
        lambda _on: NullIf(NullIf("sex", Value(Sex.UNKNOWN)), Value(Sex.UNSTATED)),
        shows=_sex_name,
        choices=lambda: [(Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label)],
        sensitivity=Sensitivity.PERSONAL,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "education",
        _("Education"),
        AttributeType.CODE,
        _education,
        shows=_education_name,
        choices=lambda: [
            (one.code, one.name()) for one in classifications.education().offered()
        ],
        classes=_education_classes,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
        turns=_record_turns,
    ),
    Attribute(
        "is_employed",
        _("Has an employer"),
        AttributeType.BOOLEAN,
        lambda _on: _is_there("job"),
        through=(JOB,),
    ),
    Attribute(
        "occupation",
        _("Occupation"),
        AttributeType.CODE,
        lambda _on: filled("job__occupation"),
        through=(JOB,),
        shows=_occupation_name,
        classes=MAJOR_GROUPS.items,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "region",
        _("Region of work or membership"),
        AttributeType.CODE,
        _region,
        through=(JOB, MEMBERSHIP),
        shows=region_name,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "employer_region",
        _("Employer's region"),
        AttributeType.CODE,
        lambda _on: F("job__organisation__region_id"),
        through=(JOB,),
        shows=region_name,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "employer_industry",
        _("Employer's industry"),
        AttributeType.CODE,
        lambda _on: filled("job__organisation__industry"),
        through=(JOB,),
        shows=classifications.industry_name,
        classes=industry_sections,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "employer_scale",
        _("Employer's size"),
        AttributeType.CODE,
        lambda _on: filled("job__organisation__scale"),
        through=(JOB,),
        shows=scale_name,
        choices=lambda: Scale.choices,
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "employer_is_above_scale",
        _("Employer above designated scale"),
        AttributeType.BOOLEAN,
        lambda _on: F("job__organisation__is_above_scale"),
        through=(JOB,),
        to_record=BY_ROSTER,
        recorded_at=PERSON_PAGE,
    ),
    Attribute(
        "is_union_member",
        _("Union member"),
        AttributeType.BOOLEAN,
        lambda _on: _is_there("membership"),
        through=(MEMBERSHIP,),
    ),
    Attribute(
        "member_since",
        _("Union member since"),
        AttributeType.DATE,
        lambda _on: F("membership__valid_from"),
        through=(MEMBERSHIP,),
    ),
)

REGISTER_DATES = (
    DatedRows(Employment),
    DatedRows(Membership),
    DatedRows(Person, person="pk", ends=""),
    DatedRows(PersonPast),
)
