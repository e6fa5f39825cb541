import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_open_the_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="Credential",
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
                            ("skill_certificate", "Skill grade certificate"),
                            ("craftsman_title", "Craftsman title"),
                            ("honour", "Honour"),
                            ("studio_naming", "Studio naming"),
                            ("enterprise_rating", "Enterprise rating"),
                            ("certificate", "Other certificate"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(blank=True, max_length=128, verbose_name="Title"),
                ),
                (
                    "ladder",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("skill", "Eight-grade skill ladder"),
                            ("craftsman", "Craftsman tiers"),
                            ("honour", "Honour levels"),
                            ("", "No ladder"),
                        ],
                        max_length=12,
                        verbose_name="Ladder",
                    ),
                ),
                (
                    "grade",
                    models.SmallIntegerField(
                        blank=True, null=True, verbose_name="Grade"
                    ),
                ),
                (
                    "occupation",
                    models.CharField(
                        blank=True, max_length=10, verbose_name="Occupation"
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, max_length=64, verbose_name="Number"),
                ),
                (
                    "issuer",
                    models.CharField(blank=True, max_length=128, verbose_name="Issuer"),
                ),
                (
                    "issued_on",
                    models.DateField(blank=True, null=True, verbose_name="Issued on"),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="Valid to"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("valid", "Valid"),
                            ("suspended", "Suspended"),
                            ("revoked", "Revoked"),
                            ("superseded", "Replaced by a later record"),
                        ],
                        default="valid",
                        max_length=12,
                        verbose_name="Status",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Evidence"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="Recorded at")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="register.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Credential",
            },
        ),
        migrations.CreateModel(
            name="CredentialPast",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("valid", "Valid"),
                            ("suspended", "Suspended"),
                            ("revoked", "Revoked"),
                            ("superseded", "Replaced by a later record"),
                        ],
                        max_length=12,
                        verbose_name="Status",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                ("valid_to", models.DateField(verbose_name="Valid to")),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_statuses",
                        to="credentials.credential",
                    ),
                ),
            ],
            options={
                "verbose_name": "Earlier status of a credential",
            },
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(fields=["valid_from", "id"], name="credentials_by_day"),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(
                fields=["person", "kind"], name="credentials_person_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(
                condition=models.Q(("organisation__isnull", False)),
                fields=["organisation", "kind"],
                name="credentials_org_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", True), ("person__isnull", False)),
                    models.Q(("organisation__isnull", False), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="credentials_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="credentials_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.UniqueConstraint(
                models.F("kind"),
                models.F("number"),
                condition=models.Q(
                    ("status", "valid"), models.Q(("number", ""), _negated=True)
                ),
                name="credentials_one_valid_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="credentialpast",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                name="credentials_past_dates_in_order",
            ),
        ),
    ]
