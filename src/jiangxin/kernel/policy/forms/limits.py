"""Forms for what a policy goes with: exclusions, a shared ceiling, a quota."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.kernel.policy.enums import Period, QuotaOrder, Subject, Wins
from jiangxin.kernel.policy.forms.rows import DraftForm, dated_values
from jiangxin.kernel.policy.registry import attribute, attributes, policies_about
from jiangxin.kernel.policy.registry.completeness import attributes_in
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.rules.plain import Tree
from jiangxin.kernel.policy.rules.reading_grants import GROUP
from jiangxin.kernel.policy.rules.vocabulary import ORDERED


class ExclusionForm(DraftForm):
    """Policies that nobody gets beside this one. code: of this one."""

    policies = forms.MultipleChoiceField(
        label=gettext_lazy("Not together with"), widget=forms.CheckboxSelectMultiple
    )
    wins = forms.ChoiceField(
        label=gettext_lazy("Whoever qualifies for both gets"), choices=Wins.choices
    )

    def __init__(self, *args: Any, code: str, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [one for one in policies_about(subject) if one.code != code]
        field = self.fields["policies"]
        field.choices = [(one.code, say(one.title)) for one in others]  # type: ignore[attr-defined]  # a ChoiceField

    def tree(self) -> Tree:
        given = self.cleaned_data
        return {"policies": given["policies"], "wins": given["wins"]}


class CeilingForm(DraftForm):
    """The most that policies of one group give together; none without a group."""

    group = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "The same for all policies that share the ceiling: small Latin letters, such "
            "as skill_subsidies. Empty: no shared ceiling."
        ),
    )
    amount = forms.DecimalField(
        label=gettext_lazy("At most, in yuan"),
        min_value=0,
        decimal_places=2,
        required=False,
    )
    parameter = forms.ChoiceField(
        label=gettext_lazy("Or a value that changes by date"), required=False
    )
    period = forms.ChoiceField(
        label=gettext_lazy("Counted over"), choices=Period.choices, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parameter"].choices = dated_values()  # type: ignore[attr-defined]  # a ChoiceField

    def clean_group(self) -> str:
        group: str = self.cleaned_data["group"]
        if group and not GROUP.fullmatch(group):
            raise forms.ValidationError(
                _("Small Latin letters, digits and underscores only.")
            )
        return group

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("group"):
            is_given = given.get("amount") is not None
            if "amount" not in self.errors and is_given is bool(given.get("parameter")):
                self.add_error("amount", _("Give a value, or choose one of the list."))
            if not given.get("period"):
                self.add_error("period", _("Say how it is counted."))
        return given

    def tree(self) -> Tree | None:
        given = self.cleaned_data
        if not given["group"]:
            return None
        named = given["parameter"]
        return {
            "group": given["group"],
            "at_most": {"parameter": named} if named else str(given["amount"]),
            "period": given["period"],
        }


class QuotaForm(DraftForm):
    """How many are served, or with how much money; no quota without either."""

    people = forms.IntegerField(
        label=gettext_lazy("How many are served"), min_value=1, required=False
    )
    amount = forms.DecimalField(
        label=gettext_lazy("With how much money in all, in yuan"),
        min_value=0,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Both empty: no quota."),
    )
    period = forms.ChoiceField(
        label=gettext_lazy("Counted over"), choices=Period.choices, required=False
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Who comes first"),
        choices=QuotaOrder.choices,
        required=False,
    )
    by = forms.ChoiceField(
        label=gettext_lazy("Highest or lowest of"),
        required=False,
        help_text=gettext_lazy("Not for the order of arrival."),
    )

    def __init__(self, *args: Any, draft: Tree, **kwargs: Any) -> None:
        """draft: the policy as it is written so far."""
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [("", ""), *_ranking(draft)]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def is_none(self) -> bool:
        given = self.cleaned_data
        return given.get("people") is None and given.get("amount") is None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.is_none:
            return given
        for name in ("period", "order"):
            if not given.get(name):
                self.add_error(name, _("Choose one of the list."))
        is_ranked = given.get("order") in (
            QuotaOrder.HIGHEST_FIRST,
            QuotaOrder.LOWEST_FIRST,
        )
        if given.get("order") and is_ranked is not bool(given.get("by")):
            self.add_error(
                "by",
                _("Say of what.")
                if is_ranked
                else _("The order of arrival goes by nothing else. Leave it empty."),
            )
        return given

    def tree(self) -> Tree | None:
        given = self.cleaned_data
        if self.is_none:
            return None
        tree: Tree = {}
        if given["people"] is not None:
            tree["people"] = str(given["people"])
        if given["amount"] is not None:
            tree["amount"] = str(given["amount"])
        tree |= {"period": given["period"], "order": given["order"]}
        if given["by"]:
            tree["by"] = given["by"]
        return tree


def _ranking(draft: Tree) -> list[tuple[str, str]]:
    """Return what can be put in order: of the subject, and of what conditions read."""
    subject = Subject(draft.get("subject") or Subject.PERSON)
    known = {
        **{key: one for key, one in attributes().items() if one.subject == subject},
        **{key: attribute(key) for key in attributes_in(draft)},
    }
    return [(key, str(one.label)) for key, one in known.items() if one.type in ORDERED]
