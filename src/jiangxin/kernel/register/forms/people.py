"""Forms of people and what ties them: input into cleaned values."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.classifications import education
from jiangxin.kernel.register.enums import UNIONS
from jiangxin.kernel.register.forms.fields import (
    DayField,
    OccupationField,
    OrganisationField,
    employer_field,
    union_field,
)
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.operations.people import PersonFacts


def education_choices() -> Sequence[tuple[str, str]]:
    offered = education().offered()
    return [("", str(_("Not known"))), *((each.code, each.name()) for each in offered)]


class TiedForm(forms.Form):
    """A form with fields for an employer or a union."""

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        """organisations: those that the actor may choose."""
        super().__init__(*args, **kwargs)
        is_open = organisations.filter(closed_on__isnull=True)
        for name, field in self.fields.items():
            if isinstance(field, OrganisationField):
                among = is_open.filter(kind__in=UNIONS) if name == "union" else is_open
                field.organisations = among


class Confirmation(forms.Form):
    """Nothing to fill in: sending it says yes."""

    sure = forms.BooleanField(label=_("Yes, I have looked at both."))


class PersonNew(TiedForm):
    name = forms.CharField(label=_("Name"), max_length=64)
    id_number = forms.CharField(
        label=_("Identity number"),
        help_text=_("Sex and date of birth are read from it."),
    )
    phone = forms.CharField(label=_("Mobile phone"), required=False)
    education = forms.ChoiceField(
        label=_("Education"), required=False, choices=education_choices
    )
    employer = employer_field(required=False)
    occupation = OccupationField(label=_("Occupation"), required=False)
    post = forms.CharField(label=_("Post"), max_length=64, required=False)
    union = union_field(required=False)
    effective_on = DayField(
        label=_("True from"), help_text=_("The first day on which it is so.")
    )

    def facts(self) -> PersonFacts:
        """Return what was typed; only of a valid form."""
        given = self.cleaned_data
        return PersonFacts(given["name"], given["phone"], given["education"])


class PersonChange(forms.Form):
    """What may change about a person. The phone is never shown whole, so empty keeps it."""

    name = forms.CharField(label=_("Name"), max_length=64)
    phone = forms.CharField(
        label=_("Mobile phone"),
        required=False,
        help_text=_("Leave it empty to keep the one that is known."),
    )
    education = forms.ChoiceField(
        label=_("Education"), required=False, choices=education_choices
    )
    effective_on = DayField(
        label=_("True from"), help_text=_("The first day on which it is so.")
    )


class EmploymentStart(TiedForm):
    employer = employer_field()
    occupation = OccupationField(label=_("Occupation"), required=False)
    post = forms.CharField(label=_("Post"), max_length=64, required=False)
    valid_from = DayField(
        label=_("Since"), help_text=_("An earlier employment ends on this day.")
    )


class PersonTakeOn(EmploymentStart):
    name = forms.CharField(label=_("Name"), max_length=64)
    id_number = forms.CharField(label=_("Identity number"))

    field_order = ("name", "id_number", "employer")


class UnionJoin(TiedForm):
    union = union_field()
    valid_from = DayField(
        label=_("Since"), help_text=_("An earlier membership ends on this day.")
    )
