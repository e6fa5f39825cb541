"""The application form of a service, made from its declaration."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.foundation.ui.forms import DateInput
from jiangxin.kernel.matters.enums import FieldKind
from jiangxin.kernel.matters.rules.answers import LINE, TEXT, Fault
from jiangxin.kernel.matters.rules.service import FormField
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.register.enums import UNIONS
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.queries.lookup import find_organisations

SENTENCES = {
    Fault.MISSING: _("Fill this in."),
    Fault.TOO_LONG: _("This is too long."),
    Fault.NOT_A_DATE: _("Give a day, as 2026-01-31."),
    Fault.NOT_A_NUMBER: _("Give a whole number."),
    Fault.NOT_IN_LIST: _("Choose one of the list."),
    Fault.NOT_A_PHONE: _("This is no mobile phone number of 11 digits."),
    Fault.NOT_A_CREDIT_CODE: _(
        "This is no unified social credit code: 18 characters, the last of which checks"
        " the others."
    ),
    Fault.NOT_CONFIRMED: _("This has to be confirmed by a tick."),
}
YES = "yes"


class UnionField(forms.CharField):
    """A union's code, from its code or from a name that only one has.

    What fits none or several is kept as it was typed; the office settles it.
    """

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        unions = Organisation.objects.filter(kind__in=[str(one) for one in UNIONS])
        found = find_organisations(text, among=unions) if text else []
        return found[0].code if len(found) == 1 else text


class TickField(forms.BooleanField):
    def clean(self, value: Any) -> str:
        return YES if super().clean(value) else ""


class ApplicationForm(forms.Form):
    """Takes anything: a draft is kept as it is typed, and checked when it is submitted.

    wanted: the fields that are asked for; what the register knows is not among them.
    """

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, wanted: Sequence[FormField], **options: Any) -> None:
        super().__init__(*args, **options)
        self.wanted = wanted
        for one in wanted:
            self.fields[one.key] = _field(one)

    def answers(self) -> dict[str, str]:
        """Return what was typed as it is stored, whether right or wrong."""
        self.is_valid()
        given = {}
        for one in self.wanted:
            value = self.cleaned_data.get(one.key)
            if value is None:
                value = self.data.get(self.add_prefix(one.key), "")
            given[one.key] = str(value)
        return given

    def show_faults(self, faults: Mapping[str, Fault]) -> None:
        for key, fault in faults.items():
            self.add_error(key if key in self.fields else None, SENTENCES[fault])


class ContactForm(forms.Form):
    """Whom the office calls."""

    contact_name = forms.CharField(label=_("Contact"), max_length=64)
    contact_phone = forms.CharField(label=_("Contact phone"), max_length=32)


def _field(one: FormField) -> forms.Field:
    options: dict[str, Any] = {
        "label": say(one.label),
        "required": False,
        "help_text": say(one.help) if one.help else "",
    }
    return _kind(one, options)


def _kind(one: FormField, options: dict[str, Any]) -> forms.Field:
    kind = one.kind
    if kind is FieldKind.LONG_TEXT:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(max_length=TEXT, widget=area, **options)
    if kind is FieldKind.DATE:
        return forms.CharField(max_length=LINE, widget=DateInput(), **options)
    if kind is FieldKind.CHOICE:
        none = ("", pgettext_lazy("choice", "Choose"))
        choices = [none, *[(each.key, say(each.label)) for each in one.choices]]
        return forms.ChoiceField(choices=choices, **options)
    if kind is FieldKind.CONFIRMATION:
        return TickField(**options)
    if kind is FieldKind.UNION:
        return UnionField(max_length=LINE, **options)
    mode = "numeric" if kind in {FieldKind.WHOLE_NUMBER, FieldKind.PHONE} else "text"
    line = forms.TextInput(attrs={"inputmode": mode})
    return forms.CharField(max_length=LINE, widget=line, **options)
