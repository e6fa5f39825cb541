"""What policies say of people, as data."""

from datetime import date

from ninja import Schema
from pydantic import Field

from jiangxin.kernel.policy.api.figures import (
    Value,
    Yuan,
    plain,
    plain_limit,
    yuan_or_none,
)
from jiangxin.kernel.policy.enums import (
    Comparison,
    Finding,
    Verdict,
    WhyNotApplicable,
)
from jiangxin.kernel.policy.registry.wording import limit_of, say, value_read
from jiangxin.kernel.policy.rules.explaining import Explanation
from jiangxin.kernel.policy.rules.looking import Found
from jiangxin.kernel.policy.rules.settling import Settled
from jiangxin.kernel.policy.rules.tree import Leaf


class FoundOut(Schema):
    says: str
    finding: Finding
    clause: str
    attribute: str = Field(description="What was read; empty for a group.")
    comparison: Comparison | None
    value: Value = Field(description="As on record, in full years for ages and times.")
    value_text: str = Field(description="The value in words.")
    limit: list[Value]
    limit_text: str = Field(description="The limit in words.")
    limit_since: date | None = Field(description="Since when a dated limit holds.")
    limit_source: str = Field(description="The document that gives a dated limit.")
    members: list["FoundOut"]


class GrantOut(Schema):
    row: int | None = Field(description="Line of the table; null: none, amount 0.")
    says: str
    clause: str
    amount: Yuan | None = Field(description="Null for no money, or not known yet.")
    rate: str | None = Field(description="Per cent a year, of a loan.")
    missing: list[str] = Field(description="Attributes that would decide the grant.")
    given: Yuan | None = Field(
        description="What is left of it beside the person's other policies."
    )
    excluded_by: str = Field(description="Code of the policy given instead.")


class TurnOut(Schema):
    on: date
    verdict: Verdict


class AnswerOut(Schema):
    policy: str
    version: str
    title: str
    on: date
    verdict: Verdict
    why_not_applicable: WhyNotApplicable | None
    conditions: list[FoundOut]
    missing: list[str] = Field(description="Attributes without which nobody can tell.")
    grant: GrantOut | None = Field(description="Of who is eligible, by a table.")
    near_miss: list[FoundOut] = Field(
        description="When one condition is short: what would do, any one of these."
    )
    next: TurnOut | None = Field(description="The next other answer, in ten years.")


class AnswersOut(Schema):
    person_id: int
    on: date
    answers: list[AnswerOut]


def answer_out(
    one: Explanation, *, turn: Explanation | None, settled: Settled | None
) -> AnswerOut:
    return AnswerOut(
        policy=one.policy.code,
        version=one.policy.version,
        title=say(one.policy.title),
        on=one.on,
        verdict=one.verdict,
        why_not_applicable=one.why_not_applicable,
        conditions=[found_out(each, one.on) for each in one.found],
        missing=list(one.missing),
        grant=grant_out(one, settled),
        near_miss=[found_out(each, one.on) for each in one.near_miss()],
        next=TurnOut(on=turn.on, verdict=turn.verdict) if turn else None,
    )


def found_out(found: Found, on: date) -> FoundOut:
    """Write a condition as it was read; what only a comparison has is empty of a group."""
    one = found.condition
    leaf = one if isinstance(one, Leaf) else None
    return FoundOut(
        says=say(one.says),
        finding=found.finding,
        clause=one.clause,
        attribute=leaf.attribute if leaf else "",
        comparison=leaf.comparison if leaf else None,
        value=plain(leaf, found.value) if leaf else None,
        value_text=value_read(found),
        limit=plain_limit(leaf, found.limit) if leaf else [],
        limit_text=limit_of(one, on),
        limit_since=found.dated.start if found.dated else None,
        limit_source=found.dated.source if found.dated else "",
        members=[found_out(each, on) for each in found.parts],
    )


def grant_out(one: Explanation, settled: Settled | None = None) -> GrantOut | None:
    grant = one.grant
    if grant is None:
        return None
    return GrantOut(
        row=grant.number,
        says=say(grant.row.says) if grant.row else "",
        clause=grant.row.clause if grant.row else "",
        amount=yuan_or_none(grant.fen),
        rate=None if grant.rate is None else format(grant.rate, "f"),
        missing=list(grant.missing),
        given=yuan_or_none(settled.fen) if settled else yuan_or_none(grant.fen),
        excluded_by=settled.excluded_by if settled else "",
    )
