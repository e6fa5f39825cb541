"""Row-level security before ratings (PostgreSQL only): as the matter, so what is said of it."""

from typing import ClassVar

from django.db import migrations

from jiangxin.foundation.wall.building import through, wall_in

CONDITIONS = {
    "ratings_matterrating": through("matters_matter", "matter_id"),
    "ratings_ratingfollowup": through("matters_matter", "matter_id"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ratings", "0001_keep_ratings"),
        ("matters", "0002_wall_matters_in"),
    ]
    operations: ClassVar = [wall_in(CONDITIONS)]
