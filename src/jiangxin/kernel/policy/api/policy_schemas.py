"""Policies as data. What is said is in the language that was asked for."""

from datetime import date

from ninja import Schema
from pydantic import Field

from jiangxin.kernel.policy.api.figures import Value, Yuan, plain_limit, yuan
from jiangxin.kernel.policy.enums import (
    Absence,
    Comparison,
    Junction,
    Period,
    Subject,
    Tier,
)
from jiangxin.kernel.policy.queries.matches import Reach
from jiangxin.kernel.policy.registry.wording import limit_of, say
from jiangxin.kernel.policy.rules.tree import (
    Amount,
    Condition,
    GrantRow,
    Group,
    Leaf,
    Parameter,
    Policy,
)


class PolicyOut(Schema):
    code: str = Field(description="Stable name of the policy.")
    version: str = Field(description="Digest of all that its answers depend on.")
    title: str
    summary: str
    issuer: str = Field(description="Who issued the document.")
    document: str
    clause: str
    region: str = Field(description="Prefix of division codes; empty: whole country.")
    subject: Subject
    tier: Tier = Field(description="How one comes to be served.")
    in_force_from: date
    in_force_to: date | None = Field(description="Last day; null: without end.")
    is_demonstration: bool
    served: int = Field(
        description="How many of the token's places are served now: people, or organisations."
    )


class ConditionOut(Schema):
    says: str
    clause: str
    attribute: str = Field(description="What is read; empty for a group.")
    comparison: Comparison | None
    limit: list[Value] = Field(description="One value, both ends, or all of a set.")
    limit_text: str = Field(description="The limit in words.")
    parameter: str = Field(description="Key of the dated figure that gives the limit.")
    absent_means: Absence | None
    junction: Junction | None = Field(description="Of a group: any or all of members.")
    members: list["ConditionOut"]


class GrantRowOut(Schema):
    number: int = Field(description="Counted from 1; the first that applies is given.")
    says: str
    clause: str
    when: list[ConditionOut]
    amount: Yuan | None = Field(description="Null for a share, or for no money.")


class DatedOut(Schema):
    since: date
    value: str
    source: str


class ParameterOut(Schema):
    key: str
    title: str
    unit: str
    values: list[DatedOut]


class PolicyDetailOut(PolicyOut):
    note: str
    conditions: list[ConditionOut]
    period: Period | None = Field(description="How often a grant is given.")
    grants: list[GrantRowOut]
    parameters: list[ParameterOut]
    text: str = Field(description="The policy's file, its parameters after it: YAML.")


def policy_out(one: Policy, reach: Reach) -> PolicyOut:
    return PolicyOut(
        code=one.code,
        version=one.version,
        title=say(one.title),
        summary=say(one.summary),
        issuer=one.issuer,
        document=one.document,
        clause=one.clause,
        region=one.region,
        subject=one.subject,
        tier=one.tier,
        in_force_from=one.in_force_from,
        in_force_to=one.in_force_to,
        is_demonstration=one.is_demonstration,
        served=reach.eligible,
    )


def policy_detail_out(one: Policy, reach: Reach, on: date) -> PolicyDetailOut:
    """on: the day of the limits, or the policy's first day when that is later."""
    day = max(on, one.in_force_from)
    return PolicyDetailOut(
        **policy_out(one, reach).dict(),
        note=say(one.note) if one.note else "",
        conditions=[condition_out(each, day) for each in one.conditions],
        period=one.grants.period if one.grants else None,
        grants=[_row_out(each, at, day) for at, each in enumerate(one.rows, start=1)],
        parameters=[_parameter_out(each) for each in one.parameters()],
        text=one.text,
    )


def condition_out(one: Condition, on: date) -> ConditionOut:
    leaf = one if isinstance(one, Leaf) else None
    group = one if isinstance(one, Group) else None
    given = leaf.given if leaf else None
    return ConditionOut(
        says=say(one.says),
        clause=one.clause,
        attribute=leaf.attribute if leaf else "",
        comparison=leaf.comparison if leaf else None,
        limit=plain_limit(leaf, leaf.limit(on)) if leaf else [],
        limit_text=limit_of(one, on),
        parameter=given.key if isinstance(given, Parameter) else "",
        absent_means=leaf.absent_means if leaf else None,
        junction=group.junction if group else None,
        members=[condition_out(each, on) for each in group.members] if group else [],
    )


def _row_out(row: GrantRow, number: int, on: date) -> GrantRowOut:
    fixed = row.gives.fen(on) if isinstance(row.gives, Amount) else None
    return GrantRowOut(
        number=number,
        says=say(row.says),
        clause=row.clause,
        when=[condition_out(each, on) for each in row.when],
        amount=None if fixed is None else yuan(fixed),
    )


def _parameter_out(one: Parameter) -> ParameterOut:
    return ParameterOut(
        key=one.key,
        title=say(one.title),
        unit=say(one.unit),
        values=[
            DatedOut(since=each.start, value=str(each.value), source=each.source)
            for each in one.values
        ],
    )
