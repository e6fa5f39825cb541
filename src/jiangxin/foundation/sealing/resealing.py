"""Sealing stored values anew, batch by batch, while others read and write them.

Nothing is kept about how far it is: a value says which key it is sealed with, so
whoever goes on after a break finds what is left. Values are written by comparing and
setting (`WHERE column = what was read`), so a newer value is never overwritten. On
PostgreSQL rows that others hold are skipped until the next pass: nobody waits for us
while we hold rows, so there is no deadlock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from jiangxin.foundation.sealing import ring
from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.foundation.sealing.problems import SealBroken
from jiangxin.foundation.sealing.text import seal, unseal

ROWS_A_BATCH = 500


@dataclass(frozen=True)
class Batch:
    """What became of some rows. broken: those that no key of the ring opens."""

    done: int
    broken: int
    last: Any


def sealed_fields() -> list[SealedTextField]:
    """Return every sealed field that has a column of its own."""
    return [
        field
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedTextField)
    ]


def count_by_key(field: SealedTextField) -> dict[int, int]:
    """Return how many values of a field are sealed with each key."""
    names = _Names(field)
    # Short statements on our own names, none of them from outside.
    statement = (
        f"SELECT substr({names.column}, 1, 1), count(*) FROM {names.table}"  # noqa: S608 -- see above
        f" WHERE length({names.column}) > 0 GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {bytes(first)[0]: count for first, count in cursor.fetchall()}


def reseal(field: SealedTextField) -> Iterator[Batch]:
    """Seal what is not sealed with the active key; yield after each batch.

    Each batch is a transaction of its own, of a few milliseconds.
    """
    last = None
    while True:
        with transaction.atomic():
            rows = _stale_rows(field, last)
            if not rows:
                return
            batch = _reseal_rows(field, rows)
        yield batch
        last = batch.last


def _reseal_rows(field: SealedTextField, rows: Sequence[tuple[Any, bytes]]) -> Batch:
    changes = []
    for key, blob in rows:
        try:
            text = unseal(blob, aad=field.place)
        except SealBroken:
            continue
        changes.append((seal(text, aad=field.place), key, blob))
    done = 0
    names = _Names(field)
    statement = (
        f"UPDATE {names.table} SET {names.column} = %s"  # noqa: S608 -- our own names
        f" WHERE {names.key} = %s AND {names.column} = %s"
    )
    if changes:
        with connection.cursor() as cursor:
            cursor.executemany(statement, changes)
            done = cursor.rowcount
    return Batch(done, len(rows) - len(changes), rows[-1][0])


def _stale_rows(field: SealedTextField, after: Any) -> list[tuple[Any, bytes]]:
    names = _Names(field)
    params: list[Any] = [ring.current().active.id_byte]
    beyond = ""
    if after is not None:
        beyond = f" AND {names.key} > %s"
        params.append(after)
    lock = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    statement = (
        f"SELECT {names.key}, {names.column} FROM {names.table}"  # noqa: S608 -- our own names
        f" WHERE length({names.column}) > 0 AND substr({names.column}, 1, 1) <> %s"
        f"{beyond} ORDER BY {names.key} LIMIT {ROWS_A_BATCH}{lock}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [(key, bytes(blob)) for key, blob in cursor.fetchall()]


class _Names:
    """A field's table, key and column, quoted for the database."""

    def __init__(self, field: SealedTextField) -> None:
        meta = field.model._meta
        self.table = _quoted(meta.db_table)
        self.column = _quoted(field.column)
        self.key = _quoted(meta.pk.column)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
