import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_fill_id_tail_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "taken",
                    models.JSONField(
                        default=list, verbose_name="Taken from the merged record"
                    ),
                ),
                ("last_version_id", models.BigIntegerField(default=0)),
                ("region_before", models.CharField(blank=True, max_length=12)),
                ("merged_at", models.DateTimeField(verbose_name="Merged at")),
                (
                    "merged_by",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="Merged by"
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="Undone at"
                    ),
                ),
                (
                    "undone_by",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="Undone by"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="register.person",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.person",
                    ),
                ),
                (
                    "replaced",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="register.personpast",
                    ),
                ),
            ],
            options={
                "verbose_name": "Merge of two records",
            },
        ),
        migrations.CreateModel(
            name="MergeStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("table", models.CharField(max_length=64)),
                ("row_id", models.BigIntegerField()),
                (
                    "before",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="register.personmerge",
                    ),
                ),
            ],
            options={
                "verbose_name": "Step of a merge",
            },
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("same_name_at_work", "Same name, birth date and employer"),
                            ("same_name_and_phone", "Same name and phone"),
                            ("close_name", "Name that sounds alike, same birth date"),
                        ],
                        max_length=24,
                        verbose_name="Found by",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("different", "Different people"),
                            ("merged", "Merged into one record"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="Found at")),
                (
                    "decided_by",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="Decided by"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="Decided at"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="register.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Possible duplicate",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"), models.F("other"), name="register_pair_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__lt", models.F("other"))),
                        name="register_pair_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="register_pair_decided_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.UniqueConstraint(
                models.F("merged"),
                condition=models.Q(("undone_at__isnull", True)),
                name="register_merge_one_standing",
            ),
        ),
    ]
