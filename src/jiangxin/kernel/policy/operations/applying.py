"""Writing down what differs: matches that end, begin, or grant something else.

The difference lies in the temporary table `policy_difference`, wherever it was found.
Written twice it changes nothing the second time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.register.models import Person

MATCHES = PolicyMatch._meta.db_table
PEOPLE = Person._meta.db_table
DIFFERENCE = "policy_difference"
# was, holds: 0 or 1. because: JSON as text. match_id: the open match, null for none or
# when it is still to be looked up.
COLUMNS = {
    "policy_code": "varchar(64)",
    "person_id": "bigint",
    "policy_version": "varchar(16)",
    "was": "smallint",
    "holds": "smallint",
    "grant_row": "smallint",
    "amount_fen": "bigint",
    "because": "text",
    "match_id": "bigint",
}

# The same match in both: of one policy and person, and open.
SAME = (
    f"m.policy_code = {DIFFERENCE}.policy_code AND m.person_id = {DIFFERENCE}.person_id"
    " AND m.valid_to IS NULL"
)


@contextmanager
def difference_table(cursor: CursorWrapper) -> Iterator[None]:
    """Make the table; it is gone afterwards, or with the transaction if undone."""
    columns = ", ".join(f"{name} {type_}" for name, type_ in COLUMNS.items())
    cursor.execute(f"CREATE TEMPORARY TABLE {DIFFERENCE} ({columns})")
    yield
    cursor.execute(f"DROP TABLE {DIFFERENCE}")


@needs_transaction
def apply_difference(cursor: CursorWrapper, run: MatchRun) -> None:
    """Write it down, once every `match_id` is known."""
    if connection.vendor == "postgresql":
        cursor.execute(f"ANALYZE {DIFFERENCE}")
    _end(cursor, run)
    _begin(cursor, run)
    _alter(cursor)


@needs_transaction
def look_up_matches(cursor: CursorWrapper) -> None:
    """Fill in `match_id`, where the difference was found outside this database."""
    if connection.vendor == "postgresql":
        cursor.execute(f"ANALYZE {DIFFERENCE}")
    cursor.execute(
        f"UPDATE {DIFFERENCE} SET match_id = m.id FROM {MATCHES} AS m WHERE {SAME}"  # noqa: S608 -- our own names
    )


def _end(cursor: CursorWrapper, run: MatchRun) -> None:
    cursor.execute(
        f"UPDATE {MATCHES} AS m SET valid_to = %s, lost_in_id = %s,"  # noqa: S608 -- our own names
        f" lost_because = {_json('d.because')} FROM {DIFFERENCE} AS d"
        " WHERE d.holds = 0 AND m.id = d.match_id AND m.valid_to IS NULL",
        [run.on, run.pk],
    )


def _begin(cursor: CursorWrapper, run: MatchRun) -> None:
    """Whoever is served already, as by a run that was killed after this, stays so."""
    cursor.execute(
        f"INSERT INTO {MATCHES} (policy_code, person_id, valid_from, policy_version,"  # noqa: S608 -- our own names
        " gained_in_id, grant_row, amount_fen, gained_because)"
        f" SELECT d.policy_code, d.person_id, %s, d.policy_version, {run.pk},"
        f" d.grant_row, d.amount_fen, {_json('d.because')} FROM {DIFFERENCE} AS d"
        f" JOIN {PEOPLE} AS p ON p.id = d.person_id"
        " WHERE d.was = 0 AND d.holds = 1 ON CONFLICT DO NOTHING",
        [run.on],
    )


def _alter(cursor: CursorWrapper) -> None:
    """The policy serves them as before, and grants something else."""
    cursor.execute(
        f"UPDATE {MATCHES} AS m SET grant_row = d.grant_row, amount_fen = d.amount_fen"  # noqa: S608 -- our own names
        f" FROM {DIFFERENCE} AS d WHERE d.was = 1 AND d.holds = 1"
        " AND m.id = d.match_id AND m.valid_to IS NULL"
    )


def _json(column: str) -> str:
    return f"CAST({column} AS jsonb)" if connection.vendor == "postgresql" else column
