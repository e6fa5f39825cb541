"""Policies over everybody in the file, and what differs from before.

A policy is one statement. It is asked of everybody only when its SQL is another than
last time: its text, a dated value or the day itself may have changed it. Otherwise only
changed people are looked at. So the cost of an ordinary night is that of its changes.

The tables that `filling` leaves: `changed` (people brought up to date), `now` (their
profiles), `held` (their matches as the register's database has them). What is left to
write there is in `difference`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from jiangxin.kernel.policy.rules.sql import grant, predicate
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.snapshot.layout import (
    PROFILE,
    Kept,
    forget_policy,
    keep_policy,
    kept_policies,
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


def select(policy: Policy, on: date) -> str:
    """Return the statement that finds whom a policy serves, and what it grants them."""
    row, amount = grant(policy, on, "duckdb")
    return (
        f"SELECT person_id, CAST({row} AS SMALLINT) AS grant_row,"  # noqa: S608 -- checked files
        f" CAST({amount} AS BIGINT) AS amount_fen"
        f" FROM {PROFILE} WHERE {predicate(policy, on, 'duckdb')}"
    )


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
    done: list[Evaluated] = []
    quick: list[tuple[Policy, Kept, str]] = []
    for one in policies:
        kept = known.pop(one.code, None) or keep_policy(connection, one.code)
        statement = select(one, on)
        if kept.made_with == statement:
            quick.append((one, kept, statement))
            continue
        if report:
            report(len(done), len(policies))
        is_new = not _serves_anybody(connection, kept)
        _redo(connection, kept, statement, compares=not is_new)
        _remember(connection, kept, one, statement)
        done.append(_evaluated(connection, kept, one, is_new=is_new))
    _match_changed(connection, quick)
    done += [_evaluated(connection, kept, one) for one, kept, _statement in quick]
    for kept in known.values():
        _withdraw(connection, kept)
        done.append(Evaluated(kept.number, None, kept.code, kept.version, 0))
    connection.execute("COMMIT")
    return done


def _serves_anybody(connection: DuckDBPyConnection, kept: Kept) -> bool:
    found = connection.execute(f"SELECT 1 FROM ({_before(kept)}) LIMIT 1").fetchone()  # noqa: S608 -- our own names
    return found is not None


def _redo(
    connection: DuckDBPyConnection, kept: Kept, statement: str, *, compares: bool
) -> None:
    """Ask one policy of everybody."""
    connection.execute(f"CREATE TABLE following AS {statement}")
    if compares:
        connection.execute(
            f"INSERT INTO difference SELECT {kept.number}, {COMPARED}"  # noqa: S608 -- our own names
            f" FROM following AS f FULL JOIN ({_before(kept)}) AS h"
            f" ON f.person_id = h.person_id WHERE {DIFFERS}"
        )
    connection.execute(f"DROP TABLE {kept.table}")
    connection.execute(f"ALTER TABLE following RENAME TO {kept.table}")


def _before(kept: Kept) -> str:
    """The matches to compare with: of changed people as the database has them."""
    return (
        f"SELECT * FROM {kept.table} WHERE person_id NOT IN"  # noqa: S608 -- our own names
        " (SELECT person_id FROM changed) UNION ALL"
        f" SELECT person_id, grant_row, amount_fen FROM held WHERE number = {kept.number}"
    )


def _match_changed(
    connection: DuckDBPyConnection, chosen: Sequence[tuple[Policy, Kept, str]]
) -> None:
    """Ask policies that are as they were of changed people only, all in one statement."""
    if not chosen or not connection.execute("SELECT 1 FROM changed LIMIT 1").fetchone():
        return
    # Inside, `profile` means the changed people's.
    asked = " UNION ALL ".join(
        f"SELECT {kept.number} AS number, * FROM ({statement})"  # noqa: S608 -- checked files
        for _one, kept, statement in chosen
    )
    connection.execute(
        f"CREATE OR REPLACE TEMPORARY TABLE fresh AS WITH {PROFILE} AS"
        f" (FROM now) {asked}"
    )
    numbers = ", ".join(str(kept.number) for _one, kept, _statement in chosen)
    connection.execute(
        f"INSERT INTO difference SELECT coalesce(f.number, h.number), {COMPARED}"  # noqa: S608 -- our own names
        f" FROM fresh AS f FULL JOIN (SELECT * FROM held WHERE number IN ({numbers}))"
        " AS h ON f.number = h.number AND f.person_id = h.person_id"
        f" WHERE {DIFFERS}"
    )
    for _one, kept, _statement in chosen:
        _follow(connection, kept)


def _follow(connection: DuckDBPyConnection, kept: Kept) -> None:
    """Put the changed people's matches with one policy in place of the former."""
    connection.execute(
        f"DELETE FROM {kept.table} WHERE person_id IN (SELECT person_id FROM changed)"  # noqa: S608 -- our own names
    )
    connection.execute(
        f"INSERT INTO {kept.table} SELECT person_id, grant_row, amount_fen FROM fresh"  # noqa: S608 -- our own names
        f" WHERE number = {kept.number}"
    )


def _withdraw(connection: DuckDBPyConnection, kept: Kept) -> None:
    """A policy that is there no longer serves nobody."""
    connection.execute(
        f"INSERT INTO difference SELECT {kept.number}, person_id, true, false, NULL,"  # noqa: S608 -- our own names
        f" NULL FROM ({_before(kept)})"
    )
    forget_policy(connection, kept)


def _remember(
    connection: DuckDBPyConnection, kept: Kept, policy: Policy, statement: str
) -> None:
    connection.execute(
        "UPDATE policy SET version = ?, made_with = ? WHERE number = ?",
        [policy.version, statement, kept.number],
    )


def _evaluated(
    connection: DuckDBPyConnection, kept: Kept, policy: Policy, *, is_new: bool = False
) -> Evaluated:
    (count,) = connection.execute(
        f"SELECT count(*) FROM {kept.table}"  # noqa: S608 -- our own name
    ).fetchone() or (0,)
    return Evaluated(kept.number, policy, policy.code, kept.version, count, is_new)
