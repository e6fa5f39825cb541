"""Fields for the values of attributes: a list where there is one, else by type."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.kernel.policy.enums import Absence, AttributeType, Comparison
from jiangxin.kernel.policy.registry import Attribute
from jiangxin.kernel.policy.rules.reading_conditions import PLAIN_CODE
from jiangxin.kernel.policy.rules.vocabulary import LENGTHS, MEANINGS, Shape
from jiangxin.kernel.register.forms.fields import DayField
from jiangxin.kernel.register.models import Region
from jiangxin.kernel.register.queries.regions import find_regions

REGION_KEYS = ("region", "employer_region", "organisation_region")
BY_CLASS = (Comparison.STARTS_WITH_ONE_OF, Comparison.STARTS_WITH_NONE_OF)
SEPARATORS = re.compile(r"[,，、;；\s]+")
NUMBERS = (AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.MONEY)
LENGTH_LABELS = {
    Shape.YEARS: gettext_lazy("Years"),
    Shape.MONTHS: gettext_lazy("Months"),
    Shape.DAYS: gettext_lazy("Days"),
}


class RegionCodeField(forms.CharField):
    """Gives the code of a region that was typed by its code or its name."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return region_code(text) if text else ""


class CodesField(forms.CharField):
    """Gives a list of codes that were typed one after another."""

    def clean(self, value: Any) -> list[str]:
        codes = [one for one in SEPARATORS.split(super().clean(value)) if one]
        for code in codes:
            if not PLAIN_CODE.fullmatch(code):
                raise ValidationError(_("“%(code)s” is no code.") % {"code": code})
        return list(dict.fromkeys(codes))


class RegionCodesField(forms.CharField):
    """Gives the codes of several regions."""

    def clean(self, value: Any) -> list[str]:
        texts = [one for one in SEPARATORS.split(super().clean(value)) if one]
        return list(dict.fromkeys(region_code(text) for text in texts))


def region_code(text: str) -> str:
    """Raises ValidationError when the text names none, or several."""
    found = find_regions(text, among=Region.objects.all())
    if len(found) == 1:
        return str(found[0].pk)
    sentence = (
        _("“%(text)s” names several regions. Give the code.")
        if found
        else _("No region has the code or name “%(text)s”.")
    )
    raise ValidationError(sentence % {"text": text})


def one_value(one: Attribute, *, required: bool = True) -> forms.Field:
    """A field for one value of an attribute."""
    given: dict[str, Any] = {"label": one.label, "required": required}
    choices = _choices(one)
    if choices:
        empty = [("", _("Not on record") if not required else "")]
        return forms.ChoiceField(choices=[*empty, *choices], **given)
    match one.type:
        case AttributeType.DATE:
            return DayField(**given)
        case AttributeType.INTEGER:
            return forms.IntegerField(**given)
        case AttributeType.DECIMAL:
            return forms.DecimalField(**given)
        case AttributeType.MONEY:
            return forms.DecimalField(decimal_places=2, min_value=0, **given)
    return _typed(one, given)


def _typed(one: Attribute, given: dict[str, Any]) -> forms.Field:
    if one.key in REGION_KEYS:
        hint = gettext_lazy("The name of a region, or its code.")
        return RegionCodeField(help_text=hint, **given)
    return forms.CharField(max_length=64, **given)


def _choices(one: Attribute) -> Sequence[tuple[str, str]]:
    if one.type is AttributeType.BOOLEAN:
        return [("true", _("yes")), ("false", _("no"))]
    if one.choices is None:
        return []
    return [(str(value), str(label)) for value, label in one.choices()]


def many_values(one: Attribute, comparison: Comparison) -> forms.Field:
    """A field for several values, or for several classes of codes."""
    offered = one.classes if comparison in BY_CLASS else one.choices
    if offered:
        return forms.MultipleChoiceField(
            label=str(one.label),
            choices=[(str(value), str(label)) for value, label in offered()],
            widget=forms.CheckboxSelectMultiple,
        )
    if one.key in REGION_KEYS:
        hint = gettext_lazy("Names or codes of regions, with commas between them.")
        return RegionCodesField(label=str(one.label), help_text=hint)
    hint = gettext_lazy("Codes, with commas between them.")
    return CodesField(label=str(one.label), help_text=hint)


def limit_fields(one: Attribute, comparison: Comparison) -> dict[str, forms.Field]:
    """The fields for what a comparison asks for; none when there is nothing to ask."""
    shape = MEANINGS[comparison].shape
    if shape is Shape.TRUE:
        return {}
    if shape in LENGTHS:
        return {
            "value": forms.IntegerField(
                label=LENGTH_LABELS[shape], min_value=0, max_value=LENGTHS[shape]
            )
        }
    if shape is Shape.MANY:
        return {"values": many_values(one, comparison)}
    if shape is Shape.PAIR:
        low, high = one_value(one), one_value(one)
        low.label, high.label = gettext_lazy("From"), gettext_lazy("To, included")
        return {"low": low, "high": high}
    return {"value": one_value(one)}


def takes_parameter(one: Attribute, comparison: Comparison) -> bool:
    shape = MEANINGS[comparison].shape
    return shape in LENGTHS or (shape is Shape.ONE and one.type in NUMBERS)


def comparisons_for(one: Attribute) -> list[Comparison]:
    """The comparisons that fit an attribute, the most usual first."""
    return [
        comparison
        for comparison, meaning in MEANINGS.items()
        if one.type in meaning.types
        and not (meaning.is_negated and one.absent_means is Absence.NONE)
    ]
