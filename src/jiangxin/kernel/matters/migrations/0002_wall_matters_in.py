"""Row-level security before what people ask for (PostgreSQL only): see register's 0006.

A matter about an organisation is walled by no person.
"""

from typing import ClassVar

from django.db import migrations

from jiangxin.foundation.wall.building import through, wall_in

CONDITIONS = {
    "matters_matter": "person_id IS NULL OR " + through("register_person", "person_id"),
    "matters_matteract": through("matters_matter", "matter_id"),
    "matters_matterstop": through("matters_matter", "matter_id"),
    "matters_mattermaterial": through("matters_matter", "matter_id"),
    "matters_supplementnotice": through("matters_matter", "matter_id"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("matters", "0001_keep_matters"),
        ("register", "0006_wall_people_in"),
    ]
    operations: ClassVar = [wall_in(CONDITIONS)]
