"""Fields that take what people type for a place, an organisation, a person, an occupation.

Thirty thousand regions and thousands of employers do not fit into a list of choices, so
they are typed: a code, or a name when only one is called so. The towns at hand are
offered while typing, by the browser itself.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.ui.forms import DateInput
from jiangxin.kernel.register.classifications import occupation_from_text
from jiangxin.kernel.register.models import Organisation, Person, Region
from jiangxin.kernel.register.queries.lookup import find_organisations
from jiangxin.kernel.register.queries.regions import find_regions, paths_of
from jiangxin.kernel.register.queries.search import people_matching

MOST_NAMED = 5


class RegionField(forms.CharField):
    """Gives a Region. Set `regions` to those that may be chosen."""

    regions: QuerySet[Region] = Region.objects.none()

    def clean(self, value: Any) -> Region | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_regions(text, among=self.regions)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("No region of your place has this code or name."), "unknown"
            )
        paths = paths_of([region.pk for region in found[:MOST_NAMED]])
        named = "; ".join(f"{code} {path}" for code, path in sorted(paths.items()))
        raise ValidationError(
            _("Several regions are called so. Give the code: %(regions)s")
            % {"regions": named},
            "ambiguous",
        )


class PersonField(forms.CharField):
    """Gives the one Person of a whole ID number or phone, among those one may see."""

    people: QuerySet[Person] = Person.objects.none()

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        found = list(people_matching(self.people, text)[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(
            _(
                "Nobody, or more than one, fits. Give the whole identity number; who is"
                " not on record yet is registered first."
            ),
            "unknown",
        )


class OrganisationField(forms.CharField):
    """Gives an Organisation. Set `organisations` to those that may be chosen."""

    organisations: QuerySet[Organisation] = Organisation.objects.none()

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_organisations(text, among=self.organisations)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("No organisation of your place has this code or name."), "unknown"
            )
        named = "; ".join(f"{each.code} {each.name}" for each in found[:MOST_NAMED])
        raise ValidationError(
            _("Several organisations fit. Give the code: %(organisations)s")
            % {"organisations": named},
            "ambiguous",
        )


class OccupationField(forms.CharField):
    """Gives an occupation code, from a code or the name of an occupation."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        code = occupation_from_text(text)
        if code is None:
            raise ValidationError(
                _(
                    "This is no occupation the register knows. Give its code, as 6-18-01-01."
                ),
                "unknown",
            )
        return code


class DayField(forms.DateField):
    """A day, chosen with the browser's own picker."""

    widget = DateInput


def employer_field(*, required: bool = True) -> OrganisationField:
    return OrganisationField(
        label=gettext_lazy("Employer"),
        required=required,
        help_text=gettext_lazy("Its code or credit code, or its name."),
    )


def union_field(*, required: bool = True) -> OrganisationField:
    return OrganisationField(
        label=gettext_lazy("Union"),
        required=required,
        help_text=gettext_lazy("Its code or credit code, or its name."),
    )
