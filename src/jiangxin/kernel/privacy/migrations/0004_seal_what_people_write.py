"""What people write freely may hold a number, so it is sealed like one."""

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

from jiangxin.foundation.sealing.fields import SealedTextField

COLUMNS = {"personaldataview": "note", "datarequest": "text"}


def seal(apps: Any, schema_editor: Any) -> None:
    for name, column in COLUMNS.items():
        for row in apps.get_model("privacy", name).objects.iterator():
            setattr(row, column, getattr(row, f"plain_{column}"))
            row.save(update_fields=[column])


def sealed(name: str, column: str, label: str, **options: Any) -> list[Operation]:
    return [
        migrations.RenameField(name, column, f"plain_{column}"),
        migrations.AddField(
            name, column, SealedTextField(verbose_name=label, default="", **options)
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_wall_requests_in")]

    operations = [
        *sealed("personaldataview", "note", "In their words"),
        *sealed("datarequest", "text", "What is asked for", blank=True),
        migrations.RunPython(seal),
        migrations.RemoveField("personaldataview", "plain_note"),
        migrations.RemoveField("datarequest", "plain_text"),
        migrations.AlterField(
            "personaldataview", "note", SealedTextField(verbose_name="In their words")
        ),
        migrations.AlterField(
            "datarequest",
            "text",
            SealedTextField(blank=True, verbose_name="What is asked for"),
        ),
    ]
