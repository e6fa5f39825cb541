"""Forms of the counter: input into cleaned values."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ui.forms import DateInput
from jiangxin.kernel.counter.models import Hall
from jiangxin.kernel.matters.registry import services
from jiangxin.kernel.matters.rules.service import Service


class TimeInput(forms.TimeInput):
    input_type = "time"


def title_of(one: Service) -> str:
    """Return a service's name in the reader's language."""
    is_english = (get_language() or "").startswith("en")
    return one.title.en if is_english else one.title.zh_hans


def choices_of(hall: Hall) -> list[tuple[str, str]]:
    """Return the services that a window of the hall handles."""
    windows = list(hall.windows.filter(is_open=True))
    return [
        (one.code, title_of(one))
        for one in services()
        if any(window.handles(one.code) for window in windows)
    ]


class PhoneField(forms.CharField):
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return check_phone(text).number
        except IdProblem as problem:
            raise forms.ValidationError(problem.message) from problem


class BookSlot(forms.Form):
    slot = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your name"), max_length=40)
    phone = PhoneField(
        label=_("Mobile phone"),
        max_length=20,
        help_text=_("Deleted thirty days after the day you booked."),
    )


class AskQuestion(forms.Form):
    service = forms.ChoiceField(label=_("About which service"), required=False)
    text = forms.CharField(
        label=_("Your question"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Write no identity numbers. You read the answer on a page of your own."
        ),
    )
    name = forms.CharField(label=_("Your name"), max_length=40, required=False)
    phone = PhoneField(
        label=_("Mobile phone"),
        max_length=20,
        required=False,
        help_text=_(
            "Only if you want to be called. Deleted thirty days after the answer."
        ),
    )

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Something else")), *choices_of(hall)]


def _text(label: Any, rows: int = 5, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=2_000, widget=widget, **more)


class AnswerQuestion(forms.Form):
    answer = _text(_("Answer"))


class PublishQuestion(forms.Form):
    question = forms.CharField(
        label=_("Question, in words for everybody"),
        max_length=300,
        help_text=_(
            "Without names, places of work or anything else about whoever asked."
        ),
    )
    answer = _text(_("Answer, in words for everybody"))


class EndServing(forms.Form):
    matter_number = forms.CharField(
        label=_("Number of the matter that was handled"), max_length=32, required=False
    )


class KeepHall(forms.Form):
    region_code = forms.CharField(
        label=_("Division code"),
        max_length=12,
        help_text=_("Of the county or town it serves, as in 330726."),
    )
    name = forms.CharField(label=_("Name of the hall"), max_length=100)
    place = forms.CharField(label=_("Address"), max_length=200, required=False)
    hours = forms.CharField(
        label=_("Opening hours"),
        max_length=200,
        required=False,
        help_text=_("As people read them. Which times can be booked is set a window."),
    )
    telephone = forms.CharField(
        label=_("Telephone of the hall"), max_length=40, required=False
    )
    is_open = forms.BooleanField(label=_("In use"), required=False, initial=True)


class KeepWindow(forms.Form):
    number = forms.IntegerField(label=_("Window"), min_value=1, max_value=99)
    name = forms.CharField(label=_("What it is for"), max_length=60, required=False)
    services = forms.MultipleChoiceField(
        label=_("Services"),
        required=False,
        choices=lambda: [(one.code, title_of(one)) for one in services()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    is_open = forms.BooleanField(label=_("In use"), required=False, initial=True)


class AddPlan(forms.Form):
    starts = forms.TimeField(label=_("From"), widget=TimeInput)
    ends = forms.TimeField(label=_("Until"), widget=TimeInput)
    minutes = forms.IntegerField(label=_("Minutes a slot"), min_value=5, max_value=240)
    capacity = forms.IntegerField(label=_("People a slot"), min_value=1, max_value=50)
    valid_from = forms.DateField(label=_("In force from"), widget=DateInput)
    valid_to = forms.DateField(
        label=_("In force until"), widget=DateInput, required=False
    )
