import django.db.models.deletion
from django.db import migrations, models

import jiangxin.foundation.sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
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
                ("name", models.CharField(max_length=64, verbose_name="Name")),
                (
                    "name_pinyin",
                    models.CharField(blank=True, max_length=128, verbose_name="Pinyin"),
                ),
                (
                    "name_initials",
                    models.CharField(
                        blank=True, max_length=16, verbose_name="Initials"
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("0", "Not known"),
                            ("1", "Male"),
                            ("2", "Female"),
                            ("9", "Not stated"),
                        ],
                        max_length=1,
                        verbose_name="Sex",
                    ),
                ),
                ("birth_on", models.DateField(verbose_name="Date of birth")),
                (
                    "phone",
                    jiangxin.foundation.sealing.fields.SealedTextField(
                        blank=True,
                        sealed_as="register.Person.phone",
                        verbose_name="Mobile phone",
                    ),
                ),
                ("phone_index", models.CharField(blank=True, max_length=32)),
                (
                    "education",
                    models.CharField(
                        blank=True, max_length=2, verbose_name="Education"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                (
                    "id_type",
                    models.CharField(
                        choices=[
                            ("111", "Resident identity card"),
                            ("553", "Foreigner's permanent residence card"),
                            ("810", "Residence permit for Hong Kong, Macao and Taiwan"),
                        ],
                        default="111",
                        max_length=3,
                        verbose_name="Identity document",
                    ),
                ),
                (
                    "id_number",
                    jiangxin.foundation.sealing.fields.SealedTextField(
                        verbose_name="Identity number"
                    ),
                ),
                ("id_index", models.CharField(max_length=32, unique=True)),
                (
                    "region_code",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=12,
                        verbose_name="Region",
                    ),
                ),
                ("registered_at", models.DateTimeField(verbose_name="Registered at")),
            ],
            options={
                "verbose_name": "Person",
                "indexes": [
                    models.Index(fields=["name"], name="register_person_name"),
                    models.Index(
                        fields=["name_pinyin", "id", "region_code"],
                        name="register_person_pinyin",
                    ),
                    models.Index(
                        condition=models.Q(("phone_index", ""), _negated=True),
                        fields=["phone_index"],
                        name="register_person_phone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                        verbose_name="Division code",
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="Name")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Province"),
                            (2, "City"),
                            (3, "County"),
                            (4, "Town"),
                            (5, "Village"),
                        ],
                        verbose_name="Level",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="Valid from"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="Valid to"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="register.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "Region",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                ("name", models.CharField(max_length=128, verbose_name="Name")),
                (
                    "industry",
                    models.CharField(blank=True, max_length=5, verbose_name="Industry"),
                ),
                (
                    "scale",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("large", "Large"),
                            ("medium", "Medium"),
                            ("small", "Small"),
                            ("micro", "Micro"),
                        ],
                        max_length=8,
                        verbose_name="Scale",
                    ),
                ),
                (
                    "is_above_scale",
                    models.BooleanField(
                        default=False, verbose_name="Above designated scale"
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("state", "State-owned"),
                            ("collective", "Collective"),
                            ("private", "Private"),
                            ("foreign", "Foreign-invested"),
                            ("hmt", "Invested from Hong Kong, Macao or Taiwan"),
                            ("other", "Other ownership"),
                        ],
                        max_length=12,
                        verbose_name="Ownership",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                (
                    "code",
                    models.CharField(
                        max_length=32, unique=True, verbose_name="Organisation code"
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        null=True,
                        unique=True,
                        verbose_name="Unified social credit code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("federation", "Federation of trade unions"),
                            ("town_union", "Town union"),
                            ("grassroots_union", "Grassroots union"),
                            ("joint_union", "Joint union"),
                            ("employer", "Employer"),
                            ("school", "School"),
                            ("bank", "Bank"),
                            ("public_body", "Public body"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(blank=True, null=True, verbose_name="Closed on"),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.organisation",
                        verbose_name="Employer the union belongs to",
                    ),
                ),
                (
                    "upper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.organisation",
                        verbose_name="Next higher union",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.region",
                        verbose_name="Region",
                    ),
                ),
            ],
            options={
                "verbose_name": "Organisation",
            },
        ),
        migrations.CreateModel(
            name="RosterImport",
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
                ("file_name", models.CharField(max_length=200, verbose_name="File")),
                (
                    "file_digest",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the file"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("ready", "Waiting for confirmation"),
                            ("unreadable", "Could not be read"),
                            ("applying", "Being written"),
                            ("applied", "Written to the register"),
                            ("failed", "Not written"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="checking",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("mapping", models.JSONField(default=dict, verbose_name="Columns")),
                (
                    "headings",
                    models.JSONField(default=list, verbose_name="Headings in the file"),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="Counts")),
                ("problem", models.TextField(blank=True, verbose_name="Problem")),
                ("effective_on", models.DateField(verbose_name="True as of")),
                (
                    "handed_in_by",
                    models.BigIntegerField(null=True, verbose_name="Handed in by"),
                ),
                ("handed_in_at", models.DateTimeField(verbose_name="Handed in at")),
                (
                    "applied_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="Written at"
                    ),
                ),
                ("job_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="register.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "Roster import",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RosterRefusal",
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
                ("row_number", models.PositiveIntegerField(verbose_name="Row")),
                (
                    "column",
                    models.CharField(blank=True, max_length=32, verbose_name="Column"),
                ),
                ("code", models.CharField(max_length=48, verbose_name="Reason")),
                ("values", models.JSONField(default=dict)),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusals",
                        to="register.rosterimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "Refused roster row",
            },
        ),
        migrations.CreateModel(
            name="Site",
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
                            ("base", "Base"),
                            ("station", "Service station"),
                            ("academy", "Craftsmen's academy"),
                            ("studio", "Studio"),
                            ("window", "Service window"),
                        ],
                        max_length=12,
                        verbose_name="Kind",
                    ),
                ),
                ("name", models.CharField(max_length=128, verbose_name="Name")),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Address"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="Valid to"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="register.organisation",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "Site",
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                ("valid_from", models.DateField(verbose_name="Valid from")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="Valid to"),
                ),
                (
                    "union",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="register.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Union membership",
                "indexes": [
                    models.Index(
                        fields=["union", "valid_to", "person"],
                        name="register_membership_union",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="register_membership_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        models.F("person"),
                        condition=models.Q(("valid_to__isnull", True)),
                        name="register_membership_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Employment",
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
                    "occupation",
                    models.CharField(
                        blank=True, max_length=10, verbose_name="Occupation"
                    ),
                ),
                (
                    "post",
                    models.CharField(blank=True, max_length=64, verbose_name="Post"),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="Valid to"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employments",
                        to="register.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employments",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Employment",
                "indexes": [
                    models.Index(
                        fields=["organisation", "valid_to", "person"],
                        name="register_employment_org",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="register_employment_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        models.F("person"),
                        condition=models.Q(("valid_to__isnull", True)),
                        name="register_employment_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonPast",
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
                ("name", models.CharField(max_length=64, verbose_name="Name")),
                (
                    "name_pinyin",
                    models.CharField(blank=True, max_length=128, verbose_name="Pinyin"),
                ),
                (
                    "name_initials",
                    models.CharField(
                        blank=True, max_length=16, verbose_name="Initials"
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("0", "Not known"),
                            ("1", "Male"),
                            ("2", "Female"),
                            ("9", "Not stated"),
                        ],
                        max_length=1,
                        verbose_name="Sex",
                    ),
                ),
                ("birth_on", models.DateField(verbose_name="Date of birth")),
                (
                    "phone",
                    jiangxin.foundation.sealing.fields.SealedTextField(
                        blank=True,
                        sealed_as="register.Person.phone",
                        verbose_name="Mobile phone",
                    ),
                ),
                ("phone_index", models.CharField(blank=True, max_length=32)),
                (
                    "education",
                    models.CharField(
                        blank=True, max_length=2, verbose_name="Education"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                ("valid_to", models.DateField(verbose_name="Valid to")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_versions",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Earlier version of a person",
                "indexes": [
                    models.Index(
                        fields=["person", "valid_to"], name="register_personpast_until"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationPast",
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
                ("name", models.CharField(max_length=128, verbose_name="Name")),
                (
                    "industry",
                    models.CharField(blank=True, max_length=5, verbose_name="Industry"),
                ),
                (
                    "scale",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("large", "Large"),
                            ("medium", "Medium"),
                            ("small", "Small"),
                            ("micro", "Micro"),
                        ],
                        max_length=8,
                        verbose_name="Scale",
                    ),
                ),
                (
                    "is_above_scale",
                    models.BooleanField(
                        default=False, verbose_name="Above designated scale"
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("state", "State-owned"),
                            ("collective", "Collective"),
                            ("private", "Private"),
                            ("foreign", "Foreign-invested"),
                            ("hmt", "Invested from Hong Kong, Macao or Taiwan"),
                            ("other", "Other ownership"),
                        ],
                        max_length=12,
                        verbose_name="Ownership",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                ("valid_to", models.DateField(verbose_name="Valid to")),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.organisation",
                        verbose_name="Employer the union belongs to",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_versions",
                        to="register.organisation",
                    ),
                ),
                (
                    "upper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.organisation",
                        verbose_name="Next higher union",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.region",
                        verbose_name="Region",
                    ),
                ),
            ],
            options={
                "verbose_name": "Earlier version of an organisation",
                "indexes": [
                    models.Index(
                        fields=["organisation", "valid_to"],
                        name="register_orgpast_until",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                fields=["region", "kind"], name="register_org_region_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name"], name="register_org_name"),
        ),
        migrations.AddIndex(
            model_name="rosterrefusal",
            index=models.Index(
                fields=["roster", "row_number"],
                name="register_refusal_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="register_site_dates_in_order",
            ),
        ),
    ]
