"""Forms about people's data: input into cleaned values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.privacy.enums import SealedValue, ViewPurpose
from jiangxin.kernel.privacy.operations.showing import LONGEST_NOTE


class ValueShow(forms.Form):
    value = forms.ChoiceField(label=_("What to show"), widget=forms.RadioSelect)
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=[("", _("Choose a purpose")), *ViewPurpose.choices],
    )
    note = forms.CharField(
        label=_("In your words"),
        max_length=LONGEST_NOTE,
        help_text=_("The person reads this. Name no third person."),
    )

    def __init__(self, *args: Any, values: list[SealedValue], **kwargs: Any) -> None:
        """values: those that are on record of the person."""
        super().__init__(*args, **kwargs)
        field = self.fields["value"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(value.value, value.label) for value in values]


class RequestMake(forms.Form):
    """What the worker asks to be deleted.

    A copy is not asked for but taken, a correction asked for value by value elsewhere.
    """

    text = forms.CharField(
        label=_("What should go, and why?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class RequestAnswer(forms.Form):
    is_granted = forms.ChoiceField(
        label=pgettext_lazy("request", "Answer"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Granted: it is done")),
            ("no", pgettext_lazy("request", "Refused")),
        ],
    )
    answer = forms.CharField(
        label=_("What the person is told"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
        help_text=_("A refusal names its ground in law; the person reads it."),
    )
