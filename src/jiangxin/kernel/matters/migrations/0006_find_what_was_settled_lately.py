from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0005_read_queues_from_their_index"),
        ("register", "0006_wall_people_in"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", False)),
                fields=[
                    "settled_at",
                    "region_code",
                    "assigned_account_id",
                    "state",
                    "service",
                    "organisation_code",
                ],
                name="matters_settled_lately",
            ),
        ),
    ]
