"""Row-level security before whom policies serve and what they said (PostgreSQL only): see register's 0006."""

from typing import ClassVar

from django.db import migrations

from jiangxin.foundation.wall.building import through, wall_in

CONDITIONS = {
    "policy_policymatch": through("register_person", "person_id"),
    "policy_frozenanswer": through("register_person", "person_id"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("policy", "0004_write_policies_at_the_desk"),
        ("register", "0006_wall_people_in"),
    ]
    operations: ClassVar = [wall_in(CONDITIONS)]
