"""Row-level security before what people hold (PostgreSQL only): see register's 0006."""

from typing import ClassVar

from django.db import migrations

from jiangxin.foundation.wall.building import through, wall_in

CONDITIONS = {
    # One of an organisation tells of no person.
    "credentials_credential": (
        f"person_id IS NULL OR {through('register_person', 'person_id')}"
    ),
    "credentials_credentialpast": through("credentials_credential", "credential_id"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("credentials", "0002_record_more_kinds_of_credential"),
        ("register", "0006_wall_people_in"),
    ]
    operations: ClassVar = [wall_in(CONDITIONS)]
