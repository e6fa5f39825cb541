"""What is decided about two records that may be of one person."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.operations.merging import TAKEABLE

FIRST, SECOND, DIFFERENT = "first", "second", "different"

LABELS = {
    "name": _("Which name is right"),
    "phone": _("Which phone is right"),
    "education": _("Which education is right"),
    "employment": _("Where the person works now"),
    "membership": _("Which union the person belongs to now"),
}


class Decision(forms.Form):
    """One person or two; which record stays, and which of two values is right."""

    seen = forms.CharField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Are they one person?"),
        widget=forms.RadioSelect,
        help_text=_(
            "The record that stays keeps its identity number; the other number leads to"
            " it from then on."
        ),
    )

    def __init__(
        self,
        *args: Any,
        numbers: tuple[str, str],
        choices: Mapping[str, tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Ask about one pair.

        numbers: how the two records are called. choices: the two values of each field
        that both have and that differ, as they may be shown.
        """
        super().__init__(*args, **kwargs)
        first, second = numbers
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)  # noqa: S101 -- for the type
        decision.choices = [
            (FIRST, _("One person: keep %(record)s") % {"record": first}),
            (SECOND, _("One person: keep %(record)s") % {"record": second}),
            (DIFFERENT, _("Two different people: do not ask again")),
        ]
        for name in TAKEABLE:
            if name in choices:
                self.fields[name] = forms.ChoiceField(
                    label=LABELS[name],
                    widget=forms.RadioSelect,
                    required=False,
                    help_text=_("If you choose none, that of the record that stays."),
                    choices=list(zip((FIRST, SECOND), choices[name], strict=True)),
                )

    def taken(self, sides: Mapping[str, str]) -> set[str]:
        """Return what the kept record takes from the other; only of a valid form.

        sides: for fields that nobody was asked about, the record that has a value.
        """
        other = SECOND if self.cleaned_data["decision"] == FIRST else FIRST
        chosen = {name: self.cleaned_data.get(name) for name in TAKEABLE}
        return {
            name for name in TAKEABLE if (chosen[name] or sides.get(name, "")) == other
        }
