"""Forms of ratings: input into cleaned values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.ratings.declared import DimensionSet
from jiangxin.kernel.ratings.enums import AppealVerdict, Grade
from jiangxin.kernel.ratings.operations.rating import LONGEST_COMMENT, Given

PREFIX = "dimension-"


class RateMatter(forms.Form):
    """Nothing is chosen beforehand, and only the grade has to be given."""

    grade = forms.TypedChoiceField(
        label=_("All in all, how satisfied are you?"),
        choices=Grade.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, asked: DimensionSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked.dimensions:
            self.fields[f"{PREFIX}{one.key}"] = forms.TypedChoiceField(
                label=one.label,
                choices=[("", _("Not answered")), *Grade.choices],
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.fields["comment"] = forms.CharField(
            label=_("In your own words"),
            max_length=LONGEST_COMMENT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Kept sealed. The window you went to does not see it."),
        )

    def given(self) -> Given:
        """Return what was said; only of a valid form."""
        values = self.cleaned_data
        dimensions = {
            name.removeprefix(PREFIX): grade
            for name, grade in values.items()
            if name.startswith(PREFIX) and grade is not None
        }
        return Given(Grade(values["grade"]), dimensions, values["comment"])


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
    )


class CallBack(forms.Form):
    words = _words(_("What the call-back showed"))
    facts = _words(
        _("What the window is told"),
        _(
            "What has to be put right, without the name of whoever rated and without"
            " the number of the matter."
        ),
    )


class PutRight(forms.Form):
    words = _words(_("What was put right"))


class Appeal(forms.Form):
    words = _words(
        _("Why the rating is mistaken or of ill will"),
        _("Somebody else looks into it. Until they decide, the rating counts."),
    )


class DecideAppeal(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=AppealVerdict.choices, widget=forms.RadioSelect
    )
    words = _words(_("Reason, as it was verified"))


class Reply(forms.Form):
    words = _words(
        _("Reply to whoever rated"),
        _("They read it at the address at which they rated."),
    )
