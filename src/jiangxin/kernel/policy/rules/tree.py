"""What a policy is once its file has been read: values only, checked already."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from jiangxin.kernel.policy.enums import Absence, Comparison, Junction, Tier, Verdict

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
    """A figure of a document that changes over the years. values: oldest first."""

    key: str
    title: Sentence
    unit: Sentence
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """Return the value of that day, or None before the first one."""
        begun = [dated for dated in self.values if dated.start <= day]
        return begun[-1] if begun else None


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
        """Return the limit of that day.

        Raises LookupError before a parameter's first value; reading a policy makes
        sure that this is never a day on which the policy is in force.
        """
        if not isinstance(self.given, Parameter):
            return self.given
        dated = self.given.on(on)
        if dated is None:
            message = f"{self.given.key} has no value on {on}"
            raise LookupError(message)
        return dated.value

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


@dataclass(frozen=True)
class Case:
    """A worked example: on that day, this profile gets this answer."""

    says: Sentence
    on: date
    profile: Profile
    expect: Verdict


@dataclass(frozen=True)
class Policy:
    """A document's rule about whom it serves. Every one of `conditions` must hold.

    region: prefix of division codes, "" for the whole country. in_force_from and
    in_force_to are both included. version: digest of all that the answer depends on.
    """

    code: str
    title: Sentence
    summary: Sentence
    issuer: str
    document: str
    clause: str
    region: str
    subject: str
    in_force_from: date
    in_force_to: date | None
    tier: Tier
    is_demonstration: bool
    note: Sentence | None
    conditions: tuple[Condition, ...]
    cases: tuple[Case, ...]
    version: str = field(compare=False, default="")

    def is_in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (
            self.in_force_to is None or on <= self.in_force_to
        )

    def leaves(self) -> Iterator[Leaf]:
        for condition in self.conditions:
            yield from condition.leaves()

    def attributes(self) -> list[str]:
        """The attributes the answer depends on, in order of first mention."""
        named = [leaf.attribute for leaf in self.leaves()]
        return list(dict.fromkeys([REGION, *named] if self.region else named))

    def parameters(self) -> list[Parameter]:
        given = [leaf.given for leaf in self.leaves()]
        return list(dict.fromkeys(one for one in given if isinstance(one, Parameter)))


# The attribute that decides whether a policy is for somebody's part of the country.
REGION = "region"
