"""policies.md and attributes.md, from the registry."""

from collections.abc import Iterable
from decimal import Decimal

from jiangxin.foundation.reference import ReferencePage
from jiangxin.foundation.reference.markdown import code, in_both, section, table
from jiangxin.kernel.policy.registry import (
    Argument,
    Attribute,
    attributes,
    families,
    policies,
)
from jiangxin.kernel.policy.registry.comparisons import MEANS
from jiangxin.kernel.policy.rules.tree import (
    HUNDREDTHS,
    Amount,
    Condition,
    GrantRow,
    Group,
    Leaf,
    Parameter,
    Policy,
    Sentence,
    Share,
)
from jiangxin.kernel.policy.rules.vocabulary import MEANINGS
from jiangxin.kernel.policy.views import terms


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
        ("Speaks of", in_both(one.subject.label)),
        ("Served", in_both(one.tier.label)),
    ]
    if one.is_demonstration:
        facts.append(("Standing", "a demonstration, not a real document"))
    return section(
        _said(one.title),
        one.summary.en,
        one.summary.zh_hans,
        table(["", ""], facts),
        *((one.note.en, one.note.zh_hans) if one.note else ()),
        section("Conditions", _conditions(one.conditions), level=3),
        _grants(one),
        _terms(one),
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


def _grants(policy: Policy) -> str:
    if policy.grants is None:
        return ""
    rows = [
        (
            number,
            _said(row.says),
            "; ".join(map(_row_test, row.when)) or "everybody else",
            _gives(row),
            row.clause,
        )
        for number, row in enumerate(policy.grants.rows, start=1)
    ]
    headings = ["Line", "What is given", "For whom", "How much", "Clause"]
    period = f"Given {in_both(policy.grants.period.label)}."
    return section("What is given", period, table(headings, rows), level=3)


def _terms(policy: Policy) -> str:
    """What it does not go with, and how many it serves, in the language of the page."""
    lines = [
        f"- {fact.label}: {fact.value}" + (f" ({fact.note})" if fact.note else "")
        for fact in terms.terms(policy, policy.in_force_from)
    ]
    if not lines:
        return ""
    return section("Together with other policies", "\n".join(lines), level=3)


def _row_test(condition: Condition) -> str:
    if isinstance(condition, Group):
        members = ", ".join(map(_row_test, condition.members))
        return f"{in_both(condition.junction.label)} ({members})"
    return code(_test(condition))


def _gives(row: GrantRow) -> str:
    parts = []
    match row.gives:
        case Amount(given):
            parts.append(f"{_figure(given)} yuan")
        case Share() as share:
            parts.append(f"{_figure(share.given)} % of {code(share.attribute)}")
    if isinstance(row.rate, Parameter):
        parts.append(f"at {row.rate.key} % a year")
    elif row.rate is not None:
        parts.append(f"at {row.rate} % a year")
    return ", ".join(parts)


def _figure(given: int | Parameter) -> str:
    return given.key if isinstance(given, Parameter) else f"{given / HUNDREDTHS:,.2f}"


def _parameters(parameters: list[Parameter]) -> str:
    rows = [
        (
            code(each.key),
            _said(each.title),
            dated.start,
            f"{Decimal(str(dated.value)) / each.scale:,f}",
            _said(each.unit),
            dated.source,
        )
        for each in parameters
        for dated in each.values
    ]
    if not rows:
        return ""
    headings = ["Parameter", "Title", "From", "Value", "Unit", "Source"]
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
    return table(headings, rows) + "\n\n" + section("Families", _families())


def _families() -> str:
    """Attributes that a policy asks with arguments, under `of:`."""
    rows = [
        (
            code(one.key),
            in_both(one.label),
            ", ".join(map(_argument, one.arguments)),
            in_both(one.explains),
        )
        for one in families().values()
    ]
    return table(["Key", "Attributes", "Asked with", "Such as"], rows)


def _argument(one: Argument) -> str:
    values = " / ".join(dict(one.offered())) if one.choices else "a whole number"
    needed = ", needed" if one.is_needed else ""
    return f"{code(one.name)} ({values}{needed})"


def build_comparisons() -> str:
    rows = (
        (
            code(one.value),
            in_both(one.label),
            ", ".join(in_both(type_.label) for type_ in sorted(meaning.types)),
            meaning.shape.value,
            in_both(MEANS[one]),
        )
        for one, meaning in MEANINGS.items()
    )
    return table(["Comparison", "Shown as", "For", "Limit", "Means"], rows)


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
        "What policies may read of a person or an organisation, each computed in one "
        "place.",
        build_attributes,
    ),
    ReferencePage(
        "comparisons",
        "Comparisons",
        "What a condition of a policy may ask of an attribute. There is no other way.",
        build_comparisons,
    ),
)
