"""What is typed in about certificates: numbers, papers, reasons, questions."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ui.forms import DateInput
from jiangxin.kernel.register.forms.fields import OrganisationField
from jiangxin.programmes.service_window.enums import CertificateKind
from jiangxin.programmes.service_window.operations.numbering import NumberFacts

# At which field a refusal is shown.
FIELDS = {
    "service_window.number_taken": "number",
    "service_window.days_wrong": "valid_to",
    "service_window.credit_code_wrong": "credit_code",
    "service_window.credit_code_needed": "credit_code",
    "service_window.credit_code_differs": "credit_code",
    "service_window.certificate_there": "union",
}


class NumberForm(forms.Form):
    """As the national system gave it back."""

    number = forms.CharField(label=_("Certificate number"), max_length=64)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        required=False,
        help_text=_("Leave it empty when the register has it already."),
    )
    issued_on = forms.DateField(label=_("Issued on"), widget=DateInput())
    valid_from = forms.DateField(label=_("Valid from"), widget=DateInput())
    valid_to = forms.DateField(
        label=_("Valid to"),
        widget=DateInput(),
        help_text=_("The last day of the term."),
    )

    def facts(self) -> NumberFacts:
        """Return them, once the form is valid."""
        given: dict[str, Any] = self.cleaned_data
        names = ("number", "issued_on", "valid_from", "valid_to", "credit_code")
        return NumberFacts(**{name: given[name] for name in names})


class CertificateForm(NumberForm):
    """A certificate that a union already has, from its paper."""

    union = OrganisationField(
        label=_("Union"), help_text=_("Its code or credit code, or its name.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=CertificateKind.choices)
    legal_representative = forms.CharField(
        label=_("Legal representative"), max_length=64
    )
    domicile = forms.CharField(label=_("Domicile"), max_length=200)
    authority = forms.CharField(label=_("Registration authority"), max_length=128)
    approval_number = forms.CharField(
        label=_("Number of the approval"), max_length=64, required=False
    )

    field_order = ("union", "kind")


class PrintForm(forms.Form):
    """copies: how many there were when the page was shown."""

    copies = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why it is printed again"),
        max_length=200,
        required=False,
    )


class RenewForm(forms.Form):
    """token: the page's own number, so that sent twice it begins once."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CheckForm(forms.Form):
    """Anyone asks how a certificate stands."""

    number = forms.CharField(
        label=_("Certificate number or unified social credit code"), max_length=64
    )
