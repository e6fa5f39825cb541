"""What one policy would do, a draft above all: asked of the published snapshot.

Answers stand for the snapshot's register; what changed since last night is not in them,
and each says of which day it is. within: prefixes of division codes, () for everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _
from duckdb import DuckDBPyConnection

from jiangxin.foundation.errors import Refused
from jiangxin.kernel.policy.registry import attribute
from jiangxin.kernel.policy.rules.sql import Granting, granting, predicate
from jiangxin.kernel.policy.rules.tree import REGION, Condition, Policy
from jiangxin.kernel.policy.snapshot import layout, store
from jiangxin.kernel.policy.snapshot.layout import PROFILE


class NotInSnapshot(Refused):
    code = "policy.not_in_snapshot"
    text = _(
        "The snapshot does not hold %(attributes)s yet. It will once a policy that reads "
        "it is in force and the night's run has passed."
    )


@dataclass(frozen=True)
class RowReach:
    """Of one row of the table: how many get it, and what it costs. None: no row."""

    row: int | None
    people: int
    fen: int


@dataclass(frozen=True)
class WhatIf:
    """Whom a policy would serve, and what that would cost.

    adds, drops: against whom the policy of this code serves now.
    """

    on: date
    snapshot_on: date
    register: int
    people: int
    fen: int
    rows: tuple[RowReach, ...]
    adds: int
    drops: int


@dataclass(frozen=True)
class Step:
    """One condition of the funnel. condition: None for the policy's region.

    alone: how many meet it. only: how many fail it and meet all others.
    """

    condition: Condition | None
    alone: int
    only: int


def what_if(policy: Policy, *, on: date, within: Sequence[str] = ()) -> WhatIf:
    """Count whom a policy would serve on a day, and cost it.

    Raises NoSnapshot, NotInSnapshot; so do the others.
    """
    connection = _holding(policy)
    rows = reach(connection, policy, on, within)
    people = sum(row.people for row in rows)
    held, both = _compared(connection, policy, on, within)
    said = layout.about(connection)
    return WhatIf(
        on=on,
        snapshot_on=date.fromisoformat(said["on"]),
        register=_register(connection, within),
        people=people,
        fen=sum(row.fen for row in rows),
        rows=rows,
        adds=people - both,
        drops=held - both,
    )


def reach(
    connection: DuckDBPyConnection,
    policy: Policy,
    on: date,
    within: Sequence[str] = (),
) -> tuple[RowReach, ...]:
    """Count and cost by the rows of the policy's table."""
    granting = _granting(policy, on, within)
    # An amount that follows from the row is looked up once a row, not once a person.
    asked = (
        f"SELECT grant_row, n, n * CAST({granting.fen} AS HUGEINT) FROM"  # noqa: S608 -- checked files
        f" (SELECT grant_row, count(*) AS n FROM ({granting.served}) GROUP BY grant_row)"
        if granting.follows_from_row
        else f"SELECT grant_row, count(*), sum(amount_fen) FROM ({granting.whole()})"  # noqa: S608 -- checked files
        " GROUP BY grant_row"
    )
    found = connection.execute(asked).fetchall()
    found.sort(key=lambda row: (row[0] is None, row[0]))
    return tuple(RowReach(row, people, int(fen or 0)) for row, people, fen in found)


def funnel(policy: Policy, *, on: date, within: Sequence[str] = ()) -> list[Step]:
    """Take a policy apart: each condition alone, and who fails no other.

    As if the policy were in force, so that a draft of next year can be looked at.
    """
    return funnel_on(_holding(policy), policy, on, within)


def funnel_on(
    connection: DuckDBPyConnection,
    policy: Policy,
    on: date,
    within: Sequence[str] = (),
) -> list[Step]:
    conditions: list[Condition | None] = [*([None] if policy.region else [])]
    conditions += policy.conditions
    asked = ", ".join(
        f"coalesce({_alone(policy, one, on)}, false) AS c{place}"
        for place, one in enumerate(conditions)
    )
    failed = " + ".join(
        f"CAST(NOT c{place} AS INTEGER)" for place in range(len(conditions))
    )
    counted = ", ".join(
        f"count(*) FILTER (c{place}), count(*) FILTER (NOT c{place} AND failed = 1)"
        for place in range(len(conditions))
    )
    row = connection.execute(
        f"SELECT {counted} FROM (SELECT *, {failed} AS failed FROM"  # noqa: S608 -- checked files
        f" (SELECT {asked} FROM {PROFILE} WHERE {_inside(within)}))"
    ).fetchone()
    counts = list(row or ())
    return [
        Step(one, counts[2 * place], counts[2 * place + 1])
        for place, one in enumerate(conditions)
    ]


