"""Row-level security before what people were told (PostgreSQL only): see register's 0006.

A person's notices are let through to that person alone: no page of the desk shows them.
Those of accounts are about no person, and each query asks for the account's own.
"""

from typing import ClassVar

from django.db import migrations

from jiangxin.foundation.wall.building import through, wall_in

OWN = (
    "person_id IS NULL OR person_id ="
    " (SELECT nullif(current_setting('jiangxin.person', true), '')::bigint)"
)
CONDITIONS = {
    "notices_notice": OWN,
    "notices_noticechoice": through("register_person", "person_id"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("notices", "0001_keep_notices"),
        ("register", "0006_wall_people_in"),
    ]
    operations: ClassVar = [wall_in(CONDITIONS)]
