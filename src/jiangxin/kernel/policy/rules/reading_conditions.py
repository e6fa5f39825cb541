"""Reading conditions and the figures in them, each checked against its attribute."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from jiangxin.foundation.i18n import to_translate as _
from jiangxin.foundation.i18n import told
from jiangxin.kernel.policy.enums import (
    Absence,
    AttributeType,
    Comparison,
    Junction,
    Subject,
)
from jiangxin.kernel.policy.rules.places import Place
from jiangxin.kernel.policy.rules.tree import (
    HUNDREDTHS,
    Condition,
    DatedValue,
    Group,
    Leaf,
    Limit,
    Parameter,
    Scalar,
    Sentence,
)
from jiangxin.kernel.policy.rules.vocabulary import LENGTHS, MEANINGS, Shape

PLAIN_CODE = re.compile(r"[0-9A-Za-z_./-]+")
PAIR = 2
NUMBERS = (AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.MONEY)


class Readable(Protocol):
    """What a policy file needs to know of an attribute."""

    @property
    def key(self) -> str: ...

    @property
    def type(self) -> AttributeType: ...

    @property
    def absent_means(self) -> Absence: ...

    @property
    def subject(self) -> Subject: ...


class Argued(ValueError):
    """What is wrong with the arguments of a family. text: marked by `to_translate`."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text, values)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return told(self.text, self.values)


class Family(Protocol):
    """Attributes that differ in a few arguments, such as a kind and a length of time."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def attribute(self, arguments: Mapping[str, str]) -> Readable:
        """Return the attribute of these arguments. Raises ValueError."""


Attributes = Mapping[str, Readable]
Families = Mapping[str, Family]
Parameters = Mapping[str, Parameter]


class ConditionReader:
    """Reads conditions of one policy. known: every attribute it may read or has read."""

    def __init__(
        self,
        attributes: Attributes,
        families: Families,
        parameters: Parameters,
        subject: Subject,
        in_force_from: date,
    ) -> None:
        self.known = dict(attributes)
        self.families = families
        self.parameters = parameters
        self.subject = subject
        self.in_force_from = in_force_from

    def conditions(
        self, place: Place, *, says: Sentence | None = None, clause: str = ""
    ) -> tuple[Condition, ...]:
        """Read a list. says, clause: for those that do not state their own."""
        return tuple(self.condition(one, says, clause) for one in place.items())

    def condition(self, place: Place, says: Sentence | None, clause: str) -> Condition:
        fields = place.mapping()
        junctions = [one for one in Junction if one.value in fields]
        if junctions:
            return self.group(place, junctions[0], says, clause)
        return self.leaf(place, says, clause)

    def group(
        self, place: Place, junction: Junction, says: Sentence | None, clause: str
    ) -> Group:
        fields = place.fields([junction.value, *_needed(says)], optional=_wording(says))
        says, clause = _said(fields, says, clause)
        members = fields[junction.value].items()
        return Group(
            junction,
            tuple(self.condition(member, says, clause) for member in members),
            says,
            clause,
        )

    def leaf(self, place: Place, says: Sentence | None, clause: str) -> Leaf:
        comparisons = [one.value for one in Comparison]
        fields = place.fields(
            ["attribute", *_needed(says)],
            optional=[*comparisons, "of", *_wording(says)],
        )
        used = [one for one in Comparison if one.value in fields]
        if len(used) != 1:
            known = ", ".join([*comparisons, *Junction.values])
            raise place.fault(_("needs exactly one of: %(known)s"), known=known)
        attribute = self.attribute(fields["attribute"], fields.get("of"))
        limit = fields[used[0].value]
        _check_fit(limit, used[0], attribute)
        says, clause = _said(fields, says, clause)
        return Leaf(
            attribute.key,
            used[0],
            self.limit(limit, used[0], attribute.type),
            says,
            clause,
            attribute.absent_means,
        )

    def attribute(self, place: Place, of: Place | None = None) -> Readable:
        """Read the name of an attribute; of: the arguments of one of a family."""
        key = place.text()
        if key in self.families:
            found = self.of_family(key, of or place)
        elif key not in self.known:
            known = ", ".join(sorted([*self.known, *self.families]))
            raise place.fault(
                _("'%(given)s' is not an attribute: %(known)s"), given=key, known=known
            )
        elif of:
            raise of.fault(_("'%(given)s' takes no arguments"), given=key)
        else:
            found = self.known[key]
        if found.subject != self.subject:
            raise place.fault(
                _("'%(given)s' is of one %(found)s, the policy of one %(wanted)s"),
                given=key,
                found=found.subject.value,
                wanted=self.subject.value,
            )
        self.known[found.key] = found
        return found

    def of_family(self, key: str, place: Place) -> Readable:
        family = self.families[key]
        if not place.is_mapping:
            raise place.fault(
                _("'%(given)s' needs `of:` with %(names)s"),
                given=key,
                names=", ".join(family.names),
            )
        given = place.fields([], optional=family.names)
        try:
            return family.attribute({name: one.text() for name, one in given.items()})
        except ValueError as problem:
            text, values = _argued(problem)
            raise place.fault(text, **values) from problem

    def limit(
        self, place: Place, comparison: Comparison, type_: AttributeType
    ) -> Limit | Parameter:
        if not place.is_mapping:
            return _limit(place, comparison, type_)
        shape = MEANINGS[comparison].shape
        if shape not in LENGTHS and not (shape is Shape.ONE and type_ in NUMBERS):
            key = place.fields(["parameter"])["parameter"]
            self.parameter(key)
            raise key.fault(_("a parameter holds one number, which does not fit here"))
        is_money = shape is Shape.ONE and type_ is AttributeType.MONEY
        is_whole = shape in LENGTHS or type_ is not AttributeType.DECIMAL
        return self.figure_of_parameter(
            place, scale=HUNDREDTHS if is_money else 1, is_whole=is_whole
        )

    def figure_of_parameter(
        self, place: Place, *, scale: int, is_whole: bool
    ) -> Parameter:
        """Read `{parameter: …}`. is_whole: once multiplied, every value must be whole."""
        key = place.fields(["parameter"])["parameter"]
        parameter = scaled(self.parameter(key), scale)
        if is_whole and not all(
            isinstance(dated.value, int) for dated in parameter.values
        ):
            raise key.fault(
                _("%(parameter)s has a value that is not whole"),
                parameter=parameter.key,
            )
        if parameter.values[0].start > self.in_force_from:
            raise key.fault(
                _(
                    "%(parameter)s has no value on %(day)s, when the policy comes into "
                    "force"
                ),
                parameter=parameter.key,
                day=self.in_force_from,
            )
        return parameter

    def parameter(self, place: Place) -> Parameter:
        key = place.text()
        if key not in self.parameters:
            known = ", ".join(sorted(self.parameters)) or "–"
            raise place.fault(
                _("'%(given)s' is not a parameter: %(known)s"), given=key, known=known
            )
        return self.parameters[key]


def _argued(problem: ValueError) -> tuple[str, dict[str, object]]:
    """Return what a family says of its arguments, as `Argued` or any other has it."""
    if isinstance(problem, Argued):
        return problem.text, problem.values
    return "%(problem)s", {"problem": str(problem)}


def _needed(says: Sentence | None) -> list[str]:
    return [] if says else ["says", "clause"]


def _wording(says: Sentence | None) -> list[str]:
    return ["says", "clause"] if says else []


def _said(
    fields: Mapping[str, Place], says: Sentence | None, clause: str
) -> tuple[Sentence, str]:
    """Return a condition's own wording, or that of what it stands in."""
    return (
        fields["says"].sentence() if "says" in fields or says is None else says,
        fields["clause"].text() if "clause" in fields else clause,
    )


