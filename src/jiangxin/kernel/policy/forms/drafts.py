"""Forms about a policy as a whole: beginning it, its terms, and the steps it takes."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.kernel.policy.enums import Subject, Tier
from jiangxin.kernel.policy.forms.pickers import RegionCodeField
from jiangxin.kernel.policy.forms.rows import DraftForm
from jiangxin.kernel.policy.registry import parts_with_policies, policies
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.rules.plain import Tree
from jiangxin.kernel.register.forms.fields import DayField

REGION = gettext_lazy("Applies in")
REGION_HINT = gettext_lazy(
    "The name of a region, or its code. Empty: the whole country."
)


class PolicyBegin(forms.Form):
    part = forms.ChoiceField(label=gettext_lazy("Programme"))
    name = forms.CharField(
        label=gettext_lazy("Short name for the code"),
        max_length=40,
        help_text=gettext_lazy(
            "Small Latin letters, digits and underscores, such as night_school. It is "
            "never changed."
        ),
    )
    title_zh = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=100)
    region = RegionCodeField(label=REGION, required=False, help_text=REGION_HINT)
    subject = forms.ChoiceField(
        label=gettext_lazy("It speaks of"),
        choices=Subject.choices,
        required=False,
        help_text=gettext_lazy("Of a policy that is begun with, the same as there."),
    )
    like = forms.ChoiceField(
        label=gettext_lazy("Begin with the text of"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(part.key, part.title) for part in parts_with_policies()]
        existing = [(one.code, say(one.title)) for one in policies()]
        self.fields["part"].choices = parts  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["like"].choices = [("", _("An empty policy")), *existing]  # type: ignore[attr-defined]  # as above

    def code(self) -> str:
        return f"{self.cleaned_data['part']}.{self.cleaned_data['name']}"

    def tree(self) -> Tree:
        given = self.cleaned_data
        tree: Tree = {
            "title": {"zh-hans": given["title_zh"], "en": given["title_en"]},
            "region": given["region"],
        }
        if not given["like"]:
            subject = given["subject"] or Subject.PERSON.value
            tree |= {"subject": subject, "is_demonstration": "false"}
        return tree


class TermsForm(DraftForm):
    title_zh = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=100)
    summary_zh = forms.CharField(
        label=gettext_lazy("In a sentence"), widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_en = forms.CharField(
        label=gettext_lazy("In a sentence, in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    issuer = forms.CharField(label=gettext_lazy("Issued by"), max_length=200)
    document = forms.CharField(label=gettext_lazy("Document"), max_length=200)
    clause = forms.CharField(label=gettext_lazy("Clause"), max_length=200)
    region = RegionCodeField(label=REGION, required=False, help_text=REGION_HINT)
    starts = DayField(label=gettext_lazy("In force from"))
    ends = DayField(
        label=gettext_lazy("In force to"),
        required=False,
        help_text=gettext_lazy("The last day on which it applies; empty when open."),
    )
    tier = forms.ChoiceField(
        label=gettext_lazy("How it is granted"), choices=Tier.choices
    )
    is_demonstration = forms.BooleanField(
        label=gettext_lazy("For demonstration only"), required=False
    )
    note_zh = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy(
            "Where a figure comes from, what is still to be checked."
        ),
    )
    note_en = forms.CharField(
        label=gettext_lazy("Note in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("It ends before it begins."))
        if bool(given.get("note_zh")) != bool(given.get("note_en")):
            self.add_error("note_en", _("Give the note in both languages or none."))
        return given

    def tree(self) -> Tree:
        given = self.cleaned_data
        in_force = {"from": str(given["starts"])}
        if given["ends"]:
            in_force["to"] = str(given["ends"])
        note = {"zh-hans": given["note_zh"], "en": given["note_en"]}
        return {
            "title": {"zh-hans": given["title_zh"], "en": given["title_en"]},
            "summary": {"zh-hans": given["summary_zh"], "en": given["summary_en"]},
            "issuer": given["issuer"],
            "document": given["document"],
            "clause": given["clause"],
            "region": given["region"],
            "in_force": in_force,
            "tier": given["tier"],
            "is_demonstration": "true" if given["is_demonstration"] else "false",
            **({"note": note} if given["note_zh"] else {}),
        }


def terms_of(tree: Tree) -> dict[str, Any]:
    """Return what the form shows of a draft."""
    in_force = tree.get("in_force") or {}
    shown = {
        name: tree.get(name, "")
        for name in ("issuer", "document", "clause", "region", "tier")
    }
    for name in ("title", "summary", "note"):
        words = tree.get(name) or {}
        shown |= {f"{name}_zh": words.get("zh-hans"), f"{name}_en": words.get("en")}
    return {
        **shown,
        "starts": in_force.get("from"),
        "ends": in_force.get("to"),
        "is_demonstration": tree.get("is_demonstration") == "true",
    }


class SubmitForm(DraftForm):
    effective_on = DayField(
        label=gettext_lazy("Takes effect on"),
        help_text=gettext_lazy(
            "Today or later; everybody is matched again on that day."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("What changes, and why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Whoever approves reads it, and it stays in the history."
        ),
    )


class AnswerForm(DraftForm):
    answer = forms.CharField(
        label=gettext_lazy("What is to be changed"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


# Of a policy's file: the longest there are have a tenth of it.
LARGEST_FILE = 256 * 1024


class FileForm(forms.Form):
    """A policy's file, as programmes bring them."""

    file = forms.FileField(
        label=gettext_lazy("Policy file"),
        help_text=gettext_lazy("A YAML file of one policy, in UTF-8, up to 256 KB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )
    text = ""

    def clean_file(self) -> "UploadedFile[bytes]":
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large to be a policy."))
        try:
            self.text = given.read().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise forms.ValidationError(
                _("The file is not a text in UTF-8.")
            ) from problem
        return given
