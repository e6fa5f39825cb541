"""Make the digests of the last four of identity numbers that are on record already."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jiangxin.foundation.sealing import blind_index

PEOPLE_A_BATCH = 5_000
LENGTH = 4
PURPOSE = "register.id_tail"


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill them in batches, each safe once written.

    Begun again after a fault it goes on where it was.
    """
    people = apps.get_model("register", "Person")
    table = people._meta.db_table
    digests: dict[str, str] = {}
    for batch in _batches(people):
        changes = []
        for number, person_id in batch:
            tail = number[-LENGTH:]
            if tail not in digests:
                digests[tail] = blind_index(tail, purpose=PURPOSE)
            changes.append((digests[tail], person_id))
        with transaction.atomic(), schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET id_tail_index = %s WHERE id = %s",  # noqa: S608 -- our own name
                changes,
            )


def _batches(people: Any) -> Iterator[list[tuple[str, int]]]:
    last = 0
    missing = people.objects.filter(id_tail_index="").order_by("pk")
    rows = missing.values_list("id_number", "pk")
    while batch := list(rows.filter(pk__gt=last)[:PEOPLE_A_BATCH]):
        yield batch
        last = batch[-1][1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("register", "0002_make_people_searchable")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
