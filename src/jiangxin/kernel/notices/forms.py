"""Forms of notices: input into cleaned values."""

from collections.abc import Sequence
from typing import Any

from django import forms

from jiangxin.kernel.notices.queries.choices import Option


class Choices(forms.Form):
    """One box for each thing that a person may choose to be told."""

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in options:
            self.fields[one.name] = forms.BooleanField(
                label=str(one.label),
                help_text=str(one.description),
                initial=one.is_wanted,
                required=False,
            )
