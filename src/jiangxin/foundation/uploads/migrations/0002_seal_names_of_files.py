"""A file's name may name somebody, so it is sealed as what is in the file."""

from typing import Any

from django.db import migrations

from jiangxin.foundation.sealing.fields import SealedTextField


def seal(apps: Any, schema_editor: Any) -> None:
    for upload in apps.get_model("uploads", "Upload").objects.iterator():
        upload.name = upload.plain_name
        upload.save(update_fields=["name"])


class Migration(migrations.Migration):
    dependencies = [("uploads", "0001_create_uploads")]

    operations = [
        migrations.RenameField("upload", "name", "plain_name"),
        migrations.AddField(
            "upload", "name", SealedTextField(verbose_name="File name", default="")
        ),
        migrations.RunPython(seal),
        migrations.RemoveField("upload", "plain_name"),
        migrations.AlterField(
            "upload", "name", SealedTextField(verbose_name="File name")
        ),
    ]
