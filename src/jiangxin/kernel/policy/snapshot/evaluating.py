"""Policies over everybody in the file, and what differs from before.

A policy is one statement. It is asked of everybody only when its SQL is another than
last time: its text, a dated value or the day itself may have changed it. Otherwise only
changed people are looked at. So the cost of an ordinary night is that of its changes.

The tables that `filling` leaves: `changed` (people brought up to date), `now` (their
profiles), `held` (their matches as the register's database has them). What is left to
write there is in `difference`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duckdb import DuckDBPyConnection

from jiangxin.kernel.policy.rules.sql import Granting, granting
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.snapshot.layout import (
    PROFILE,
    Kept,
    drop_matches,
    keep_policies,
    kept_policies,
    next_number,
    replace_matches,
)

Report = Callable[[int, int], None]

DIFFERENCE = """
    CREATE OR REPLACE TEMPORARY TABLE difference (
        number INTEGER, person_id BIGINT, was BOOLEAN, holds BOOLEAN,
        grant_row SMALLINT, amount_fen BIGINT
    )
"""
# f: found now. h: held before.
COMPARED = """
    coalesce(f.person_id, h.person_id), h.person_id IS NOT NULL,
    f.person_id IS NOT NULL, f.grant_row, f.amount_fen
"""
DIFFERS = """
    f.person_id IS NULL OR h.person_id IS NULL
    OR f.grant_row IS DISTINCT FROM h.grant_row
    OR f.amount_fen IS DISTINCT FROM h.amount_fen
