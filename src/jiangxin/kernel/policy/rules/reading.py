"""From the text of a policy file to a `Policy`, refusing loudly what cannot be right."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import Any, Protocol

from jiangxin.kernel.policy.enums import (
    Absence,
    AttributeType,
    Comparison,
    Junction,
    Tier,
    Verdict,
)
from jiangxin.kernel.policy.rules.places import Place, PolicyFault, top
from jiangxin.kernel.policy.rules.tree import (
    Case,
    Condition,
    DatedValue,
    Group,
    Leaf,
    Limit,
    Parameter,
    Policy,
    Scalar,
)
from jiangxin.kernel.policy.rules.vocabulary import MEANINGS, Shape

CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
REGION_PREFIX = re.compile(r"\d*")
PLAIN_CODE = re.compile(r"[0-9A-Za-z./-]+")
OLDEST = 150
PAIR = 2


class Readable(Protocol):
    """What a policy file needs to know of an attribute."""

    @property
    def type(self) -> AttributeType: ...

    @property
    def absent_means(self) -> Absence: ...


Attributes = Mapping[str, Readable]
Parameters = Mapping[str, Parameter]


def read_parameter(text: str, *, file: str, key: str) -> Parameter:
    """Read one dated parameter. Its values are typed by the conditions that use it.

    Raises PolicyFault.
    """
    fields = top(text, file).fields(["title", "unit", "values"])
    values = [_dated_value(place) for place in fields["values"].items()]
    for earlier, later in pairwise(values):
        if earlier.start >= later.start:
            raise fields["values"].fault("the oldest value comes first, one a day")
    return Parameter(
        key, fields["title"].sentence(), fields["unit"].sentence(), tuple(values)
    )


def _dated_value(place: Place) -> DatedValue:
    fields = place.fields(["from", "value", "source"])
    number = fields["value"].decimal()
    value: Scalar = int(number) if number == int(number) else number
    return DatedValue(fields["from"].day(), value, fields["source"].text())


def read_policy(
    text: str,
    *,
    file: str,
    part: str,
    attributes: Attributes,
    parameters: Parameters,
) -> Policy:
    """Read one policy. part: the key of the part that brings it, which its code names.

    Raises PolicyFault.
    """
    fields = top(text, file).fields(
        [
            *("code", "title", "summary", "issuer", "document", "clause", "region"),
            *("subject", "in_force", "tier", "is_demonstration", "conditions", "cases"),
        ],
        optional=["note"],
    )
    starts, ends = _in_force(fields["in_force"])
    reader = _ConditionReader(attributes, parameters, starts)
    policy = Policy(
        code=_code(fields["code"], part),
        title=fields["title"].sentence(),
        summary=fields["summary"].sentence(),
        issuer=fields["issuer"].text(),
        document=fields["document"].text(),
        clause=fields["clause"].text(),
        region=_region(fields["region"]),
        subject=_subject(fields["subject"]),
        in_force_from=starts,
        in_force_to=ends,
        tier=fields["tier"].choice(Tier),
        is_demonstration=fields["is_demonstration"].truth(),
        note=fields["note"].sentence() if "note" in fields else None,
        conditions=tuple(map(reader.condition, fields["conditions"].items())),
        cases=(),
    )
    cases = [_case(place, policy, attributes) for place in fields["cases"].items()]
    return replace(policy, cases=tuple(cases), version=_version(policy))


def _version(policy: Policy) -> str:
    """Return a digest of all that the answers depend on; worked cases are not of it."""
    plain = json.dumps(asdict(policy), default=str, sort_keys=True)
    return sha256(plain.encode()).hexdigest()[:12]


def _code(place: Place, part: str) -> str:
    code = place.text()
    if not CODE.fullmatch(code) or not code.startswith(f"{part}."):
        raise place.fault(f"{code!r} is not a name like {part}.some_policy")
    return code


def _region(place: Place) -> str:
    region = place.text(may_be_empty=True)
    if not REGION_PREFIX.fullmatch(region):
        raise place.fault(f"{region!r} is not the beginning of a division code")
    return region


def _subject(place: Place) -> str:
    if place.text() != "person":
        raise place.fault("only policies about a person can be matched so far")
    return "person"


def _in_force(place: Place) -> tuple[date, date | None]:
    fields = place.fields(["from"], optional=["to"])
    starts = fields["from"].day()
    if "to" not in fields or fields["to"].is_null:
        return starts, None
    ends = fields["to"].day()
    if ends < starts:
        raise fields["to"].fault("ends before it starts")
    return starts, ends


class _ConditionReader:
    def __init__(
        self, attributes: Attributes, parameters: Parameters, in_force_from: date
    ) -> None:
        self.attributes = attributes
        self.parameters = parameters
        self.in_force_from = in_force_from

    def condition(self, place: Place) -> Condition:
        fields = place.mapping()
        junctions = [one for one in Junction if one.value in fields]
        if junctions:
            return self.group(place, junctions[0])
        return self.leaf(place)

    def group(self, place: Place, junction: Junction) -> Group:
        fields = place.fields([junction.value, "says", "clause"])
        members = fields[junction.value].items()
        return Group(
            junction,
            tuple(self.condition(member) for member in members),
            fields["says"].sentence(),
            fields["clause"].text(),
        )

    def leaf(self, place: Place) -> Leaf:
        comparisons = [one.value for one in Comparison]
        fields = place.fields(["attribute", "says", "clause"], optional=comparisons)
        used = [one for one in Comparison if one.value in fields]
        if len(used) != 1:
            known = ", ".join([*comparisons, *Junction.values])
            raise place.fault(f"needs exactly one of: {known}")
        key = fields["attribute"].text()
        if key not in self.attributes:
            known = ", ".join(sorted(self.attributes))
            raise fields["attribute"].fault(f"{key!r} is not an attribute: {known}")
        attribute = self.attributes[key]
        limit = fields[used[0].value]
        self.check_fit(limit, used[0], attribute)
        return Leaf(
            key,
            used[0],
            self.given(limit, used[0], attribute),
            fields["says"].sentence(),
            fields["clause"].text(),
            attribute.absent_means,
        )

    def check_fit(
        self, place: Place, comparison: Comparison, attribute: Readable
    ) -> None:
        meaning = MEANINGS[comparison]
        if attribute.type not in meaning.types:
            fitting = ", ".join(sorted(meaning.types))
            raise place.fault(f"fits {fitting}, but the attribute is {attribute.type}")
        if meaning.is_negated and attribute.absent_means is Absence.NONE:
            # Having none would have to satisfy it, and a missing value never does.
            raise place.fault(
                "cannot be asked of an attribute whose absence means there is none"
            )

    def given(
        self, place: Place, comparison: Comparison, attribute: Readable
    ) -> Limit | Parameter:
        if not place.is_mapping:
            return _limit(place, comparison, attribute.type)
        key_place = place.fields(["parameter"])["parameter"]
        key = key_place.text()
        if key not in self.parameters:
            known = ", ".join(sorted(self.parameters)) or "there are none"
            raise key_place.fault(f"{key!r} is not a parameter: {known}")
        parameter = self.parameters[key]
        self.check_parameter(key_place, parameter, comparison, attribute.type)
        return parameter

    def check_parameter(
        self, place: Place, parameter: Parameter, comparison: Comparison, type_: str
    ) -> None:
        shape = MEANINGS[comparison].shape
        is_number = type_ in (AttributeType.INTEGER, AttributeType.DECIMAL)
        if shape is not Shape.YEARS and not (shape is Shape.ONE and is_number):
            raise place.fault("a parameter holds one number, which does not fit here")
        whole = shape is Shape.YEARS or type_ == AttributeType.INTEGER
        if whole and not all(
            isinstance(dated.value, int) for dated in parameter.values
        ):
            raise place.fault(f"{parameter.key} has a value that is not whole")
        if parameter.values[0].start > self.in_force_from:
            raise place.fault(
                f"{parameter.key} has no value on {self.in_force_from}, when the "
                "policy comes into force"
            )


def _limit(place: Place, comparison: Comparison, type_: AttributeType) -> Limit:
    match MEANINGS[comparison].shape:
        case Shape.ONE:
            return _scalar(place, type_)
        case Shape.YEARS:
            years = place.integer()
            if not 0 <= years <= OLDEST:
                raise place.fault(f"should be {Shape.YEARS.value}")
            return years
        case Shape.TRUE:
            if not place.truth():
                raise place.fault(
                    "is always true; for the opposite write equals: false"
                )
            return True
        case Shape.PAIR:
            pair = tuple(_scalar(item, type_) for item in place.items())
            if pair != tuple(sorted(pair)) or len(pair) != PAIR:
                raise place.fault(f"should be {Shape.PAIR.value}")
            return pair
        case Shape.MANY:
            many = tuple(_scalar(item, type_) for item in place.items())
            if len(set(many)) < len(many):
                raise place.fault("names a value twice")
            return many


def _scalar(place: Place, type_: AttributeType) -> Scalar:
    match type_:
        case AttributeType.DATE:
            return place.day()
        case AttributeType.INTEGER:
            return place.integer()
        case AttributeType.DECIMAL:
            return place.decimal()
        case AttributeType.BOOLEAN:
            return place.truth()
        case AttributeType.CODE:
            code = place.text()
            if not PLAIN_CODE.fullmatch(code):
                raise place.fault(f"{code!r} is not a code")
            return code
        case AttributeType.TEXT:
            return place.text()


def _case(place: Place, policy: Policy, attributes: Attributes) -> Case:
    fields = place.fields(["says", "on", "profile", "expect"])
    given = fields["profile"].fields(policy.attributes())
    profile: dict[str, Any] = {
        key: None if value.is_null else _scalar(value, attributes[key].type)
        for key, value in given.items()
    }
    return Case(
        fields["says"].sentence(),
        fields["on"].day(),
        profile,
        fields["expect"].choice(Verdict),
    )


__all__ = ["Attributes", "Parameters", "PolicyFault", "read_parameter", "read_policy"]
