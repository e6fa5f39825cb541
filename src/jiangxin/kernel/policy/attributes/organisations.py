"""What policies about organisations read of one."""

from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.policy.attributes.register import (
    filled,
    industry_sections,
    region_name,
    scale_name,
)
from jiangxin.kernel.policy.attributes.relations import in_force
from jiangxin.kernel.policy.enums import AttributeType, Subject
from jiangxin.kernel.policy.registry import Attribute
from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.enums import OrganisationKind, Ownership, Scale
from jiangxin.kernel.register.models import Employment


def _employees(on: date) -> Coalesce:
    held = Employment.objects.filter(in_force("", on), organisation=OuterRef("pk"))
    counted = held.order_by().values("organisation").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0, output_field=IntegerField())


def _members(on: date) -> Coalesce:
    held = Employment.objects.filter(
        in_force("", on),
        in_force("person__memberships__", on),
        organisation=OuterRef("pk"),
        person__memberships__isnull=False,
    )
    counted = held.order_by().values("organisation")
    number = counted.annotate(number=Count("person", distinct=True))
    return Coalesce(Subquery(number.values("number")), 0, output_field=IntegerField())


ORGANISATION_ATTRIBUTES = (
    Attribute(
        "organisation_region",
        _("Organisation's region"),
        AttributeType.CODE,
        lambda _on: F("region_id"),
        shows=region_name,
        subject=Subject.ORGANISATION,
    ),
    Attribute(
        "organisation_kind",
        _("Kind of organisation"),
        AttributeType.CODE,
        lambda _on: F("kind"),
        shows=lambda kind: OrganisationKind(kind).label,
        subject=Subject.ORGANISATION,
    ),
    Attribute(
        "organisation_industry",
        _("Organisation's industry"),
        AttributeType.CODE,
        lambda _on: filled("industry"),
        shows=classifications.industry_name,
        classes=industry_sections,
        subject=Subject.ORGANISATION,
    ),
    Attribute(
        "organisation_scale",
        _("Organisation's size"),
        AttributeType.CODE,
        lambda _on: filled("scale"),
        shows=scale_name,
        choices=lambda: Scale.choices,
        subject=Subject.ORGANISATION,
    ),
    Attribute(
        "organisation_ownership",
        _("Organisation's ownership"),
        AttributeType.CODE,
        lambda _on: filled("ownership"),
        shows=lambda code: Ownership(code).label if code in Ownership else code,
        subject=Subject.ORGANISATION,
    ),
    Attribute(
        "organisation_is_above_scale",
        _("Above designated scale"),
        AttributeType.BOOLEAN,
        lambda _on: F("is_above_scale"),
        subject=Subject.ORGANISATION,
    ),
    Attribute(
        "organisation_employees",
        _("People it employs"),
        AttributeType.INTEGER,
        _employees,
        unit=_("people"),
        subject=Subject.ORGANISATION,
    ),
    Attribute(
        "organisation_members",
        _("Union members among them"),
        AttributeType.INTEGER,
        _members,
        unit=_("people"),
        subject=Subject.ORGANISATION,
    ),
)