"""


@dataclass(frozen=True)
class Evaluated:
    """One policy of a run. policy: None when it was withdrawn.

    before: the version its matches were of, "" for none. is_new: it served nobody, so all
    of its matches are new and are not in `difference`.
    """

    number: int
    policy: Policy | None
    code: str
    before: str
    eligible: int
    is_new: bool = False


def evaluate(
    connection: DuckDBPyConnection,
    policies: Sequence[Policy],
    on: date,
    *,
    report: Report | None = None,
) -> list[Evaluated]:
    """Bring the matches in the file up to date and fill `difference`.

    policies: all of them; matches of others in the file end.
    """
    connection.execute("BEGIN")
    connection.execute(DIFFERENCE)
    known = kept_policies(connection)
    number = next_number(known.values())
    held = _held_numbers(connection)
    done: list[_Done] = []
    quick: list[_Asked] = []
    for place, policy in enumerate(policies):
        kept = known.pop(policy.code, None)
        if kept is None:
            kept, number = Kept(number, policy.code), number + 1
        asked = _Asked(policy, kept, granting(policy, on, "duckdb", profiles=PROFILE))
        if kept.made_with == asked.granting.whole():
            quick.append(asked)
            continue
        if report:
            report(place, len(policies))
        done.append(_redo(connection, asked, is_new=not _is_known(kept, held)))
    done += _match_changed(connection, quick)
    withdrawn = [_withdraw(connection, kept) for kept in known.values()]
    keep_policies(connection, [one.kept for one in done])
    connection.execute("COMMIT")
    return [*(one.evaluated() for one in done), *withdrawn]


@dataclass(frozen=True)
class _Asked:
    """A policy with its place in the file."""

    policy: Policy
    kept: Kept
    granting: Granting


@dataclass(frozen=True)
class _Done:
    """The same once it is matched. before: as it was kept until now."""

    policy: Policy
    before: Kept
    kept: Kept
    is_new: bool = False

    def evaluated(self) -> Evaluated:
        return Evaluated(
            number=self.kept.number,
            policy=self.policy,
            code=self.policy.code,
            before=self.before.version,
            eligible=self.kept.people,
            is_new=self.is_new,
        )


def _held_numbers(connection: DuckDBPyConnection) -> set[int]:
    rows = connection.execute("SELECT DISTINCT number FROM held").fetchall()
    return {number for (number,) in rows}


def _is_known(kept: Kept, held: Collection[int]) -> bool:
    """Whether it may have served anybody."""
    return kept.people > 0 or kept.number in held


def _redo(connection: DuckDBPyConnection, asked: _Asked, *, is_new: bool) -> _Done:
    """Ask one policy of everybody."""
    kept, granting = asked.kept, asked.granting
    # An amount that follows from the row is no column: half of what is written.
    is_short = granting.follows_from_row
    people = _count(
        connection,
        f"CREATE TABLE following AS {granting.served if is_short else granting.whole()}",
    )
    if not is_new:
        following = granting.amounts("following") if is_short else "FROM following"
        connection.execute(
            f"INSERT INTO difference SELECT {kept.number}, {COMPARED}"  # noqa: S608 -- our own names
            f" FROM ({following}) AS f FULL JOIN ({_before(kept)}) AS h"
            f" ON f.person_id = h.person_id WHERE {DIFFERS}"
        )
    matches = granting.amounts(kept.served) if is_short else f"FROM {kept.served}"
    replace_matches(connection, kept, "following", matches)
    now = replace(
        kept,
        version=asked.policy.version,
        made_with=granting.whole(),
        people=people,
    )
    return _Done(asked.policy, kept, now, is_new=is_new)


def _before(kept: Kept) -> str:
    """The matches to compare with: of changed people as the database has them."""
    return (
        f"SELECT * FROM {kept.matches} WHERE person_id NOT IN"  # noqa: S608 -- our own names
        " (SELECT person_id FROM changed) UNION ALL"
        f" SELECT person_id, grant_row, amount_fen FROM held WHERE number = {kept.number}"
    )


def _match_changed(
    connection: DuckDBPyConnection, chosen: Sequence[_Asked]
) -> list[_Done]:
    """Ask policies that are as they were of changed people only, all in one statement."""
    same = [_Done(one.policy, one.kept, one.kept) for one in chosen]
    if not chosen or not connection.execute("SELECT 1 FROM changed LIMIT 1").fetchone():
        return same
    # Inside, `profile` means the changed people's.
    asked = " UNION ALL ".join(
        f"SELECT {one.kept.number} AS number, * FROM ({one.granting.whole()})"  # noqa: S608 -- checked files
        for one in chosen
    )
    connection.execute(
        f"CREATE OR REPLACE TEMPORARY TABLE fresh AS WITH {PROFILE} AS"
        f" (FROM now) {asked}"
    )
    numbers = ", ".join(str(one.kept.number) for one in chosen)
    connection.execute(
        f"INSERT INTO difference SELECT coalesce(f.number, h.number), {COMPARED}"  # noqa: S608 -- our own names
        f" FROM fresh AS f FULL JOIN (SELECT * FROM held WHERE number IN ({numbers}))"
        " AS h ON f.number = h.number AND f.person_id = h.person_id"
        f" WHERE {DIFFERS}"
    )
    return [_follow(connection, one) for one in chosen]


def _follow(connection: DuckDBPyConnection, asked: _Asked) -> _Done:
    """Put the changed people's matches with one policy in place of the former."""
    kept = asked.kept
    gone = _count(
        connection,
        f"DELETE FROM {kept.served} WHERE person_id IN (SELECT person_id FROM changed)",  # noqa: S608 -- our own names
    )
    amount = "" if asked.granting.follows_from_row else ", amount_fen"
    come = _count(
        connection,
        f"INSERT INTO {kept.served} SELECT person_id, grant_row{amount} FROM fresh"  # noqa: S608 -- our own names
        f" WHERE number = {kept.number}",
    )
    now = replace(kept, people=kept.people - gone + come)
    return _Done(asked.policy, kept, now)


def _withdraw(connection: DuckDBPyConnection, kept: Kept) -> Evaluated:
    """A policy that is there no longer serves nobody."""
    connection.execute(
        f"INSERT INTO difference SELECT {kept.number}, person_id, true, false, NULL,"  # noqa: S608 -- our own names
        f" NULL FROM ({_before(kept)})"
    )
    drop_matches(connection, kept)
    return Evaluated(kept.number, None, kept.code, kept.version, 0)


def _count(connection: DuckDBPyConnection, statement: str) -> int:
    """Carry out what writes rows; return how many."""
    (count,) = connection.execute(statement).fetchone() or (0,)
    return int(count)
