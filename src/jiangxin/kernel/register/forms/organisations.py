"""Forms of organisations and sites: input into cleaned values."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.register.classifications import industries
from jiangxin.kernel.register.enums import (
    UNIONS,
    OrganisationKind,
    Ownership,
    Scale,
    SiteKind,
)
from jiangxin.kernel.register.forms.fields import (
    DayField,
    OrganisationField,
    RegionField,
)
from jiangxin.kernel.register.models import Organisation, Region
from jiangxin.kernel.register.operations.organisations import OrganisationFacts

NOT_KNOWN = ("", _("Not known"))


def industry_choices() -> Sequence[tuple[str, str]]:
    offered = industries().offered()
    return [("", str(NOT_KNOWN[1])), *((each.code, each.name()) for each in offered)]


class OrganisationChange(forms.Form):
    """All that may change about an organisation."""

    name = forms.CharField(label=pgettext_lazy("of no person", "Name"), max_length=128)
    region = RegionField(
        label=_("Region"), help_text=_("The code or name of a town or county.")
    )
    industry = forms.ChoiceField(
        label=_("Industry"), required=False, choices=industry_choices
    )
    scale = forms.ChoiceField(
        label=_("Scale"), required=False, choices=[NOT_KNOWN, *Scale.choices]
    )
    is_above_scale = forms.BooleanField(
        label=_("Above designated scale"), required=False
    )
    ownership = forms.ChoiceField(
        label=_("Ownership"), required=False, choices=[NOT_KNOWN, *Ownership.choices]
    )
    upper = OrganisationField(
        label=_("Next higher union"),
        required=False,
        help_text=_("Of a union: its code or name."),
    )
    employer = OrganisationField(
        label=_("Employer the union belongs to"),
        required=False,
        help_text=_("Of a grassroots union: its code or name."),
    )
    effective_on = DayField(
        label=_("True from"), help_text=_("The first day on which it is so.")
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        regions: QuerySet[Region],
        **kwargs: Any,
    ) -> None:
        """organisations, regions: those that the actor may choose."""
        super().__init__(*args, **kwargs)
        is_open = organisations.filter(closed_on__isnull=True)
        self._let("region", regions)
        self._let("upper", is_open.filter(kind__in=UNIONS))
        self._let("employer", is_open.exclude(kind__in=UNIONS))

    def _let(self, name: str, among: QuerySet[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, RegionField):
            field.regions = among
        elif isinstance(field, OrganisationField):
            field.organisations = among

    def facts(self) -> OrganisationFacts:
        """Return what was typed; only of a valid form."""
        given = self.cleaned_data
        return OrganisationFacts(
            name=given["name"],
            region_code=given["region"].pk,
            industry=given["industry"],
            scale=given["scale"],
            is_above_scale=given["is_above_scale"],
            ownership=given["ownership"],
            upper_id=given["upper"].pk if given["upper"] else None,
            employer_id=given["employer"].pk if given["employer"] else None,
        )


class OrganisationNew(OrganisationChange):
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    credit_code = forms.CharField(label=_("Unified social credit code"), required=False)
    code = forms.CharField(
        label=_("Organisation code"),
        required=False,
        help_text=_("Leave it empty to use the credit code."),
    )

    field_order = ("kind", "name", "credit_code", "code")


class SiteOpen(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteKind.choices)
    name = forms.CharField(label=pgettext_lazy("of no person", "Name"), max_length=128)
    region = RegionField(
        label=_("Region"), help_text=_("The code or name of a town or county.")
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    valid_from = DayField(label=_("Since"))

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        if isinstance(field, RegionField):
            field.regions = regions


class LastDay(forms.Form):
    """The day from which something is no longer so."""

    valid_to = DayField(
        label=_("Ended on"), help_text=_("The first day on which it is no longer so.")
    )
