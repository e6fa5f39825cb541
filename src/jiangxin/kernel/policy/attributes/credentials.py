"""What policies read of the credentials a person holds.

No certificate on record means that there is none to build on, not that one is in doubt:
a person who holds one can have it recorded, and then qualifies.
"""

from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.credentials.enums import (
    GRADES,
    CredentialKind,
    CredentialStatus,
    Ladder,
)
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.enums import Absence, AttributeType
from jiangxin.kernel.policy.registry import Attribute

TO_RECORD = _("A certificate that is shown to the union is recorded there.")


def _in_force(on: date, kind: CredentialKind) -> QuerySet[Credential]:
    return Credential.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        person=OuterRef("pk"),
        kind=kind,
        status=CredentialStatus.VALID,
        valid_from__lte=on,
    )


def _highest(kind: CredentialKind, ladder: Ladder, on: date) -> Subquery:
    held = _in_force(on, kind).filter(ladder=ladder).order_by()
    return Subquery(held.values("person").annotate(top=Max("grade")).values("top"))


def _grade_label(ladder: Ladder, grade: Any) -> Any:
    grades = GRADES[ladder]
    return grades(grade).label if grade in grades else grade


CREDENTIAL_ATTRIBUTES = (
    Attribute(
        "skill_grade",
        _("Skill grade"),
        AttributeType.INTEGER,
        lambda on: _highest(CredentialKind.SKILL_CERTIFICATE, Ladder.SKILL, on),
        shows=lambda grade: _grade_label(Ladder.SKILL, grade),
        absent_means=Absence.NONE,
        to_record=TO_RECORD,
    ),
    Attribute(
        "craftsman_tier",
        _("Craftsman tier"),
        AttributeType.INTEGER,
        lambda on: _highest(CredentialKind.CRAFTSMAN_TITLE, Ladder.CRAFTSMAN, on),
        shows=lambda tier: _grade_label(Ladder.CRAFTSMAN, tier),
        absent_means=Absence.NONE,
        to_record=TO_RECORD,
    ),
    Attribute(
        "honour_level",
        _("Highest honour"),
        AttributeType.INTEGER,
        lambda on: _highest(CredentialKind.HONOUR, Ladder.HONOUR, on),
        shows=lambda level: _grade_label(Ladder.HONOUR, level),
        absent_means=Absence.NONE,
        to_record=TO_RECORD,
    ),
    Attribute(
        "holds_craftsman_title",
        _("Holds a craftsman title"),
        AttributeType.BOOLEAN,
        lambda on: Exists(_in_force(on, CredentialKind.CRAFTSMAN_TITLE)),
    ),
)
