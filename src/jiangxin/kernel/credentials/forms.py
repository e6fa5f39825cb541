"""Forms of credentials: input into cleaned values."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.ui.forms import DateInput
from jiangxin.kernel.credentials.enums import (
    GRADES,
    KIND_LADDERS,
    KIND_UNITS,
    BatchForm,
    CredentialKind,
    Ladder,
)
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.operations import CredentialFacts
from jiangxin.kernel.credentials.proofs.reading import LARGEST_FILE
from jiangxin.kernel.register.forms.fields import DayField, OccupationField


def grade_choices() -> Sequence[tuple[Any, Any]]:
    """Every ladder's grades as `ladder:rank`, grouped by ladder."""
    groups: list[tuple[Any, Any]] = [
        (
            Ladder(ladder).label,
            [
                (f"{Ladder(ladder).value}:{rank}", label)
                for rank, label in grades.choices
            ],
        )
        for ladder, grades in GRADES.items()
    ]
    return [("", _("No grade")), *groups]


class CredentialRecord(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CredentialKind.choices)
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade"), choices=grade_choices, required=False
    )
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy(
            "Hours of volunteer service, class hours of training; other kinds have none."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=128,
        required=False,
        help_text=gettext_lazy("As it stands on the certificate."),
    )
    occupation = OccupationField(label=gettext_lazy("Occupation"), required=False)
    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=64, required=False
    )
    issuer = forms.CharField(
        label=gettext_lazy("Issuer"), max_length=128, required=False
    )
    issued_on = DayField(label=gettext_lazy("Issued on"), required=False)
    valid_from = DayField(label=gettext_lazy("Valid from"))
    valid_to = DayField(
        label=gettext_lazy("Valid to"),
        required=False,
        help_text=gettext_lazy("The first day it no longer holds, if there is one."),
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The document it was taken from."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        ladder, _colon, rank = given.get("grade", "").partition(":")
        wanted = (
            KIND_LADDERS.get(CredentialKind(given["kind"])) if "kind" in given else None
        )
        if ladder and ladder != wanted:
            self.add_error(
                "grade", _("This grade stands on the ladder of another kind.")
            )
        given["rank"] = int(rank) if rank else None
        self._clean_quantity(given)
        return given

    def _clean_quantity(self, given: dict[str, Any]) -> None:
        if "kind" not in given or "quantity" in self.errors:
            return
        has_unit = CredentialKind(given["kind"]) in KIND_UNITS
        if has_unit and given.get("quantity") is None:
            self.add_error("quantity", _("Say how many hours."))
        if not has_unit and given.get("quantity") is not None:
            self.add_error("quantity", _("This kind has no quantity."))

    def facts(self) -> CredentialFacts:
        """Return what was typed; only of a valid form."""
        given = self.cleaned_data
        return CredentialFacts(
            kind=given["kind"],
            title=given["title"],
            grade=given["rank"],
            quantity=given["quantity"],
            occupation=given["occupation"],
            number=given["number"],
            issuer=given["issuer"],
            issued_on=given["issued_on"],
            valid_to=given["valid_to"],
            evidence=given["evidence"],
        )


class StatusChange(forms.Form):
    """Since when, and why: the reason is kept in the trail."""

    on = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Kept for good, so name no person."),
    )


class CodeLookUp(forms.Form):
    """The code that stands on a certificate, as it was typed."""

    code = forms.CharField(
        label=gettext_lazy("Verification code"),
        max_length=60,
        help_text=gettext_lazy("It stands beside the QR code; spaces do not matter."),
    )

    def clean_code(self) -> str:
        """Return it as it is kept: without spaces, in small letters."""
        given: str = "".join(self.cleaned_data["code"].split()).lower()
        if not (given.isascii() and given.isalnum()):
            raise forms.ValidationError(
                _("A code has letters and digits only. Compare it sign by sign.")
            )
        return given


class NameCheck(forms.Form):
    """The holder's name, from who has the certificate before them."""

    name = forms.CharField(
        label=gettext_lazy("Name on the certificate"),
        max_length=128,
        help_text=gettext_lazy("In full, as it is printed. It is not kept."),
    )


class Reprint(forms.Form):
    """Why another copy is made."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy(
            "Lost, damaged, misprinted … Kept for good, so name no person."
        ),
    )


class IssueChange(forms.Form):
    """Why an issue is suspended, resumed, revoked or issued anew."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Kept for good, so name no person."),
    )


class FileCheck(forms.Form):
    """A file to check, and keys that came with it."""

    file = forms.FileField(
        label=gettext_lazy("Certificate"),
        help_text=gettext_lazy(
            "A PDF certificate, a badge picture (PNG or SVG), or a credential as JSON or "
            "JWT, or a skills passport (ZIP), up to 10 MB. Those of other issuers may be "
            "checked too."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.png,.svg,.json,.jsonld,.jwt,.txt,.zip"}
        ),
    )
    keys = forms.FileField(
        label=gettext_lazy("Keys of its issuer"),
        required=False,
        help_text=gettext_lazy(
            "Only for certificates of other issuers: their DID document or key set, or "
            "the certificate (PEM) behind their seal."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.jwk,.jwks,.pem,.crt"}),
    )
    status_list = forms.FileField(
        label=gettext_lazy("Status list of its issuer"),
        required=False,
        help_text=gettext_lazy(
            "Only for certificates of other issuers: the list that the certificate "
            "names, as its issuer publishes it. Without it nobody here knows whether "
            "it was revoked."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.jsonld,.jwt,.txt"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        return _small_enough(self.cleaned_data["file"])

    def clean_keys(self) -> "UploadedFile[bytes] | None":
        given = self.cleaned_data["keys"]
        return _small_enough(given) if given else None

    def clean_status_list(self) -> "UploadedFile[bytes] | None":
        given = self.cleaned_data["status_list"]
        return _small_enough(given) if given else None


def _small_enough(given: "UploadedFile[bytes]") -> "UploadedFile[bytes]":
    if (given.size or 0) > LARGEST_FILE:
        raise forms.ValidationError(_("The file is too large to be a certificate."))
    return given


class BatchStart(forms.Form):
    """What the certificates are made into."""

    form = forms.ChoiceField(
        label=gettext_lazy("Make them into"),
        choices=BatchForm.choices,
        initial=BatchForm.FILES,
        widget=forms.RadioSelect,
    )


class ShareNew(forms.Form):
    """What a link shows, for how long, and what it is for."""

    purpose = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=60,
        help_text=gettext_lazy(
            "Only you see this, to tell your links apart: an employer, an application …"
        ),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long the link works"),
        coerce=int,
        choices=[
            (1, gettext_lazy("One day")),
            (7, gettext_lazy("Seven days")),
            (30, gettext_lazy("30 days")),
            (90, gettext_lazy("90 days")),
        ],
        initial=7,
    )
    credentials = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What it shows"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Your name, and what you tick here. Nothing else of your record."
        ),
    )

    def __init__(
        self, *args: Any, credentials: Sequence[Credential], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["credentials"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 -- above
        field.choices = [
            (each.pk, " · ".join(filter(None, (str(each), each.grade_label))))
            for each in credentials
        ]
