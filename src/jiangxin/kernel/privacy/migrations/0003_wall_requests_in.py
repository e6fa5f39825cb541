"""Row-level security before what people agreed to and asked for (PostgreSQL only): see register's 0006."""

from typing import ClassVar

from django.db import migrations

from jiangxin.foundation.wall.building import through, wall_in

CONDITIONS = {
    "privacy_consent": through("register_person", "person_id"),
    "privacy_datarequest": through("register_person", "person_id"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("privacy", "0002_show_accounts_and_papers"),
        ("register", "0006_wall_people_in"),
    ]
    operations: ClassVar = [wall_in(CONDITIONS)]
