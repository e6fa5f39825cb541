"""What a policy is once its file has been read: values only, checked already."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from jiangxin.kernel.policy.enums import (
    Absence,
    Comparison,
    Junction,
    Period,
    QuotaOrder,
    Subject,
    Tier,
    Verdict,
    Wins,
)

Scalar = bool | int | Decimal | date | str
Limit = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True)
class Sentence:
    """Official wording with its translation. The Chinese is what binds."""

    zh_hans: str
    en: str

    def in_language(self, language: str) -> str:
        return self.zh_hans if language.startswith("zh") else self.en


@dataclass(frozen=True)
class DatedValue:
    """What a parameter is worth from `start` until the next value starts."""

    start: date
    value: Scalar
    source: str


@dataclass(frozen=True)
class Parameter:
    """A figure of a document that changes over the years. values: oldest first.

    scale: by what the values are multiplied; 100 where the file says yuan and fen are
    reckoned with, or per cent and hundredths of it.
    """

    key: str
    title: Sentence
    unit: Sentence
    values: tuple[DatedValue, ...]
    scale: int = 1
    text: str = field(compare=False, default="", repr=False)

    def on(self, day: date) -> DatedValue | None:
        """Return the value of that day, or None before the first one."""
        begun = [dated for dated in self.values if dated.start <= day]
        return begun[-1] if begun else None


def value_on(given: Limit | Parameter, on: date) -> Limit:
    """Return what stands in the file, or what its parameter is worth on a day.

    Raises LookupError before a parameter's first value; reading a policy makes sure
    that this is never a day on which the policy is in force.
    """
    if not isinstance(given, Parameter):
        return given
    dated = given.on(on)
    if dated is None:
        message = f"{given.key} has no value on {on}"
        raise LookupError(message)
    return dated.value


def whole_on(given: int | Parameter, on: date) -> int:
    """Return a figure that reading has made sure is a whole number on every day."""
    return int(value_on(given, on))  # type: ignore[arg-type]  # a number, by its reader


@dataclass(frozen=True)
class Leaf:
    """One comparison of one attribute with a limit, given directly or by parameter.

    The shape of the limit follows the comparison: one value, a pair (low, high) with
    both ends included, or several values.
    """

    attribute: str
    comparison: Comparison
    given: Limit | Parameter
    says: Sentence
    clause: str
    absent_means: Absence

    def limit(self, on: date) -> Limit:
        """Return the limit of that day. Raises LookupError as `value_on` does."""
        return value_on(self.given, on)

    def leaves(self) -> Iterator["Leaf"]:
        yield self


@dataclass(frozen=True)
class Group:
    """Several conditions of which any, or all, must hold."""

    junction: Junction
    members: tuple["Condition", ...]
    says: Sentence
    clause: str

    def leaves(self) -> Iterator[Leaf]:
        for member in self.members:
            yield from member.leaves()


Condition = Leaf | Group
Profile = dict[str, Any]

# Of yuan and of per cent: both are reckoned in whole hundredths.
HUNDREDTHS = 100
# Of what a share is counted in: hundredths of a per cent.
WHOLE_SHARE = 10_000


@dataclass(frozen=True)
class Amount:
    """A fixed sum in whole fen."""

    given: int | Parameter

    def fen(self, on: date) -> int:
        return whole_on(self.given, on)


@dataclass(frozen=True)
class Share:
    """A part of an attribute that holds money, rounded half up to the fen.

    given: hundredths of a per cent. cap, floor: in fen.
    """

    attribute: str
    given: int | Parameter
    cap: int | Parameter | None = None
    floor: int | Parameter | None = None

    def hundredths(self, on: date) -> int:
        return whole_on(self.given, on)

    def limits(self, on: date) -> tuple[int | None, int | None]:
        """Return the least and the most that is given on a day, in fen."""
        floor = None if self.floor is None else whole_on(self.floor, on)
        cap = None if self.cap is None else whole_on(self.cap, on)
        return floor, cap


@dataclass(frozen=True)
class GrantRow:
    """One line of the table of what is granted, for those who meet all of `when`.

    gives: money; None for a service, a title, a place. rate: such as the yearly interest
    of a loan, in per cent.
    """

    when: tuple[Condition, ...]
    gives: Amount | Share | None
    rate: Decimal | Parameter | None
    says: Sentence
    clause: str

    def leaves(self) -> Iterator[Leaf]:
        for condition in self.when:
            yield from condition.leaves()

    def figures(self) -> Iterator[int | Decimal | Parameter | None]:
        yield self.rate
        if isinstance(self.gives, Amount):
            yield self.gives.given
        if isinstance(self.gives, Share):
            yield from (self.gives.given, self.gives.cap, self.gives.floor)


@dataclass(frozen=True)
class GrantTable:
    """What a policy gives: the first row whose conditions are met, counted from 1.

    Whoever is eligible and meets no row is given 0, which is not "not eligible".
    """

    period: Period
    rows: tuple[GrantRow, ...]


@dataclass(frozen=True)
class NotWith:
    """Other policies that nobody gets beside this one, and which of the two is given."""

    codes: tuple[str, ...]
    wins: Wins


@dataclass(frozen=True)
class Ceiling:
    """Policies that name the same group give no more than `most` together."""

    group: str
    most: int | Parameter
    period: Period


@dataclass(frozen=True)
class Quota:
    """How many people, or how much money in fen, a policy serves in a period.

    attribute: what the order goes by; "" for the order of arrival.
    """

    people: int | None
    fen: int | None
    period: Period
    order: QuotaOrder
    attribute: str = ""


@dataclass(frozen=True)
class Case:
    """A worked example: on that day, this profile gets this answer.

    row, fen: which row of the table it is given and how much, where the case says so.
    """

    says: Sentence
    on: date
    profile: Profile
    expect: Verdict
    row: int | None = None
    fen: int | None = None


@dataclass(frozen=True)
class Policy:
    """A document's rule about whom it serves. Every one of `conditions` must hold.

    region: prefix of division codes, "" for the whole country. in_force_from and
    in_force_to are both included. version: digest of all that the answer depends on.
    text: the file as it was read, its parameters after it.
    """

    code: str
    title: Sentence
    summary: Sentence
    issuer: str
    document: str
    clause: str
    region: str
    subject: Subject
    in_force_from: date
    in_force_to: date | None
    tier: Tier
    is_demonstration: bool
    note: Sentence | None
    conditions: tuple[Condition, ...]
    cases: tuple[Case, ...]
    grants: GrantTable | None = None
    not_with: tuple[NotWith, ...] = ()
    ceiling: Ceiling | None = None
    quota: Quota | None = None
    version: str = field(compare=False, default="")
    text: str = field(compare=False, default="", repr=False)

    def is_in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (
            self.in_force_to is None or on <= self.in_force_to
        )

    @property
    def rows(self) -> tuple[GrantRow, ...]:
        return self.grants.rows if self.grants else ()

    def leaves(self) -> Iterator[Leaf]:
        """The comparisons that decide the verdict; those of grants are not among them."""
        for condition in self.conditions:
            yield from condition.leaves()

    @property
    def region_attribute(self) -> str:
        return REGIONS[self.subject]

    def attributes(self) -> list[str]:
        """All that it reads of a profile, in order of first mention."""
        named = [self.region_attribute] if self.region else []
        named += [leaf.attribute for leaf in self.leaves()]
        for row in self.rows:
            named += [leaf.attribute for leaf in row.leaves()]
            if isinstance(row.gives, Share):
                named.append(row.gives.attribute)
        if self.quota and self.quota.attribute:
            named.append(self.quota.attribute)
        return list(dict.fromkeys(named))

    def parameters(self) -> list[Parameter]:
        given: list[Any] = [leaf.given for leaf in self.leaves()]
        for row in self.rows:
            given += [leaf.given for leaf in row.leaves()]
            given += row.figures()
        if self.ceiling:
            given.append(self.ceiling.most)
        return list(dict.fromkeys(one for one in given if isinstance(one, Parameter)))


# The attribute that decides whether a policy is for somebody's part of the country.
REGION = "region"
REGIONS = {Subject.PERSON: REGION, Subject.ORGANISATION: "organisation_region"}
