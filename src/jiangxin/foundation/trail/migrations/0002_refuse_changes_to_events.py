"""The database itself refuses to change or delete what the trail holds."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("trail_trailevent", "trail_trailcheckpoint")
REFUSAL = "the trail is only ever added to"


def statements_to_refuse(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            "CREATE FUNCTION trail_refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in TABLES:
        if vendor == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION trail_refuse_change()"
            )
        else:
            for act in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER {table}_refuse_{act.lower()} BEFORE {act} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )


def statements_to_allow(vendor: str) -> Iterator[str]:
    for table in TABLES:
        if vendor == "postgresql":
            yield f"DROP TRIGGER {table}_refuse ON {table}"
        else:
            yield f"DROP TRIGGER {table}_refuse_update"
            yield f"DROP TRIGGER {table}_refuse_delete"
    if vendor == "postgresql":
        yield "DROP FUNCTION trail_refuse_change()"


def refuse_changes(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements_to_refuse(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def allow_changes(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements_to_allow(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("trail", "0001_create_the_trail")]
    operations: ClassVar = [migrations.RunPython(refuse_changes, allow_changes)]
