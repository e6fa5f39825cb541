"""Forms for the rows of a policy: a condition, a group, a line of the table, a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.kernel.policy.enums import Comparison, Junction, Period, Verdict
from jiangxin.kernel.policy.forms.pickers import (
    limit_fields,
    one_value,
    takes_parameter,
)
from jiangxin.kernel.policy.registry import (
    Attribute,
    AttributeFamily,
    attribute,
    parameters,
)
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.rules.plain import Tree
from jiangxin.kernel.register.forms.fields import DayField

ZH = gettext_lazy("Wording")
EN = gettext_lazy("Wording in English")
CLAUSE = gettext_lazy("Clause")
PROFILE = "profile_"
OF = "of_"


class DraftForm(forms.Form):
    """A form of a draft, which says of which revision it was filled in."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class WordedForm(DraftForm):
    """With the sentence shown to people, and where it stands in the document.

    is_optional: inside a line of the table, whose wording holds when none is given.
    """

    says_zh = forms.CharField(label=ZH, max_length=300)
    says_en = forms.CharField(label=EN, max_length=300)
    clause = forms.CharField(label=CLAUSE, max_length=300)

    def __init__(self, *args: Any, is_optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("says_zh", "says_en", "clause"):
            self.fields[name].required = not is_optional

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("says_zh")) != bool(given.get("says_en")):
            self.add_error("says_en", _("Give the wording in both languages or none."))
        return given

    def wording(self) -> Tree:
        given = self.cleaned_data
        tree: Tree = {}
        if given["says_zh"]:
            tree["says"] = {"zh-hans": given["says_zh"], "en": given["says_en"]}
        if given["clause"]:
            tree["clause"] = given["clause"]
        return tree


def wording_of(tree: Tree) -> dict[str, Any]:
    says = tree.get("says") or {}
    return {
        "says_zh": says.get("zh-hans", ""),
        "says_en": says.get("en", ""),
        "clause": tree.get("clause", ""),
    }


