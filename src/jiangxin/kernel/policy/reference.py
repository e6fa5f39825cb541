"""policies.md and attributes.md, from the registry."""

from collections.abc import Iterable

from jiangxin.foundation.reference import ReferencePage
from jiangxin.foundation.reference.markdown import code, in_both, section, table
from jiangxin.kernel.policy.registry import Attribute, attributes, policies
from jiangxin.kernel.policy.rules.tree import (
    Condition,
    Group,
    Leaf,
    Parameter,
    Policy,
    Sentence,
)


def _said(sentence: Sentence) -> str:
    return f"{sentence.en} · {sentence.zh_hans}"


def build_policies() -> str:
    return "\n\n".join(_policy(one) for one in policies())


def _policy(one: Policy) -> str:
    end = f" to {one.in_force_to}" if one.in_force_to else ""
    facts = [
        ("Code", code(one.code)),
        ("Document", f"{one.document}, {one.clause}"),
        ("Issuer", one.issuer),
        ("Region", code(one.region) or "the whole country"),
        ("In force", f"from {one.in_force_from}{end}"),
        ("Served", in_both(one.tier.label)),
    ]
    if one.is_demonstration:
        facts.append(("Standing", "a demonstration, not a real document"))
    return section(
        _said(one.title),
        one.summary.en,
        one.summary.zh_hans,
        table(["", ""], facts),
        one.note.en if one.note else "",
        section("Conditions", _conditions(one.conditions), level=3),
        _parameters(one.parameters()),
    )


def _conditions(conditions: Iterable[Condition], depth: int = 0) -> str:
    return "\n".join(_condition(each, depth) for each in conditions)


def _condition(one: Condition, depth: int) -> str:
    line = f"{'  ' * depth}- {_said(one.says)} ({one.clause})"
    if isinstance(one, Group):
        return f"{line}: {in_both(one.junction.label)}\n" + _conditions(
            one.members, depth + 1
        )
    return f"{line}: {code(_test(one))}"


def _test(leaf: Leaf) -> str:
    given = leaf.given
    if isinstance(given, Parameter):
        limit = given.key
    else:
        limit = ", ".join(map(str, given)) if isinstance(given, tuple) else str(given)
    return f"{leaf.attribute} {leaf.comparison.value} {limit}"


def _parameters(parameters: list[Parameter]) -> str:
    rows = [
        (code(each.key), _said(each.title), dated.start, dated.value, dated.source)
        for each in parameters
        for dated in each.values
    ]
    if not rows:
        return ""
    headings = ["Parameter", "Title", "From", "Value", "Source"]
    return section("Values", table(headings, rows), level=3)


def build_attributes() -> str:
    rows = (
        (
            code(one.key),
            in_both(one.label),
            in_both(one.type.label) + (f", {in_both(one.unit)}" if one.unit else ""),
            in_both(one.absent_means.label),
            in_both(one.sensitivity.label),
            ", ".join(_readers(one)),
        )
        for one in sorted(attributes().values(), key=lambda one: one.key)
    )
    headings = [
        "Key",
        "Attribute",
        "Type",
        "When nothing is on record",
        "Sensitivity",
        "Read by",
    ]
    return table(headings, rows)


def _readers(one: Attribute) -> list[str]:
    return [code(each.code) for each in policies() if one.key in each.attributes()]


POLICY_PAGES = (
    ReferencePage(
        "policies",
        "Policies",
        "What each policy asks, where it is written, and the dated values it reads.",
        build_policies,
    ),
    ReferencePage(
        "attributes",
        "Attributes",
        "What policies may read of a person. Each is computed in one place.",
        build_attributes,
    ),
)
