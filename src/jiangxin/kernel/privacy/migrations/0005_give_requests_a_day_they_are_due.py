"""A day by which a request is answered, and who recorded it at the counter.

What waits since before there was a limit has no such day.
"""

from django.db import migrations, models

from jiangxin.foundation.sealing.fields import SealedTextField


class Migration(migrations.Migration):
    dependencies = [("privacy", "0004_seal_what_people_write")]

    operations = [
        migrations.AddField(
            "datarequest",
            "due_on",
            models.DateField(blank=True, null=True, verbose_name="Answer due"),
        ),
        migrations.AddField(
            "datarequest",
            "recorded_by",
            models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            "datarequest",
            "recorded_by_label",
            models.CharField(
                blank=True, default="", max_length=150, verbose_name="Recorded by"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "datarequest",
            "agent",
            SealedTextField(
                blank=True, default="", verbose_name="Who came for the person"
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "datarequest",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("granted", "Granted"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="State",
            ),
        ),
    ]
