"""Drafts that are not policies yet: what they lack, and what they already read."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.registry.attributes import attributes, families
from jiangxin.kernel.policy.registry.policies import parameters
from jiangxin.kernel.policy.rules.places import PolicyFault, top
from jiangxin.kernel.policy.rules.plain import (
    Tree,
    at,
    lists_of_conditions,
    text_of,
)
from jiangxin.kernel.policy.rules.reading_conditions import ConditionReader
from jiangxin.kernel.policy.rules.tree import REGIONS, Condition


def missing_in(tree: Tree) -> list[tuple[str, str]]:
    """Return what a draft lacks to be read at all: the place, and a sentence."""
    found = []
    terms = ("summary", "issuer", "document", "clause", "in_force", "tier")
    if not all(tree.get(key) for key in ("title", *terms)):
        found.append(("title", _("The terms of the policy are not filled in yet.")))
    if not tree.get("conditions"):
        found.append(("conditions", _("There is no condition yet.")))
    found += [
        (".".join(map(str, path)), _("A group has no conditions yet."))
        for path in lists_of_conditions(tree)
        if path != ("conditions",) and not at(tree, path)
    ]
    if not tree.get("cases"):
        found.append(("cases", _("There is no worked case yet.")))
    return found


def attributes_in(tree: Tree) -> list[str]:
    """Return the keys of what a draft reads, whether or not it is whole.

    As Policy.attributes does for a whole one. Names that nobody knows are left out.
    """
    subject = Subject(tree.get("subject") or Subject.PERSON)
    named = [REGIONS[subject]] if tree.get("region") else []
    for path in lists_of_conditions(tree):
        named += [key for one in at(tree, path) if (key := _key(one))]
    for row in (tree.get("grants") or {}).get("rows") or []:
        share = row.get("share") or {}
        named += [share["of"]] if "of" in share else []
    quota = tree.get("quota") or {}
    named += [quota["by"]] if "by" in quota else []
    return list(dict.fromkeys(named))


def _key(condition: Tree) -> str:
    name = condition.get("attribute", "")
    if name in families():
        try:
            return (
                families()[name]
                .attribute(
                    {
                        key: str(value)
                        for key, value in (condition.get("of") or {}).items()
                    }
                )
                .key
            )
        except ValueError:
            return ""
    return name if name in attributes() else ""


def with_settled_cases(tree: Tree) -> Tree:
    """Let every case speak of what the conditions read now, and of nothing else."""
    keys = attributes_in(tree)
    cases = [
        {**case, "profile": {key: (case.get("profile") or {}).get(key) for key in keys}}
        for case in tree.get("cases") or []
    ]
    settled = {**tree, "cases": cases} if cases else tree
    has_rows = bool((tree.get("grants") or {}).get("rows"))
    empty = {"grants"} if not has_rows else set()
    empty |= {"not_with"} if not tree.get("not_with") else set()
    return {key: value for key, value in settled.items() if key not in empty}


def condition_of(node: Tree, tree: Tree) -> Condition | None:
    """Read one condition of a draft by itself; None when it cannot be read yet."""
    words = {"zh-hans": "-", "en": "-"}
    whole: dict[str, Any] = {"says": words, "clause": "-", **node}
    subject = Subject(tree.get("subject") or Subject.PERSON)
    reader = ConditionReader(attributes(), families(), parameters(), subject, date.max)
    try:
        place = top(text_of({"conditions": [whole]}), "draft").fields(["conditions"])
        return reader.conditions(place["conditions"])[0]
    except PolicyFault:
        return None
