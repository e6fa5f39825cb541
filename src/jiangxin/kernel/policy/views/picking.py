"""Choosing what a condition compares, and showing what it compares it with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.web import Request
from jiangxin.kernel.policy import registry
from jiangxin.kernel.policy.enums import Comparison, Subject
from jiangxin.kernel.policy.forms.pickers import comparisons_for
from jiangxin.kernel.policy.forms.rows import OF, PROFILE, CaseForm, wording_of
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.registry import Attribute, AttributeFamily
from jiangxin.kernel.policy.registry.completeness import with_settled_cases
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.plain import Tree, text_of

# The order of a file.
ORDER = (
    *("code", "title", "summary", "issuer", "document", "clause", "region", "subject"),
    *("in_force", "tier", "is_demonstration", "note", "conditions", "grants"),
    *("not_with", "ceiling", "quota", "cases"),
)


@dataclass(frozen=True)
class Chosen:
    attribute: Attribute
    family: AttributeFamily | None
    comparison: Comparison


@dataclass(frozen=True)
class Picker:
    """Lists to choose from: (value, label, is chosen)."""

    attributes: list[tuple[str, str, bool]]
    comparisons: list[tuple[str, str, bool]]


def chosen(request: Request, node: Tree) -> Chosen | None:
    """Return what the address asks for, or else what stands there already."""
    given = {**request.GET.dict(), **request.POST.dict()}
    key = given.get("attribute") or node.get("attribute")
    if not key:
        return None
    family = registry.families().get(str(key))
    try:
        one = family.example() if family else registry.attribute(str(key))
    except KeyError as missing:
        raise NotFound from missing
    fitting = comparisons_for(one)
    asked = given.get("comparison") or _comparison(node)
    is_same = not given.get("attribute") or given["attribute"] == node.get("attribute")
    wanted = asked if given.get("comparison") or is_same else ""
    comparison = next((each for each in fitting if each == wanted), fitting[0])
    return Chosen(one, family, comparison)


def _comparison(node: Tree) -> str:
    return next((one.value for one in Comparison if one.value in node), "")


def picker(tree: Tree, made: Chosen | None) -> Picker:
    """Return what may be compared in a policy of this subject, and how."""
    subject = Subject(tree.get("subject") or Subject.PERSON)
    key = ""
    if made:
        key = made.family.key if made.family else made.attribute.key
    single = [one for one in registry.attributes().values() if one.subject == subject]
    asked = [one for one in registry.families().values() if _is_of(one, subject)]
    named = [
        *((one.key, str(one.label)) for one in single),
        *((one.key, str(one.label)) for one in asked),
    ]
    comparisons = (
        [
            (one.value, str(one.label), one == made.comparison)
            for one in comparisons_for(made.attribute)
        ]
        if made
        else []
    )
    return Picker([(*each, each[0] == key) for each in named], comparisons)


def _is_of(family: AttributeFamily, subject: Subject) -> bool:
    return family.example().subject == subject


def initial(node: Tree, made: Chosen) -> dict[str, Any]:
    """Return what the form of a condition shows of what stands there."""
    key = made.family.key if made.family else made.attribute.key
    shown = {
        **wording_of(node),
        "attribute": key,
        "comparison": made.comparison.value,
    }
    shown |= {OF + key: value for key, value in (node.get("of") or {}).items()}
    limit = node.get(made.comparison.value)
    if isinstance(limit, dict):
        shown["parameter"] = limit.get("parameter")
    elif isinstance(limit, list):
        pair = dict(zip(("low", "high"), limit, strict=False))
        is_pair = made.comparison is Comparison.BETWEEN
        shown |= pair if is_pair else {"values": limit}
    else:
        shown["value"] = limit
    return shown


def grant_initial(node: Tree, period: str) -> dict[str, Any]:
    """period: of the whole table."""
    shown = {**wording_of(node), "period": period}
    for name, named in (("amount", "parameter"), ("rate", "rate_parameter")):
        figure = node.get(name)
        dated = figure if isinstance(figure, dict) else {}
        shown[name] = None if dated else figure
        shown[named] = dated.get("parameter", "")
    return shown


def case_initial(node: Tree, now: datetime) -> dict[str, Any]:
    says = node.get("says") or {}
    shown = {
        "says_zh": says.get("zh-hans", ""),
        "says_en": says.get("en", ""),
        "on": node.get("on") or today(now),
        "expect": node.get("expect", ""),
        **{name: (node.get("gives") or {}).get(name) for name in ("row", "amount")},
    }
    profile = node.get("profile") or {}
    return {**shown, **{PROFILE + key: value for key, value in profile.items()}}


def worked_out(form: CaseForm, draft: PolicyDraft, tree: Tree) -> tuple[CaseForm, str]:
    """Fill in what the rules answer, for the author to look at before saving."""
    case = {**form.tree(), "expect": "eligible"}
    case.pop("gives", None)
    whole = with_settled_cases({**tree, "cases": [case]})
    try:
        policy = registry.read_draft(text_of(whole), draft.code)
        (example,) = policy.cases
        answer = explain(policy, example.profile, example.on)
    except (PolicyFault, LookupError):
        form.add_error(None, _("The draft is not complete enough to work this out."))
        return form, ""
    given = {
        **{name: form.data.get(name) for name in form.data},
        "expect": answer.verdict.value,
    }
    if answer.grant and answer.grant.number:
        given["row"] = str(answer.grant.number)
    shown = {name: given[name] for name in form.fields if name in given}
    fresh = CaseForm(initial=shown, keys=form.keys, rows=len(policy.rows))
    sentence = _("By the rules as they stand: %(answer)s")
    return fresh, sentence % {"answer": answer.verdict.label}


def revision(request: Request) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def in_order(tree: Tree) -> list[str]:
    return [key for key in ORDER if key in tree]


def with_terms(tree: Tree, terms: Tree) -> Tree:
    """Return a draft with other terms; a note that they leave out goes."""
    changed = {**{key: one for key, one in tree.items() if key != "note"}, **terms}
    return {key: changed[key] for key in in_order(changed)}
