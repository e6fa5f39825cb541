"""What an act on many matters needs to be told once, for all of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jiangxin.kernel.access.models import Account
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.permissions import HANDLE
from jiangxin.kernel.matters.queries.colleagues import holders_at


class BatchForm(forms.Form):
    """Nothing but the press of the button."""

    def __init__(self, *args: Any, matters: Sequence[Matter], **options: Any) -> None:
        super().__init__(*args, **options)
        self.matters = matters
        self.build()

    def build(self) -> None:
        """Set up the fields that depend on the matters."""


def _shared_start(codes: Sequence[str]) -> str:
    """Return the division that all lie in, as the digits that all codes begin with."""
    lowest, highest = min(codes), max(codes)
    for length, (one, other) in enumerate(zip(lowest, highest, strict=False)):
        if one != other:
            return lowest[:length]
    return lowest


class BatchAssignForm(BatchForm):
    account = forms.ModelChoiceField(
        label=gettext_lazy("Give them to"),
        queryset=Account.objects.none(),
        help_text=gettext_lazy(
            "Colleagues who may handle matters in all these places."
        ),
    )

    def build(self) -> None:
        field: Any = self.fields["account"]
        codes = [one.region_code for one in self.matters]
        field.queryset = holders_at(_shared_start(codes), HANDLE)


class BatchNoteForm(BatchForm):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Seen by the office only."),
    )
