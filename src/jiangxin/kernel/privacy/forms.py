"""Forms about people's data: input into cleaned values."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.privacy.enums import RequestKind, SealedValue, ViewPurpose
from jiangxin.kernel.privacy.operations.showing import LONGEST_NOTE
from jiangxin.kernel.register.forms.fields import PersonField
from jiangxin.kernel.register.models import Person


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


class RequestRecord(forms.Form):
    """What somebody asks who stands at the counter."""

    person = PersonField(
        label=_("Person"), help_text=_("Identity number or mobile phone, or the name.")
    )
    kind = forms.ChoiceField(
        label=_("Kind of request"),
        choices=[
            (RequestKind.COPY, _("Copy of their data")),
            (RequestKind.CORRECTION, RequestKind.CORRECTION.label),
            (RequestKind.DELETION, RequestKind.DELETION.label),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("The request, in their words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text=_("Which data, and why. Read it to them before you record it."),
    )
    by_agent = forms.BooleanField(
        label=_("Somebody else came, with the person's written word"), required=False
    )
    agent = forms.CharField(label=_("Name of who came"), max_length=64, required=False)
    has_seen = forms.BooleanField(
        label=_(
            "I have seen the identity document, and the written word if there is one"
        ),
        required=False,
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        """people: among whom the clerk may look."""
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, PersonField):
            field.people = people


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
