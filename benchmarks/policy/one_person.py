"""One person's row in SQLite, and an explanation as JSON."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.policy.people import ATTRIBUTES, DATE, YES_NO
from jiangxin.kernel.policy.rules.explaining import Explanation
from jiangxin.kernel.policy.rules.looking import Found


def flat_table(folder: Path, path: Path, *, most: int) -> int:
    """Copy the first people into a SQLite file; return how many there are."""
    from jiangxin.kernel.policy.snapshot import store

    source = store.connect(folder / "people.duckdb", read_only=True)
    rows = source.execute(
        f"SELECT * FROM profile WHERE person_id <= {most} ORDER BY person_id"
    ).fetchall()
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        names = ", ".join(ATTRIBUTES)
        connection.execute(
            f"CREATE TABLE profile (person_id INTEGER PRIMARY KEY, {names})"
        )
        places = ", ".join("?" * (len(ATTRIBUTES) + 1))
        connection.executemany(
            f"INSERT INTO profile VALUES ({places})",
            ([str(v) if isinstance(v, date) else v for v in row] for row in rows),
        )
    return len(rows)


def read(keys: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {key: _read(key, value) for key, value in zip(keys, values, strict=True)}


def _read(key: str, value: Any) -> Any:
    type_ = ATTRIBUTES[key][0]
    if value is None:
        return None
    if type_ is DATE:
        return date.fromisoformat(value)
    return bool(value) if type_ is YES_NO else value


def written(answer: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON says it, days and numbers as they are."""
    grant = answer.grant
    return {
        "policy": answer.policy.code,
        "version": answer.policy.version,
        "verdict": answer.verdict.value,
        "missing": answer.missing,
        "fen": grant.fen if grant else None,
        "conditions": [_condition(one) for one in answer.found],
    }


def _condition(found: Found) -> dict[str, Any]:
    return {
        "says": found.condition.says.zh_hans,
        "value": found.value,
        "limit": found.limit,
        "finding": found.finding.value,
        "clause": found.condition.clause,
        "parts": [_condition(part) for part in found.parts],
    }
