"""`jiangxin worker`: run background jobs until told to stop."""

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jiangxin.foundation.jobs.context import stopping
from jiangxin.foundation.jobs.readiness import check_database
from jiangxin.foundation.jobs.worker import work


class Command(BaseCommand):
    help = "Run background jobs. Several workers may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-idle", action="store_true", help="stop when nothing is left to do"
        )
        parser.add_argument(
            "--parent", type=int, help="stop when this process, which began us, is gone"
        )

    def handle(self, *, until_idle: bool, parent: int | None, **options: Any) -> None:
        check_database()
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, _stop)
        work(until_idle=until_idle, parent=parent)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 -- as signals are
    """Stop when the job at hand allows it; at the second signal, at once."""
    stopping.set()
    signal.signal(number, signal.SIG_DFL)
