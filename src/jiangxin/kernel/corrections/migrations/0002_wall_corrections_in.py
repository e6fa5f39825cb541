"""Row-level security before what is to be corrected (PostgreSQL only): see register's 0006."""

from typing import ClassVar

from django.db import migrations

from jiangxin.foundation.wall.building import through, wall_in

CONDITIONS = {
    "corrections_correction": through("register_person", "person_id"),
    "corrections_correctionvalue": through("corrections_correction", "correction_id"),
    "corrections_correctionpaper": through("corrections_correction", "correction_id"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("corrections", "0001_keep_corrections"),
        ("register", "0006_wall_people_in"),
    ]
    operations: ClassVar = [wall_in(CONDITIONS)]
