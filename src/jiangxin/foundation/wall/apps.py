from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created

from jiangxin.foundation.wall.checks import check_wall
from jiangxin.foundation.wall.visits import settle_new_connection


class WallConfig(AppConfig):
    name = "jiangxin.foundation.wall"

    def ready(self) -> None:
        # Django has no other hook for it; nothing of ours listens besides.
        connection_created.connect(settle_new_connection)
        checks.register(check_wall, checks.Tags.database)
