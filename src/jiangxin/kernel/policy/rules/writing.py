"""From a `Policy` to the text of its file: what `rules/reading.py` reads back alike.

Remarks of the original file do not survive; everything else does.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from jiangxin.kernel.policy.enums import AttributeType, Verdict
from jiangxin.kernel.policy.rules.plain import Tree, text_of
from jiangxin.kernel.policy.rules.reading_conditions import Families, Readable
from jiangxin.kernel.policy.rules.tree import (
    HUNDREDTHS,
    Amount,
    Case,
    Condition,
    GrantRow,
    Group,
    Leaf,
    Limit,
    Parameter,
    Policy,
    Quota,
    Sentence,
    Share,
)
from jiangxin.kernel.policy.rules.vocabulary import LENGTHS, MEANINGS

# Between a family's name and its arguments, and for one that is not given.
SEPARATOR = "__"
ANY = "any"

AttributeOf = Callable[[str], Readable]


def write_policy(policy: Policy, attribute: AttributeOf, families: Families) -> str:
    """Return the text of a policy's file in the house format."""
    return text_of(tree_of_policy(policy, attribute, families))


def tree_of_policy(policy: Policy, attribute: AttributeOf, families: Families) -> Tree:
    write = _Writing(attribute, families)
    in_force: Tree = {"from": policy.in_force_from}
    if policy.in_force_to:
        in_force["to"] = policy.in_force_to
    tree: Tree = {
        "code": policy.code,
        "title": sentence(policy.title),
        "summary": sentence(policy.summary),
        "issuer": policy.issuer,
        "document": policy.document,
        "clause": policy.clause,
        "region": policy.region,
        "subject": policy.subject.value,
        "in_force": in_force,
        "tier": policy.tier.value,
        "is_demonstration": policy.is_demonstration,
    }
    if policy.note:
        tree["note"] = sentence(policy.note)
    tree["conditions"] = [write.condition(one) for one in policy.conditions]
    tree.update(_terms(policy, write))
    tree["cases"] = [write.case(one) for one in policy.cases]
    return tree


def _terms(policy: Policy, write: "_Writing") -> Tree:
    terms: Tree = {}
    if policy.grants:
        rows = [write.row(one) for one in policy.grants.rows]
        terms["grants"] = {"period": policy.grants.period.value, "rows": rows}
    if policy.not_with:
        terms["not_with"] = [
            {"policies": list(one.codes), "wins": one.wins.value}
            for one in policy.not_with
        ]
    if policy.ceiling:
        terms["ceiling"] = {
            "group": policy.ceiling.group,
            "at_most": hundredths(policy.ceiling.most),
            "period": policy.ceiling.period.value,
        }
    if policy.quota:
        terms["quota"] = write.quota(policy.quota)
    return terms


def sentence(words: Sentence) -> Tree:
    return {"zh-hans": words.zh_hans, "en": words.en}


def hundredths(value: int | Parameter) -> Any:
    """Fen as yuan, or hundredths of a per cent as per cent."""
    if isinstance(value, Parameter):
        return {"parameter": value.key}
    whole = Decimal(value) / HUNDREDTHS
    return int(whole) if whole == int(whole) else whole


class _Writing:
    """What has to know the types of attributes and the names of families."""

    def __init__(self, attribute: AttributeOf, families: Families) -> None:
        self.attribute = attribute
        self.families = families

    def condition(self, one: Condition, within: GrantRow | Group | None = None) -> Tree:
        """within: the row or the row's group whose wording holds when it is the same."""
        tree = self.leaf(one) if isinstance(one, Leaf) else self.group(one, within)
        if within is None or one.says != within.says:
            tree["says"] = sentence(one.says)
        if within is None or one.clause != within.clause:
            tree["clause"] = one.clause
        return tree

    def group(self, group: Group, within: GrantRow | Group | None) -> Tree:
        around = group if within else None
        members = [self.condition(one, around) for one in group.members]
        return {group.junction.value: members}

    def leaf(self, leaf: Leaf) -> Tree:
        key, arguments = self.named(leaf.attribute)
        tree: Tree = {"attribute": key}
        if arguments:
            tree["of"] = arguments
        tree[leaf.comparison.value] = self.limit(leaf)
        return tree

    def named(self, key: str) -> tuple[str, Tree]:
        family, *values = key.split(SEPARATOR)
        if family not in self.families:
            return key, {}
        names = zip(self.families[family].names, values, strict=False)
        arguments = {
            name: int(value) if value.isdigit() else value
            for name, value in names
            if value != ANY
        }
        return family, arguments

    def limit(self, leaf: Leaf) -> Any:
        if isinstance(leaf.given, Parameter):
            return {"parameter": leaf.given.key}
        shape = MEANINGS[leaf.comparison].shape
        if shape in LENGTHS:
            return leaf.given
        return self.value(leaf.given, self.attribute(leaf.attribute).type)

    def value(self, value: Limit | date | None, type_: AttributeType) -> Any:
        if isinstance(value, tuple):
            return [self.value(one, type_) for one in value]
        if type_ is AttributeType.MONEY and isinstance(value, int):
            return hundredths(value)
        return value

    def row(self, row: GrantRow) -> Tree:
        tree: Tree = {}
        if row.when:
            tree["when"] = [self.condition(one, row) for one in row.when]
        if isinstance(row.gives, Amount):
            tree["amount"] = hundredths(row.gives.given)
        if isinstance(row.gives, Share):
            tree["share"] = self.share(row.gives)
        if row.rate is not None:
            is_dated = isinstance(row.rate, Parameter)
            tree["rate"] = {"parameter": row.rate.key} if is_dated else row.rate  # type: ignore[union-attr]  # as said
        tree["says"] = sentence(row.says)
        tree["clause"] = row.clause
        return tree

    def share(self, share: Share) -> Tree:
        tree: Tree = {"of": share.attribute, "percent": hundredths(share.given)}
        if share.cap is not None:
            tree["at_most"] = hundredths(share.cap)
        if share.floor is not None:
            tree["at_least"] = hundredths(share.floor)
        return tree

    def quota(self, quota: Quota) -> Tree:
        tree: Tree = {}
        if quota.people is not None:
            tree["people"] = quota.people
        if quota.fen is not None:
            tree["amount"] = hundredths(quota.fen)
        tree["period"] = quota.period.value
        tree["order"] = quota.order.value
        if quota.attribute:
            tree["by"] = quota.attribute
        return tree

    def case(self, case: Case) -> Tree:
        tree: Tree = {
            "says": sentence(case.says),
            "on": case.on,
            "profile": {
                key: self.value(value, self.attribute(key).type)
                for key, value in case.profile.items()
            },
            "expect": case.expect.value,
        }
        if case.expect is Verdict.ELIGIBLE and (case.row, case.fen) != (None, None):
            gives: Tree = {}
            if case.row is not None:
                gives["row"] = case.row
            if case.fen is not None:
                gives["amount"] = hundredths(case.fen)
            tree["gives"] = gives
        return tree
