"""Forms of corrections: input into cleaned values."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.corrections.enums import IN_WORDS, CorrectedField, Verdict
from jiangxin.kernel.corrections.models import CorrectionValue
from jiangxin.kernel.corrections.operations.asking import Asked
from jiangxin.kernel.register.forms.fields import DayField, OccupationField
from jiangxin.kernel.register.forms.people import education_choices

WRITTEN = [field for field in CorrectedField if field not in IN_WORDS]


class Papers(forms.ClearableFileInput):
    """Several files at once; on a phone, pictures from its camera."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Gives a list of uploaded files."""

    widget = Papers(attrs={"accept": ".jpg,.jpeg,.png,.pdf"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(PapersField, self).clean(one, initial) for one in given if one]


class CorrectionAsk(forms.Form):
    """Blank fields stay as they are on record."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(label=_("Name"), max_length=64, required=False)
    phone = forms.CharField(label=_("Mobile phone"), max_length=32, required=False)
    education = forms.ChoiceField(
        label=_("Education"), choices=education_choices, required=False
    )
    occupation = OccupationField(label=_("Occupation"), required=False)
    post = forms.CharField(label=_("Post"), max_length=64, required=False)
    bank_account = forms.CharField(
        label=_("Bank account"), max_length=32, required=False
    )
    employer = forms.CharField(
        label=_("Where I work"),
        max_length=128,
        required=False,
        help_text=_("If an employer is missing or wrong: its full name."),
    )
    employed_since = DayField(label=_("There since"), required=False)
    union = forms.CharField(
        label=_("My union"),
        max_length=200,
        required=False,
        help_text=_("If your membership is missing or wrong: which union, since when."),
    )
    credential = forms.CharField(
        label=_("Certificate or honour"),
        max_length=200,
        required=False,
        help_text=_("If one is missing or wrong: its title and who issued it."),
    )
    credential_number = forms.CharField(
        label=_("Its number"), max_length=64, required=False
    )
    credential_on = DayField(label=_("Issued on"), required=False)
    other = forms.CharField(
        label=_("Something else is wrong"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label=_("What your union should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    papers = PapersField(
        label=_("Papers that show what is right"),
        required=False,
        help_text=_("Up to 3 pictures (JPEG, PNG) or PDF files, of up to 5 MB each."),
    )

    def asked(self) -> Asked:
        """Return what was asked for; only of a valid form."""
        given = self.cleaned_data
        values = {field.value: given[field.value] for field in WRITTEN}
        values[CorrectedField.EMPLOYMENT] = _words(given, "employer", "employed_since")
        values[CorrectedField.MEMBERSHIP] = given["union"]
        values[CorrectedField.CREDENTIAL] = _words(
            given, "credential", "credential_number", "credential_on"
        )
        values[CorrectedField.OTHER] = given["other"]
        return Asked(
            values=values,
            token=given["token"],
            note=given["note"],
            papers=[paper.read() for paper in given["papers"]],
        )


def _words(given: Mapping[str, Any], *names: str) -> str:
    """Put what belongs together into one line, days as ISO writes them."""
    return " · ".join(str(given[name]) for name in names if given[name])


class CorrectionDecide(forms.Form):
    """A verdict and a reason for each value; made for the values of one correction."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, values: Iterable[CorrectionValue], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = [value.field for value in values]
        for name in self.names:
            label = CorrectedField(name).label
            self.fields[f"{name}_verdict"] = forms.ChoiceField(
                label=label,
                widget=forms.RadioSelect,
                choices=[
                    (Verdict.APPROVED.value, _approval(name)),
                    (Verdict.REFUSED.value, pgettext_lazy("to do", "Refuse")),
                ],
            )
            self.fields[f"{name}_reason"] = forms.CharField(
                label=_("Reason, which the person reads"),
                max_length=500,
                required=False,
            )

    def given(self, part: str) -> dict[str, str]:
        """Return "verdict" or "reason" by field."""
        return {name: self.cleaned_data[f"{name}_{part}"] for name in self.names}


def _approval(name: str) -> Any:
    if name in IN_WORDS:
        return _("Approve: I have recorded it")
    return _("Approve: it is written to the record")


class OwnAccount(forms.Form):
    number = forms.CharField(
        label=_("Bank account"),
        max_length=32,
        help_text=_("The 12 to 19 digits of a card or account in your own name."),
    )
    agrees = forms.BooleanField(
        label=_("I agree that my union keeps this account, to pay me only.")
    )


class AccountRecord(forms.Form):
    number = forms.CharField(
        label=_("Bank account"),
        max_length=32,
        help_text=_("As it stands on the card or passbook that you saw."),
    )
