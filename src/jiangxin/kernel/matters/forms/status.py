"""Asking where a matter stands, without an account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StatusAsk(forms.Form):
    number = forms.CharField(label=_("Matter number"), max_length=32)
    code = forms.CharField(
        label=_("Inquiry code"),
        max_length=8,
        help_text=_("Six digits, on the receipt and in the portal."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
