"""Row-level security before what people hold (PostgreSQL only): see register's 0005."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jiangxin.foundation.wall.building import no_policy, policy

CONDITIONS = {
    "credentials_credential": (
        "person_id IS NULL OR"  # an organisation's: no person is told of
        " (SELECT true FROM register_person AS seen WHERE seen.id = person_id)"
    ),
    "credentials_credentialpast": (
        "(SELECT true FROM credentials_credential AS seen"
        " WHERE seen.id = credential_id)"
    ),
}


def wall_in(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for table, condition in CONDITIONS.items():
                for statement in policy(table, condition):
                    cursor.execute(statement)


def open_up(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for table in CONDITIONS:
                for statement in no_policy(table):
                    cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("credentials", "0001_record_credentials"),
        ("register", "0005_wall_people_in"),
    ]
    operations: ClassVar = [migrations.RunPython(wall_in, open_up)]
