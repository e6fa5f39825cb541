import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_open_the_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="MatchRun",
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
                ("reason", models.CharField(max_length=64, verbose_name="Reason")),
                ("on", models.DateField(verbose_name="As of")),
                ("at", models.DateTimeField(verbose_name="Run at")),
                (
                    "people",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="People looked at"
                    ),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="Counts")),
            ],
            options={
                "verbose_name": "Match run",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="PolicyMatch",
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
                ("policy_code", models.CharField(max_length=64, verbose_name="Policy")),
                ("valid_from", models.DateField(verbose_name="Since")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="Until"),
                ),
                (
                    "policy_version",
                    models.CharField(max_length=16, verbose_name="Policy version"),
                ),
                (
                    "gained_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gained",
                        to="policy.matchrun",
                    ),
                ),
                (
                    "lost_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lost",
                        to="policy.matchrun",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policy_matches",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Policy match",
                "indexes": [
                    models.Index(
                        fields=["person", "valid_to"], name="policy_match_person"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("policy_code"),
                        models.F("person"),
                        condition=models.Q(("valid_to__isnull", True)),
                        name="policy_match_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="policy_match_dates_in_order",
                    ),
                ],
            },
        ),
    ]
