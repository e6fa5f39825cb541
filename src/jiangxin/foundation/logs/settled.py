"""Up to which number a log has no gap that may still be filled.

On PostgreSQL numbers are given when a row is written and seen when it is committed, so
a lower one may appear after a higher one. Whoever only remembers the highest number
would leave it out for ever.
"""

import time

from django.db import connection
from django.db.models import Max, Model

SECONDS_TO_WAIT = 30.0
SECONDS_BETWEEN_LOOKS = 0.1


def settled_up_to(model: type[Model], *, wait: float = SECONDS_TO_WAIT) -> int | None:
    """Return the highest number below which no row can still appear; 0 for no rows.

    Waits for those who are writing now, and holds up nobody: whoever was given a lower
    number had the table locked for writing before that. None: they took too long.
    SQLite has one writer at a time, so it numbers in the order of commits.
    """
    highest = model._default_manager.aggregate(last=Max("pk"))["last"] or 0  # noqa: SLF001 -- Django's name for it
    if connection.vendor != "postgresql":
        return highest
    writing = _writers(model)
    give_up_at = time.monotonic() + wait
    while writing:
        if time.monotonic() >= give_up_at:
            return None
        time.sleep(SECONDS_BETWEEN_LOOKS)
        writing &= _writers(model)
    return highest


def _writers(model: type[Model]) -> set[str]:
    """Return the transactions that may have been given numbers, our own left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation'"
            " AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted"
            " AND database = (SELECT oid FROM pg_database"
            " WHERE datname = current_database()) AND pid <> pg_backend_pid()",
            [model._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}
