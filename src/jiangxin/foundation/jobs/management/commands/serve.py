"""`jiangxin serve`: the web server and a worker, in one command."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiangxin.foundation.jobs.readiness import check_database, collect_static_files
from jiangxin.foundation.jobs.supervision import Supervisor, is_port_free

EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 -- compared, not bound


class Command(BaseCommand):
    help = "Serve Jiangxin: the web server and one worker, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where to listen")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=2, help="processes of the web server"
        )

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        check_database()
        if not is_port_free(host, port):
            message = (
                f"Port {port} of {host} is taken or not allowed: "
                "stop what uses it, or choose another with --port."
            )
            raise CommandError(message)
        if collect_static_files():
            self.stdout.write("Collected the static files.")
        reachable = "127.0.0.1" if host in EVERY_ADDRESS else host
        shown = f"[{reachable}]" if ":" in reachable else reachable
        address = f"http://{shown}:{port}/"
        supervisor = Supervisor(
            server=_server(host, port, workers),
            worker=["-m", "jiangxin", "worker", "--parent", str(os.getpid())],
            host=reachable,
            port=port,
            say=self._say,
        )
        exit_code = supervisor.run(when_ready=lambda: self._welcome(address))
        self._say("Stopped.")
        if exit_code:
            message = "See what is written above."
            raise CommandError(message, returncode=exit_code)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _welcome(self, address: str) -> None:
        self._say(f"Jiangxin is at {address} - stop it with Ctrl-C.")
        sign_in = Path(settings.VAR) / "demo" / "sign-in.txt"
        if settings.DEMONSTRATION and sign_in.exists():
            self._say(sign_in.read_text("utf-8").rstrip())


def _server(host: str, port: int, workers: int) -> list[str]:
    """Return the command of the web server: threads suit pages that wait for a disk."""
    return [
        "-m",
        "granian",
        *("--interface", "wsgi"),
        *("--host", host),
        *("--port", str(port)),
        *("--workers", str(workers)),
        *("--blocking-threads", "4"),
        *("--workers-kill-timeout", "5"),
        *("--log-level", "warning"),
        "--respawn-failed-workers",
        "jiangxin.project.wsgi:application",
    ]
