"""Forms of the roster pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.roster.columns import RosterColumn


class RosterUpload(forms.Form):
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("The organisation's code or full name: whose roster this is."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A workbook (.xlsx) or .csv file with headings, up to 60 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    effective_on = forms.DateField(
        label=_("True as of"),
        help_text=_("The day the roster describes; usually today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = organisations
        # Few enough to choose from, or too many and typed.
        few = list(organisations[:_FEW])
        if 0 < len(few) < _FEW:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("Organisation"),
                choices=[(one.code, one.name) for one in few],
            )

    def clean_organisation(self) -> Organisation:
        said = self.cleaned_data["organisation"].strip()
        for field in ("code", "credit_code", "name"):
            found = self._organisations.filter(**{field: said})[:2]
            if len(found) == 1:
                return found[0]
        raise forms.ValidationError(
            _("No such organisation, or several of this name. Give its code.")
        )


_FEW = 30


class RosterColumns(forms.Form):
    """Which heading of the file means which column."""

    def __init__(
        self,
        *args: Any,
        columns: Iterable[RosterColumn],
        headings: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not in the file")), *((h, h) for h in headings if h)]
        for column in columns:
            self.fields[column.key] = forms.ChoiceField(
                label=column.title, choices=choices, required=column.is_required
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [heading for heading in cleaned.values() if heading]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(
                _("One heading was chosen for two columns. Choose each once.")
            )
        return {key: heading for key, heading in cleaned.items() if heading}
