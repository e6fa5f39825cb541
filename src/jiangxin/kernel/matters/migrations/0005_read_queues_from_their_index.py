from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0004_keep_services_and_what_was_sent"),
        ("register", "0006_wall_people_in"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="matter",
            name="matters_open_by_due",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matters_open_by_hand",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matters_by_submission",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matters_by_service",
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(
                    ("settled_at__isnull", True), ("submitted_at__isnull", False)
                ),
                fields=[
                    "region_code",
                    "due_on",
                    "id",
                    "state",
                    "service",
                    "organisation_code",
                    "assigned_account_id",
                    "waiting_since",
                    "promise_due_on",
                    "escalated_at",
                    "settled_at",
                    "submitted_at",
                ],
                name="matters_open_by_place",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(
                    ("settled_at__isnull", True), ("submitted_at__isnull", False)
                ),
                fields=["assigned_account_id", "due_on"],
                name="matters_open_in_hands",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                fields=[
                    "submitted_at",
                    "id",
                    "region_code",
                    "organisation_code",
                    "service",
                    "state",
                    "settled_at",
                ],
                name="matters_by_submission",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", False)),
                fields=["service", "settled_at"],
                name="matters_settled_by_service",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "draft"), _negated=True),
                    ("submitted_at__isnull", True),
                    _connector="OR",
                ),
                name="matters_no_draft_submitted",
            ),
        ),
    ]
