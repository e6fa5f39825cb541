"""The files of an application: a field for each material that is open."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from jiangxin.foundation.uploads.forms import UploadField, UploadInput
from jiangxin.foundation.uploads.models import Upload
from jiangxin.kernel.matters.operations.materials import MATERIAL_FILE, MOST_FILES
from jiangxin.kernel.matters.rules.service import Material
from jiangxin.kernel.policy.registry.wording import say


def field_of(key: str) -> str:
    return f"file-{key}"


class MaterialsForm(forms.Form):
    """wanted: the materials that are open to be changed."""

    def __init__(
        self, *args: Any, wanted: Sequence[Material] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.wanted = [one.key for one in wanted]
        for one in wanted:
            label = _("Choose files for %(label)s") % {"label": say(one.label)}
            self.fields[field_of(one.key)] = UploadField(
                kind=MATERIAL_FILE.key, most=MOST_FILES, required=False, label=label
            )

    def chosen(self) -> Iterator[tuple[str, Upload]]:
        """Yield each upload with its material, as far as nothing is wrong with them."""
        self.is_valid()
        for key in self.wanted:
            for upload in self.cleaned_data.get(field_of(key), []):
                yield key, upload

    @cached_property
    def broken_off(self) -> list[Upload]:
        """What may be gone on with, whichever material it was for."""
        return next((widget.broken_off for widget in self._widgets), [])

    def draw_without(self, taken: Collection[str]) -> None:
        """Draw neither what is handed in, nor what was broken off: the page does."""
        for widget in self._widgets:
            known = widget.known.items()
            widget.known = {key: each for key, each in known if key not in taken}
            widget.broken_off = []

    @property
    def _widgets(self) -> list[UploadInput]:
        fields = self.fields.values()
        return [each.widget for each in fields if isinstance(each, UploadField)]