def moved(
    policy: Policy,
    which: Literal["adds", "drops"],
    *,
    on: date,
    within: Sequence[str] = (),
    most: int = 100,
) -> list[int]:
    """Return the person numbers that a policy would add or drop."""
    connection = _holding(policy)
    chosen = f"SELECT person_id FROM ({_chosen(policy, on, within)})"  # noqa: S608 -- checked files
    held = _held(connection, policy, within)
    first, second = (chosen, held) if which == "adds" else (held, chosen)
    rows = connection.execute(
        f"({first}) EXCEPT ({second}) ORDER BY person_id LIMIT {int(most)}"
    ).fetchall()
    return [person_id for (person_id,) in rows]


def _holding(policy: Policy) -> DuckDBPyConnection:
    """Return the published snapshot, if it holds all that the policy reads."""
    connection = store.published()
    held = {row[0] for row in connection.execute(f"DESCRIBE {PROFILE}").fetchall()}
    missing = [
        str(attribute(key).label) for key in policy.attributes() if key not in held
    ]
    if missing:
        raise NotInSnapshot(attributes=", ".join(missing))
    return connection


def _compared(
    connection: DuckDBPyConnection, policy: Policy, on: date, within: Sequence[str]
) -> tuple[int, int]:
    """Count whom the policy serves now, and of them whom it would serve still."""
    row = connection.execute(
        "SELECT count(*), count(f.person_id)"  # noqa: S608 -- checked files
        f" FROM ({_held(connection, policy, within)}) AS h"
        f" LEFT JOIN ({_chosen(policy, on, within)}) AS f USING (person_id)"
    ).fetchone()
    return row or (0, 0)


def _held(connection: DuckDBPyConnection, policy: Policy, within: Sequence[str]) -> str:
    """Whom the policy serves according to the snapshot; nobody when it is new."""
    kept = layout.kept_policies(connection).get(policy.code)
    if kept is None:
        return f"SELECT person_id FROM {PROFILE} LIMIT 0"  # noqa: S608 -- our own name
    inside = (
        f" WHERE person_id IN (SELECT person_id FROM {PROFILE}"  # noqa: S608 -- division codes
        f" WHERE {_inside(within)})"
        if within
        else ""
    )
    return f"SELECT person_id FROM {kept.matches}{inside}"  # noqa: S608 -- our own name


def _chosen(policy: Policy, on: date, within: Sequence[str]) -> str:
    return _granting(policy, on, within).whole()


def _granting(policy: Policy, on: date, within: Sequence[str]) -> Granting:
    inside = f"(SELECT * FROM {PROFILE} WHERE {_inside(within)})"  # noqa: S608 -- division codes
    asked = inside if within else PROFILE
    return granting(policy, on, "duckdb", profiles=asked)


def _inside(within: Sequence[str]) -> str:
    """Division codes are digits; anything else is no place."""
    places = [f"starts_with({REGION}, '{code}')" for code in within if code.isdigit()]
    if not within:
        return "true"
    return f"({' OR '.join(places)})" if places else "false"


def _alone(policy: Policy, condition: Condition | None, on: date) -> str:
    """One condition as SQL; None for the region."""
    one = replace(
        policy,
        conditions=() if condition is None else (condition,),
        region=policy.region if condition is None else "",
        in_force_from=on,
        in_force_to=None,
    )
    return f"({predicate(one, on, 'duckdb')})"


def _register(connection: DuckDBPyConnection, within: Sequence[str]) -> int:
    (count,) = connection.execute(
        f"SELECT count(*) FROM {PROFILE} WHERE {_inside(within)}"  # noqa: S608 -- division codes
    ).fetchone() or (0,)
    return int(count)
