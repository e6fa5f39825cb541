"""The form of a decision by what a policy says of a person."""

from django import forms
from django.utils.translation import gettext_lazy

from jiangxin.kernel.policy.enums import Decision


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "It stands on the decision and is kept for good; name nobody else."
        ),
    )
