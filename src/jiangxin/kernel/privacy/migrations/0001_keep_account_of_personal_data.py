import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_open_the_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonalDataExport",
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
                ("list_key", models.CharField(max_length=64)),
                ("list_title", models.CharField(max_length=200, verbose_name="List")),
                ("filters", models.JSONField(default=list, verbose_name="Filters")),
                ("format", models.CharField(max_length=8, verbose_name="Format")),
                ("rows", models.PositiveIntegerField(verbose_name="Rows")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="Reason"),
                ),
                ("exported_by", models.BigIntegerField(null=True)),
                (
                    "exported_by_label",
                    models.CharField(max_length=150, verbose_name="Exported by"),
                ),
                ("exported_at", models.DateTimeField(verbose_name="Exported at")),
            ],
            options={
                "verbose_name": "Export of personal data",
                "indexes": [
                    models.Index(fields=["exported_at"], name="privacy_export_time")
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                    "purpose",
                    models.CharField(
                        choices=[
                            ("general", "Keeping my record"),
                            ("bank", "Passing my data to a bank"),
                            ("federation", "Passing my data to another federation"),
                        ],
                        max_length=12,
                        verbose_name="Purpose",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        max_length=20, verbose_name="Version of the notice"
                    ),
                ),
                ("is_given", models.BooleanField(verbose_name="Given")),
                ("at", models.DateTimeField(verbose_name="At")),
                ("account_id", models.BigIntegerField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Consent",
                "indexes": [
                    models.Index(
                        fields=["person", "purpose", "at"], name="privacy_consent_of"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("copy", "Copy of my data"),
                            ("correction", "Correction"),
                            ("deletion", "Deletion"),
                        ],
                        max_length=12,
                        verbose_name="Request",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="What is asked for"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="Answer"
                    ),
                ),
                ("answered_by", models.BigIntegerField(null=True)),
                (
                    "answered_by_label",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="Answered by"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="Answered at"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
                        to="register.person",
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Request about one's own data",
                "indexes": [
                    models.Index(
                        fields=["state", "asked_at"], name="privacy_request_state"
                    ),
                    models.Index(
                        fields=["person", "-asked_at"], name="privacy_request_who"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True), ("state", "waiting")
                            ),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_request_answer_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_request_refusal_has_a_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalDataView",
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
                    "value",
                    models.CharField(
                        choices=[
                            ("id_number", "Identity number"),
                            ("phone", "Mobile phone"),
                        ],
                        max_length=12,
                        verbose_name="What",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("identity", "To check who somebody is"),
                            ("contact", "To reach the person"),
                            ("correction", "To correct the record"),
                            ("service", "To handle what the person applied for"),
                            (
                                "duty",
                                "To meet a duty by law, such as an audit or a court's request",
                            ),
                        ],
                        max_length=12,
                        verbose_name="Purpose",
                    ),
                ),
                (
                    "note",
                    models.CharField(max_length=200, verbose_name="In their words"),
                ),
                ("seen_by", models.BigIntegerField(null=True)),
                (
                    "seen_by_label",
                    models.CharField(max_length=150, verbose_name="Seen by"),
                ),
                ("seen_at", models.DateTimeField(verbose_name="Seen at")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_views",
                        to="register.person",
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Viewing of personal data",
                "indexes": [
                    models.Index(
                        fields=["person", "-seen_at"], name="privacy_view_person"
                    ),
                    models.Index(
                        fields=["seen_by", "seen_at"], name="privacy_view_viewer"
                    ),
                    models.Index(fields=["seen_at"], name="privacy_view_time"),
                ],
            },
        ),
    ]
