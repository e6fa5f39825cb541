"""What an eligible person is given, and by which row of the table."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from jiangxin.kernel.policy.enums import Finding, Junction
from jiangxin.kernel.policy.rules.looking import Found, joined, looker
from jiangxin.kernel.policy.rules.tree import (
    WHOLE_SHARE,
    Amount,
    GrantRow,
    Policy,
    Share,
    value_on,
)


class Granted(NamedTuple):
    """What the table gives.

    row: the row that applies, and its number from 1; None when none does, which gives
    0. fen: None for a row that gives no money, and when what it is a share of is not on
    record. found: the conditions of that row. missing: attributes that are not on record
    and might lead to an earlier row, or to an amount.
    """

    row: GrantRow | None
    number: int | None
    fen: int | None
    rate: Decimal | None = None
    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()


Grant = Callable[[Mapping[str, Any]], Granted | None]


def granter(policy: Policy, on: date) -> Grant:
    """Return the function that finds the first row that applies on a day.

    For profiles that are eligible on that day. None when the policy has no table.
    `sql.grant` says the same in SQL.
    """
    if policy.grants is None:
        return lambda _profile: None
    rows = [
        (number, row, [looker(condition, on) for condition in row.when], _rate(row, on))
        for number, row in enumerate(policy.grants.rows, start=1)
    ]

    def grant(profile: Mapping[str, Any]) -> Granted:
        missing: list[str] = []
        for number, row, looks, rate in rows:
            found = tuple([look_at(profile) for look_at in looks])
            finding = joined(Junction.ALL_OF, [one.finding for one in found])
            if finding is Finding.MET:
                fen = _fen(row, profile, on)
                if isinstance(row.gives, Share) and fen is None:
                    missing.append(row.gives.attribute)
                return Granted(row, number, fen, rate, found, _unique(missing))
            if finding is Finding.UNKNOWN:
                for one in found:
                    missing.extend(one.unknown_attributes())
        return Granted(None, None, 0, missing=_unique(missing))

    return grant


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _rate(row: GrantRow, on: date) -> Decimal | None:
    if row.rate is None:
        return None
    value = row.rate if isinstance(row.rate, Decimal) else value_on(row.rate, on)
    return Decimal(str(value))


def _fen(row: GrantRow, profile: Mapping[str, Any], on: date) -> int | None:
    match row.gives:
        case Amount() as amount:
            return amount.fen(on)
        case Share() as share:
            return part_of(profile[share.attribute], share, on)
    return None


def part_of(whole: int | None, share: Share, on: date) -> int | None:
    """Return a share of an amount in fen, half a fen rounded up, within its limits."""
    if whole is None:
        return None
    part = (whole * share.hundredths(on) + WHOLE_SHARE // 2) // WHOLE_SHARE
    floor, cap = share.limits(on)
    least = max(part, floor or 0)
    return least if cap is None else min(least, cap)
