"""From all the policies a person is eligible for to what the person gets.

Policies may exclude each other, share a ceiling, and be limited in number. The first two
are settled here for one person; a quota is settled when it is decided, in `admitted`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jiangxin.kernel.policy.enums import QuotaOrder, Wins
from jiangxin.kernel.policy.rules.tree import Policy, Quota, whole_on


@dataclass(frozen=True)
class Claim:
    """A policy that a person is eligible for. fen: None when it gives no money."""

    policy: Policy
    fen: int | None


@dataclass(frozen=True)
class Settled:
    """What becomes of a claim.

    fen: what is given; 0 when it is excluded. excluded_by: the code of the policy that is
    given instead. cut: what a shared ceiling took off.
    """

    claim: Claim
    fen: int | None
    excluded_by: str = ""
    cut: int = 0


def settle(claims: Sequence[Claim], on: date) -> list[Settled]:
    """Settle one person's claims of one period, in the order given.

    No two that are given exclude each other, and each that is not given is excluded by
    one that is. The larger amount comes first where nothing else decides, then the code.
    """
    excluded = _excluded(claims)
    room: dict[str, int] = {}
    settled = []
    for claim in claims:
        code = claim.policy.code
        if code in excluded:
            settled.append(Settled(claim, 0, excluded_by=excluded[code]))
        else:
            settled.append(_under_ceiling(claim, room, on))
    return settled


def _excluded(claims: Sequence[Claim]) -> dict[str, str]:
    """Return the codes that are not given, each with the one that is given instead.

    Whoever loses to nobody that is left is given; in a ring the strongest is.
    """
    left = sorted(claims, key=lambda claim: (-(claim.fen or 0), claim.policy.code))
    excluded: dict[str, str] = {}
    while left:
        given = next(
            (one for one in left if not any(_beats(other, one) for other in left)),
            left[0],
        )
        losers = [one for one in left if exclude_each_other(given.policy, one.policy)]
        excluded.update({one.policy.code: given.policy.code for one in losers})
        left = [one for one in left if one is not given and one not in losers]
    return excluded


def exclude_each_other(one: Policy, other: Policy) -> bool:
    return one is not other and (_names(one, other) or _names(other, one))


def _names(one: Policy, other: Policy) -> bool:
    return any(other.code in rule.codes for rule in one.not_with)


def _beats(one: Claim, other: Claim) -> bool:
    """Whether of two that exclude each other, the first is the one that is given."""
    if not exclude_each_other(one.policy, other.policy):
        return False
    for rule in one.policy.not_with:
        if other.policy.code in rule.codes and rule.wins is not Wins.LARGER_AMOUNT:
            return rule.wins is Wins.THIS
    for rule in other.policy.not_with:
        if one.policy.code in rule.codes and rule.wins is not Wins.LARGER_AMOUNT:
            return rule.wins is Wins.OTHER
    strength = [(-(each.fen or 0), each.policy.code) for each in (one, other)]
    return strength[0] < strength[1]


def _under_ceiling(claim: Claim, room: dict[str, int], on: date) -> Settled:
    """Give what is left under the ceiling of the group, and note what then is left."""
    ceiling = claim.policy.ceiling
    if ceiling is None or claim.fen is None:
        return Settled(claim, claim.fen)
    left = room.setdefault(ceiling.group, whole_on(ceiling.most, on))
    fen = min(claim.fen, left)
    room[ceiling.group] = left - fen
    return Settled(claim, fen, cut=claim.fen - fen)


@dataclass(frozen=True)
class Remaining:
    """What is left of a quota; None where it sets no limit."""

    people: int | None
    fen: int | None

    def has_room_for(self, fen: int) -> bool:
        return (self.people is None or self.people > 0) and (
            self.fen is None or self.fen >= fen
        )

    def less(self, fen: int) -> "Remaining":
        return Remaining(
            None if self.people is None else self.people - 1,
            None if self.fen is None else self.fen - fen,
        )


def remaining(quota: Quota, *, people: int, fen: int) -> Remaining:
    """Return what is left after so many people and so much money of the period."""
    return Remaining(
        None if quota.people is None else max(quota.people - people, 0),
        None if quota.fen is None else max(quota.fen - fen, 0),
    )


@dataclass(frozen=True)
class Applicant:
    """Somebody who wants a place. arrived: their turn. rank: by which they are ordered."""

    number: int
    arrived: int
    fen: int = 0
    rank: int | Decimal | date | None = None


def admitted(
    quota: Quota, left: Remaining, applicants: Sequence[Applicant]
) -> list[Applicant]:
    """Return who is served, in the quota's order; nobody is passed over.

    The first for whom there is no room ends it, so that a smaller claim never overtakes
    a larger one. Whoever has no rank comes last; arrival decides between equals.
    """
    served = []
    for one in _in_order(quota, applicants):
        if not left.has_room_for(one.fen):
            break
        served.append(one)
        left = left.less(one.fen)
    return served


def _in_order(quota: Quota, applicants: Sequence[Applicant]) -> list[Applicant]:
    by_arrival = sorted(applicants, key=lambda one: one.arrived)
    if quota.order is QuotaOrder.FIRST_COME:
        return by_arrival
    ranked = [one for one in by_arrival if one.rank is not None]
    unranked = [one for one in by_arrival if one.rank is None]
    is_highest_first = quota.order is QuotaOrder.HIGHEST_FIRST
    # Sorting keeps the order of equals, also in reverse.
    ranked.sort(key=lambda one: one.rank, reverse=is_highest_first)  # type: ignore[arg-type,return-value]  # one attribute, one type
    return ranked + unranked
