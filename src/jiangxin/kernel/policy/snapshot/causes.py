"""What differs from the last matching, each with because of what."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from jiangxin.kernel.policy.enums import Why
from jiangxin.kernel.policy.rules.causes import Circumstances, Kept, cause
from jiangxin.kernel.policy.snapshot.evaluating import Evaluated
from jiangxin.kernel.policy.snapshot.filling import Refreshed
from jiangxin.kernel.policy.snapshot.layout import Column

ROWS_A_BATCH = 10_000


@dataclass(frozen=True)
class Difference:
    """One match that begins, ends, or grants something else than before."""

    code: str
    version: str
    person_id: int
    was: bool
    holds: bool
    grant_row: int | None
    amount_fen: int | None
    because: Kept | None


def differences(
    connection: DuckDBPyConnection,
    evaluated: Sequence[Evaluated],
    refreshed: Refreshed,
    columns: Sequence[Column],
    *,
    personal: Collection[str],
) -> Iterator[Difference]:
    """Read what `evaluate` found to differ, while the old profiles are at hand."""
    by_number = {one.number: one for one in evaluated}
    around = {one.number: _circumstances(one, refreshed, personal) for one in evaluated}
    keys = [one.key for one in columns]
    for row in _rows(connection, evaluated, columns):
        number, person_id, was, holds, grant_row, amount = row[:6]
        one = by_number[number]
        before = _profile(keys, row, 6)
        now = _profile(keys, row, 7 + len(keys))
        yield Difference(
            code=one.code,
            version=one.policy.version if one.policy else one.before,
            person_id=person_id,
            was=was,
            holds=holds,
            grant_row=grant_row,
            amount_fen=amount,
            because=_because(one, around[number], refreshed, before, now),
        )


def _because(
    one: Evaluated,
    around: Circumstances,
    refreshed: Refreshed,
    before: dict[str, Any] | None,
    now: dict[str, Any] | None,
) -> Kept | None:
    if one.policy is None:
        return {"why": Why.WITHDRAWN.value}
    # In a new file everybody would seem to be new.
    return cause(around, before, now) if refreshed.knows_former else None


def _circumstances(
    one: Evaluated, refreshed: Refreshed, personal: Collection[str]
) -> Circumstances:
    return Circumstances(
        reads=one.policy.attributes() if one.policy else (),
        personal=personal,
        has_new_text=bool(one.policy and one.before != one.policy.version),
        has_day_passed=refreshed.before not in {None, refreshed.on},
    )


def _rows(
    connection: DuckDBPyConnection,
    evaluated: Sequence[Evaluated],
    columns: Sequence[Column],
) -> Iterator[tuple[Any, ...]]:
    """Differences with both profiles; each begins with whether there is one."""
    found = " UNION ALL ".join(
        [
            "SELECT * FROM difference",
            *(
                f"SELECT {one.number}, person_id, false, true, grant_row, amount_fen"  # noqa: S608 -- our own names
                f" FROM match_{one.number}"
                for one in evaluated
                if one.is_new
            ),
        ]
    )
    names = [one.name for one in columns]
    former = ", ".join(["b.person_id", *(f"b.{name}" for name in names)])
    present = ", ".join(["n.person_id", *(f"n.{name}" for name in names)])
    cursor = connection.execute(
        "SELECT d.number, d.person_id, d.was, d.holds, d.grant_row, d.amount_fen,"  # noqa: S608 -- our own names
        f" {former}, {present} FROM ({found}) AS d"
        " LEFT JOIN before AS b ON b.person_id = d.person_id"
        " LEFT JOIN now AS n ON n.person_id = d.person_id"
    )
    while rows := cursor.fetchmany(ROWS_A_BATCH):
        yield from rows


def _profile(
    keys: Sequence[str], row: tuple[Any, ...], start: int
) -> dict[str, Any] | None:
    if row[start] is None:
        return None
    return dict(zip(keys, row[start + 1 : start + 1 + len(keys)], strict=True))