def _check_fit(place: Place, comparison: Comparison, attribute: Readable) -> None:
    meaning = MEANINGS[comparison]
    if attribute.type not in meaning.types:
        fitting = ", ".join(sorted(meaning.types))
        raise place.fault(
            _("fits %(fitting)s, but the attribute is %(type)s"),
            fitting=fitting,
            type=attribute.type.value,
        )
    if meaning.is_negated and attribute.absent_means is Absence.NONE:
        # Having none would have to satisfy it, and a missing value never does.
        raise place.fault(
            _("cannot be asked of an attribute whose absence means there is none")
        )


def number(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


def scaled(parameter: Parameter, scale: int) -> Parameter:
    if scale == parameter.scale:
        return parameter
    values = tuple(
        DatedValue(one.start, number(Decimal(str(one.value)) * scale), one.source)
        for one in parameter.values
    )
    return replace(parameter, values=values, scale=scale)


SHOULD_BE = {
    Shape.PAIR: _("should be a list of two values, lowest first"),
    Shape.YEARS: _("should be a number of years from 0 to 150"),
    Shape.MONTHS: _("should be a number of months from 0 to 1200"),
    Shape.DAYS: _("should be a number of days from 0 to 36500"),
}


def _limit(place: Place, comparison: Comparison, type_: AttributeType) -> Limit:
    shape = MEANINGS[comparison].shape
    match shape:
        case Shape.ONE:
            return scalar(place, type_)
        case Shape.YEARS | Shape.MONTHS | Shape.DAYS:
            length = place.integer()
            if not 0 <= length <= LENGTHS[shape]:
                raise place.fault(SHOULD_BE[shape])
            return length
        case Shape.TRUE:
            if not place.truth():
                raise place.fault(
                    _("is always true; for the opposite write equals: false")
                )
            return True
        case Shape.PAIR:
            pair = tuple(scalar(item, type_) for item in place.items())
            if pair != tuple(sorted(pair)) or len(pair) != PAIR:
                raise place.fault(SHOULD_BE[shape])
            return pair
        case Shape.MANY:
            many = tuple(scalar(item, type_) for item in place.items())
            if len(set(many)) < len(many):
                raise place.fault(_("names a value twice"))
            return many


def _code(place: Place) -> str:
    code = place.text()
    if not PLAIN_CODE.fullmatch(code):
        raise place.fault(_("'%(given)s' is not a code"), given=code)
    return code


SCALARS: dict[AttributeType, Callable[[Place], Scalar]] = {
    AttributeType.DATE: Place.day,
    AttributeType.INTEGER: Place.integer,
    AttributeType.DECIMAL: Place.decimal,
    AttributeType.MONEY: Place.hundredths,
    AttributeType.BOOLEAN: Place.truth,
    AttributeType.CODE: _code,
    AttributeType.TEXT: Place.text,
}


def scalar(place: Place, type_: AttributeType) -> Scalar:
    """Read one value of an attribute's type; money is written in yuan."""
    return SCALARS[type_](place)
