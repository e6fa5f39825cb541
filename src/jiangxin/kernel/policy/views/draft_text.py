"""A draft in words: its rows, whether or not they can be read yet, and what changes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.i18n import listed
from jiangxin.kernel.policy import registry
from jiangxin.kernel.policy.enums import (
    Junction,
    Period,
    QuotaOrder,
    Verdict,
    Wins,
)
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.registry.completeness import attributes_in, condition_of
from jiangxin.kernel.policy.registry.differing import Difference, differences
from jiangxin.kernel.policy.registry.wording import limit_of, named, say
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.plain import Tree, tree_of
from jiangxin.kernel.policy.rules.tree import Leaf, Policy


@dataclass(frozen=True)
class Row:
    """path: where it stands. group: the list that its members stand in, "" for none."""

    path: str
    number: int
    says: str
    limit: str = ""
    clause: str = ""
    group: str = ""
    members: list["Row"] = field(default_factory=list)


@dataclass(frozen=True)
class Rows:
    """The lists of a draft."""

    conditions: list[Row]
    grants: list[Row]
    cases: list[Row]
    exclusions: list[Row]
    ceiling: str
    quota: str
    has_attributes: bool


def title(draft: PolicyDraft) -> str:
    words = tree_of(draft.text or draft.based_on_text).get("title")
    return _say(words) or draft.code


def policy_of(draft: PolicyDraft) -> Policy | None:
    """Return the policy that a draft is, None while it is none."""
    try:
        return registry.read_draft(draft.text, draft.code) if draft.text else None
    except PolicyFault:
        return None


def differences_of(draft: PolicyDraft, on: date) -> list[Difference] | None:
    """Return what a draft changes; None where there is nothing to compare."""
    new = policy_of(draft)
    if new is None or not draft.based_on_text:
        return None
    try:
        old = registry.read_draft(draft.based_on_text, draft.code)
    except (PolicyFault, NotFound):
        return None
    return differences(old, new, on)


def rows(tree: Tree, on: date) -> Rows:
    grants = (tree.get("grants") or {}).get("rows") or []
    return Rows(
        conditions=_conditions(tree, tree.get("conditions"), "conditions", on),
        grants=[_grant(tree, one, place, on) for place, one in enumerate(grants)],
        cases=[
            Row(
                f"cases.{place}",
                place + 1,
                _say(one.get("says")),
                _expected(one),
                one.get("on") or "",
            )
            for place, one in enumerate(tree.get("cases") or [])
        ],
        exclusions=[
            _exclusion(one, place)
            for place, one in enumerate(tree.get("not_with") or [])
        ],
        ceiling=_ceiling(tree.get("ceiling") or {}),
        quota=_quota(tree.get("quota") or {}),
        has_attributes=bool(attributes_in(tree)),
    )


def _exclusion(node: Tree, place: int) -> Row:
    titles = {one.code: say(one.title) for one in registry.policies()}
    named = [titles.get(code, code) for code in node.get("policies") or []]
    given = _label(Wins, node.get("wins"))
    return Row(
        f"not_with.{place}",
        place + 1,
        listed(named),
        _("Given is: %(which)s") % {"which": given},
    )


def _ceiling(node: Tree) -> str:
    if not node:
        return ""
    limit = _("%(amount)s %(period)s") % {
        "amount": _figure(node.get("at_most")),
        "period": _label(Period, node.get("period")),
    }
    return _("%(limit)s, in the group %(group)s") % {
        "limit": limit,
        "group": node.get("group", ""),
    }


def _quota(node: Tree) -> str:
    if not node:
        return ""
    people, amount = node.get("people"), node.get("amount")
    parts = [_("%(people)s people") % {"people": people}] if people else []
    parts += [_figure(amount)] if amount is not None else []
    how = (_label(Period, node.get("period")), _label(QuotaOrder, node.get("order")))
    return _("%(amount)s %(period)s") % {
        "amount": listed(parts),
        "period": listed(filter(None, how)),
    }


def _label(choices: type[TextChoices], value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _expected(case: Tree) -> str:
    expect = case.get("expect")
    return str(Verdict(expect).label) if expect in Verdict.values else ""


def _conditions(tree: Tree, nodes: Any, way: str, on: date) -> list[Row]:
    return [
        _condition(tree, one, f"{way}.{place}", place + 1, on)
        for place, one in enumerate(nodes or [])
    ]


def _condition(tree: Tree, node: Tree, path: str, number: int, on: date) -> Row:
    says, clause = _say(node.get("says")), node.get("clause") or ""
    junction = next((one for one in Junction if one.value in node), None)
    if junction is None:
        return Row(path, number, says, _limit(tree, node, on), clause)
    members = f"{path}.{junction.value}"
    return Row(
        path,
        number,
        says,
        str(junction.label),
        clause,
        members,
        _conditions(tree, node[junction.value], members, on),
    )


def _limit(tree: Tree, node: Tree, on: date) -> str:
    found = condition_of(node, tree)
    if not isinstance(found, Leaf):
        return _("Not complete yet")
    try:
        return named(found, limit_of(found, on))
    except LookupError:
        return _("Its value is not set on this day")


def _grant(tree: Tree, node: Tree, place: int, on: date) -> Row:
    path = f"grants.rows.{place}"
    return Row(
        path,
        place + 1,
        _say(node.get("says")),
        _amount(node),
        node.get("clause") or "",
        f"{path}.when",
        _conditions(tree, node.get("when"), f"{path}.when", on),
    )


def _amount(node: Tree) -> str:
    parts = [_figure(node["amount"])] if node.get("amount") is not None else []
    parts += [_("A share")] if "share" in node else []
    rate = node.get("rate")
    if isinstance(rate, dict):
        parts.append(_figure(rate))
    elif rate is not None:
        parts.append(_("%(rate)s%% a year") % {"rate": rate})
    return listed(parts)


def _figure(amount: Any) -> str:
    """An amount in yuan, or the name of the value that changes by date."""
    if not isinstance(amount, dict):
        return _("%(yuan)s yuan") % {"yuan": amount}
    key = str(amount.get("parameter"))
    known = registry.parameters().get(key)
    return say(known.title) if known else key


def _say(words: Any) -> str:
    if not isinstance(words, dict):
        return ""
    is_chinese = (get_language() or "zh").startswith("zh")
    return str(words.get("zh-hans" if is_chinese else "en") or "")