class ConditionForm(WordedForm):
    """What one comparison asks of one attribute.

    one: the attribute, or one of the family whose arguments are still to be given.
    """

    # What the page was asked for, so that whatever it sends says so too.
    attribute = forms.CharField(widget=forms.HiddenInput, required=False)
    comparison = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        one: Attribute,
        family: AttributeFamily | None,
        comparison: Comparison,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = comparison
        self.family = family
        self.one = one
        asked: dict[str, forms.Field] = limit_fields(one, comparison)
        if takes_parameter(one, comparison):
            asked["parameter"] = forms.ChoiceField(
                label=_("Or a value that changes by date"),
                choices=dated_values(),
                required=False,
            )
            asked["value"].required = False
        # The values come first, then their wording.
        self.fields = {**_arguments(family), **asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "parameter" in self.fields and not self.errors:
            is_given = given.get("value") not in (None, "")
            if is_given is bool(given.get("parameter")):
                self.add_error("value", _("Give a value, or choose one of the list."))
        low, high = given.get("low"), given.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The lower limit comes first."))
        if self.family and not self.errors:
            try:
                self.family.attribute(self.arguments())
            except ValueError:
                self.add_error(None, _("This kind of credential has no grades."))
        return given

    def arguments(self) -> dict[str, str]:
        given = {
            name.removeprefix(OF): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(OF) and value not in (None, "")
        }
        return given if self.family else {}

    def tree(self) -> Tree:
        given = self.cleaned_data
        key = self.family.key if self.family else self.one.key
        tree: Tree = {"attribute": key}
        if self.family:
            tree["of"] = self.arguments()
        tree[self.asked.value] = self._limit(given)
        return {**tree, **self.wording()}

    def _limit(self, given: dict[str, Any]) -> Any:
        if given.get("parameter"):
            return {"parameter": given["parameter"]}
        if "values" in given:
            return given["values"]
        if "low" in given:
            return [str(given["low"]), str(given["high"])]
        return str(given["value"]) if "value" in given else "true"


def _arguments(family: AttributeFamily | None) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for one in family.arguments if family else ():
        label = ARGUMENTS.get(one.name, one.name)
        if one.choices:
            fields[OF + one.name] = forms.ChoiceField(
                label=label,
                choices=[
                    *([] if one.is_needed else [("", _("any"))]),
                    *one.offered(),
                ],
                required=one.is_needed,
            )
        else:
            fields[OF + one.name] = forms.IntegerField(
                label=label, min_value=1, required=one.is_needed
            )
    return fields


ARGUMENTS = {
    "kind": gettext_lazy("Kind of credential"),
    "at_least": gettext_lazy("Of at least this grade (a number)"),
    "within_months": gettext_lazy("Got in the last so many months"),
    "standing": gettext_lazy("Which of them count"),
}


class GroupForm(WordedForm):
    junction = forms.ChoiceField(
        label=gettext_lazy("Must hold"), choices=Junction.choices
    )
    field_order = ("junction", "says_zh", "says_en", "clause")


class GrantForm(WordedForm):
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in yuan"),
        min_value=0,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Empty for a service, a title or a place."),
    )
    parameter = forms.ChoiceField(
        label=gettext_lazy("Or a value that changes by date"), required=False
    )
    rate = forms.DecimalField(
        label=gettext_lazy("Rate in per cent a year"),
        min_value=0,
        decimal_places=4,
        required=False,
        help_text=gettext_lazy("Such as the interest of a loan."),
    )
    rate_parameter = forms.ChoiceField(
        label=gettext_lazy("Or a rate that changes by date"), required=False
    )
    period = forms.ChoiceField(
        label=gettext_lazy("How often it is given"),
        choices=Period.choices,
        required=False,
        help_text=gettext_lazy("The same for the whole table."),
    )
    field_order = (
        *("amount", "parameter", "rate", "rate_parameter", "period"),
        *("says_zh", "says_en", "clause"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parameter", "rate_parameter"):
            self.fields[name].choices = dated_values()  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name, named in (("amount", "parameter"), ("rate", "rate_parameter")):
            if given.get(name) is not None and given.get(named):
                self.add_error(name, _("Give a value, or choose one of the list."))
        return given

    def tree(self) -> Tree:
        given = self.cleaned_data
        tree: Tree = {}
        if given["parameter"]:
            tree["amount"] = {"parameter": given["parameter"]}
        elif given["amount"] is not None:
            tree["amount"] = str(given["amount"])
        if given["rate_parameter"]:
            tree["rate"] = {"parameter": given["rate_parameter"]}
        elif given["rate"] is not None:
            tree["rate"] = str(given["rate"])
        return {**tree, **self.wording()}


def dated_values() -> list[tuple[str, str]]:
    """Return the parameters to choose from, and none of them."""
    named = [(key, say(each.title)) for key, each in parameters().items()]
    return [("", _("No, the value above")), *named]


class CaseForm(DraftForm):
    """One worked case. keys: the attributes that the policy reads."""

    says_zh = forms.CharField(label=gettext_lazy("Who this is"), max_length=200)
    says_en = forms.CharField(
        label=gettext_lazy("Who this is, in English"), max_length=200
    )
    on = DayField(label=gettext_lazy("On the day"))

    def __init__(self, *args: Any, keys: list[str], rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys
        for key in keys:
            field = one_value(attribute(key), required=False)
            self.fields[PROFILE + key] = _offering(
                field, self.initial.get(PROFILE + key)
            )
        self.fields["expect"] = forms.ChoiceField(
            label=_("Answer that the document gives"),
            choices=[("", ""), *Verdict.choices],
            # Not needed to work the answer out, only to keep the case.
            required=False,
        )
        if rows:
            self.fields["row"] = forms.IntegerField(
                label=_("Line of the table that is given"),
                min_value=1,
                max_value=rows,
                required=False,
            )
            self.fields["amount"] = forms.DecimalField(
                label=_("Amount in yuan that is given"),
                min_value=0,
                decimal_places=2,
                required=False,
            )

    def tree(self) -> Tree:
        given = self.cleaned_data
        tree: Tree = {
            "says": {"zh-hans": given["says_zh"], "en": given["says_en"]},
            "on": str(given["on"]),
            "profile": {key: _written(given[PROFILE + key]) for key in self.keys},
            "expect": given["expect"],
        }
        gives = {
            name: str(given[name])
            for name in ("row", "amount")
            if given.get(name) is not None
        }
        if gives and given["expect"] == Verdict.ELIGIBLE:
            tree["gives"] = gives
        return tree


def _offering(field: forms.Field, value: Any) -> forms.Field:
    """Let a case keep a value that no list offers: a grade just below the lowest, say."""
    if isinstance(field, forms.ChoiceField) and value is not None:
        pairs: list[Any] = list(field.choices)  # type: ignore[arg-type]  # pairs, as above
        if str(value) not in {str(pair[0]) for pair in pairs}:
            field.choices = [*pairs, (str(value), str(value))]
    return field


def _written(value: Any) -> str | None:
    return None if value in (None, "") else str(value)
