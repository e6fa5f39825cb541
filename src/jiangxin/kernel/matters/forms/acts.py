"""The forms of the office's acts: what an act needs to be told, and no more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.i18n import listed
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.matters.enums import MaterialState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.queries.colleagues import colleagues_for
from jiangxin.kernel.matters.queries.matters import materials_in_force
from jiangxin.kernel.matters.rules.service import Material, Service
from jiangxin.kernel.policy.registry.wording import say


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ActForm(forms.Form):
    """Every act says which version of the matter whoever acts had before them.

    stale_since: that version, when others have acted since and the page says so.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    stale_since: int | None = None

    def __init__(
        self, *args: Any, matter: Matter, service: Service, **options: Any
    ) -> None:
        options["initial"] = {"seen": matter.version}
        super().__init__(*args, **options)
        self.matter = matter
        self.service = service
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the service."""

    def renew(self) -> None:
        """Make it a form of the matter as it is now; what was typed is kept."""
        self.stale_since = self.cleaned_data["seen"]
        sent: Any = self.data
        renewed = sent.copy()
        renewed["seen"] = str(self.matter.version)
        self.data = renewed


class NoteForm(ActForm):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=1000,
        required=False,
        widget=_area(),
        help_text=gettext_lazy("Seen by the office only."),
    )


class WordsForm(ActForm):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=1000,
        widget=_area(),
        help_text=gettext_lazy("Seen by the office only."),
    )


class GrantForm(ActForm):
    note = forms.CharField(
        label=gettext_lazy("Words to the applicant"),
        max_length=1000,
        required=False,
        widget=_area(),
    )


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=_area(5),
        help_text=gettext_lazy("The applicant reads it. Name the clause."),
    )


class AcceptForm(ActForm):
    """Papers on the counter, and what may follow, for what was not handed in online."""

    def build(self) -> None:
        there = set(
            materials_in_force(self.matter)
            .exclude(state=MaterialState.FAULTY)
            .values_list("key", flat=True)
        )
        left = [one for one in self.service.materials if one.key not in there]
        if left:
            self.fields["papers"] = _ticks(
                left,
                gettext_lazy("Papers I have seen"),
                gettext_lazy("Tick what lies on the counter."),
            )
        follow = [one for one in left if one.may_follow]
        if follow:
            self.fields["promised"] = _ticks(
                follow,
                gettext_lazy("The applicant promises to hand in later"),
                gettext_lazy(
                    "Within %(days)s working days, or the acceptance can be revoked."
                ),
                days=self.service.promises.days,
            )


def _ticks(
    materials: Iterable[Material], label: Any, help_text: Any, **values: object
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=str(help_text) % values if values else help_text,
        choices=[(one.key, say(one.label)) for one in materials],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SupplementsForm(ActForm):
    """One line a field and a material: what is wrong with it, or nothing."""

    def build(self) -> None:
        for one in self.service.fields:
            self._add(f"field:{one.key}", say(one.label))
        for material in self.service.materials:
            self._add(f"material:{material.key}", say(material.label))

    def _add(self, name: str, label: str) -> None:
        self.fields[name] = forms.CharField(label=label, max_length=300, required=False)

    def items(self) -> dict[str, str]:
        return {key: text for key, text in self.cleaned_data.items() if ":" in key}


class SignaturePad(forms.TextInput):
    """A field to type a name into; with JavaScript a field to draw it in as well."""

    template_name = "matters/_signature_pad.html"


class HandOutForm(ActForm):
    collector = forms.CharField(
        label=gettext_lazy("Collected by"),
        max_length=64,
        help_text=gettext_lazy("Name as on the identity card that was shown."),
    )
    signature = forms.CharField(
        label=gettext_lazy("Signature of the collector"),
        max_length=64,
        required=False,
        widget=SignaturePad,
        help_text=gettext_lazy(
            "Drawn or typed by the collector; empty for what is sent by post."
        ),
    )
    # Strokes that the pad has drawn, in the place of the typed name.
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)

    def build(self) -> None:
        back = [one for one in self.service.materials if one.is_surrendered]
        if back:
            names = listed(say(one.label) for one in back)
            self.fields["surrendered"] = forms.BooleanField(
                label=_("Taken back: %(materials)s") % {"materials": names},
                required=False,
            )


class AssignForm(ActForm):
    account = forms.ModelChoiceField(
        label=gettext_lazy("Give it to"), queryset=Account.objects.none()
    )

    def build(self) -> None:
        field: Any = self.fields["account"]
        field.queryset = colleagues_for(self.matter)
