"""Taking an application back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Withdraw(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
