"""From the text of a policy file to a `Policy`, refusing loudly what cannot be right."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import Any

from jiangxin.foundation.i18n import to_translate as _
from jiangxin.kernel.policy.enums import Subject, Tier, Verdict
from jiangxin.kernel.policy.rules import reading_grants
from jiangxin.kernel.policy.rules.places import Place, PolicyFault, top
from jiangxin.kernel.policy.rules.reading_conditions import (
    Attributes,
    ConditionReader,
    Families,
    Parameters,
    number,
    scalar,
)
from jiangxin.kernel.policy.rules.tree import Case, DatedValue, Parameter, Policy

CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
REGION_PREFIX = re.compile(r"\d*")
NO_FAMILIES: Families = {}


def read_parameter(text: str, *, file: str, key: str) -> Parameter:
    """Read one dated parameter. Its values are typed by the conditions that use it.

    Raises PolicyFault.
    """
    fields = top(text, file).fields(["title", "unit", "values"])
    values = [_dated_value(place) for place in fields["values"].items()]
    for earlier, later in pairwise(values):
        if earlier.start >= later.start:
            raise fields["values"].fault(_("the oldest value comes first, one a day"))
    return Parameter(
        key,
        fields["title"].sentence(),
        fields["unit"].sentence(),
        tuple(values),
        text=text,
    )


def _dated_value(place: Place) -> DatedValue:
    fields = place.fields(["from", "value", "source"])
    value = number(fields["value"].decimal())
    return DatedValue(fields["from"].day(), value, fields["source"].text())


def read_policy(
    text: str,
    *,
    file: str,
    part: str,
    attributes: Attributes,
    parameters: Parameters,
    families: Families = NO_FAMILIES,
) -> Policy:
    """Read one policy. part: the key of the part that brings it, which its code names.

    Raises PolicyFault.
    """
    fields = top(text, file).fields(
        [
            *("code", "title", "summary", "issuer", "document", "clause", "region"),
            *("subject", "in_force", "tier", "is_demonstration", "conditions", "cases"),
        ],
        optional=["note", "grants", "not_with", "ceiling", "quota"],
    )
    starts, ends = _in_force(fields["in_force"])
    subject = fields["subject"].choice(Subject)
    reader = ConditionReader(attributes, families, parameters, subject, starts)
    policy = Policy(
        code=_code(fields["code"], part),
        title=fields["title"].sentence(),
        summary=fields["summary"].sentence(),
        issuer=fields["issuer"].text(),
        document=fields["document"].text(),
        clause=fields["clause"].text(),
        region=_region(fields["region"]),
        subject=subject,
        in_force_from=starts,
        in_force_to=ends,
        tier=fields["tier"].choice(Tier),
        is_demonstration=fields["is_demonstration"].truth(),
        note=fields["note"].sentence() if "note" in fields else None,
        conditions=reader.conditions(fields["conditions"]),
        cases=(),
        **_terms(fields, reader),
    )
    cases = [_case(place, policy, reader.known) for place in fields["cases"].items()]
    return replace(
        policy,
        cases=tuple(cases),
        version=_version(policy),
        text="---\n".join([text, *(one.text for one in policy.parameters())]),
    )


def _terms(fields: Mapping[str, Place], reader: ConditionReader) -> dict[str, Any]:
    """Read what a policy gives and on what terms, as far as it says so."""
    terms: dict[str, Any] = {}
    if "grants" in fields:
        terms["grants"] = reading_grants.grant_table(fields["grants"], reader)
    if "not_with" in fields:
        terms["not_with"] = tuple(
            map(reading_grants.not_with, fields["not_with"].items())
        )
    if "ceiling" in fields:
        terms["ceiling"] = reading_grants.ceiling(fields["ceiling"], reader)
    if "quota" in fields:
        terms["quota"] = reading_grants.quota(fields["quota"], reader)
    return terms


def _version(policy: Policy) -> str:
    """Return a digest of all that the answers depend on; worked cases are not of it."""
    plain = json.dumps(asdict(policy), default=str, sort_keys=True)
    return sha256(plain.encode()).hexdigest()[:12]


def _code(place: Place, part: str) -> str:
    code = place.text()
    if not CODE.fullmatch(code) or not code.startswith(f"{part}."):
        raise place.fault(
            _("'%(given)s' is not a name like %(part)s.some_policy"),
            given=code,
            part=part,
        )
    return code


def _region(place: Place) -> str:
    region = place.text(may_be_empty=True)
    if not REGION_PREFIX.fullmatch(region):
        raise place.fault(
            _("'%(given)s' is not the beginning of a division code"), given=region
        )
    return region


def _in_force(place: Place) -> tuple[date, date | None]:
    fields = place.fields(["from"], optional=["to"])
    starts = fields["from"].day()
    if "to" not in fields or fields["to"].is_null:
        return starts, None
    ends = fields["to"].day()
    if ends < starts:
        raise fields["to"].fault(_("ends before it starts"))
    return starts, ends


def _case(place: Place, policy: Policy, known: Attributes) -> Case:
    fields = place.fields(["says", "on", "profile", "expect"], optional=["gives"])
    given = fields["profile"].fields(policy.attributes())
    profile: dict[str, Any] = {
        key: None if value.is_null else scalar(value, known[key].type)
        for key, value in given.items()
    }
    expect = fields["expect"].choice(Verdict)
    row, fen = _gives(fields.get("gives"), policy, expect)
    says, on = fields["says"].sentence(), fields["on"].day()
    return Case(says, on, profile, expect, row, fen)


def _gives(
    place: Place | None, policy: Policy, expect: Verdict
) -> tuple[int | None, int | None]:
    if place is None:
        return None, None
    if expect is not Verdict.ELIGIBLE or policy.grants is None:
        raise place.fault(_("only who is eligible is given something, by a table"))
    fields = place.fields([], optional=["row", "amount"])
    return (
        fields["row"].integer() if "row" in fields else None,
        fields["amount"].hundredths() if "amount" in fields else None,
    )


__all__ = [
    "NO_FAMILIES",
    "Attributes",
    "Families",
    "Parameters",
    "PolicyFault",
    "read_parameter",
    "read_policy",
]
