"""Starting the web server and a worker as children, and stopping them for certain.

Granian has been seen to hang when told to stop while it starts. So: wait until it
answers before telling it, wait for the end, and kill what is left. Each child leads a
process group of its own, which also holds what it starts; only these are signalled.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException
from types import FrameType

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 8.0
SECONDS_TO_BECOME_READY = 3.0
LONGEST_PAUSE = 30.0
SECONDS_BETWEEN_LOOKS = 0.2


class Child:
    """A program that runs in a process group of its own."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- our own commands
            [sys.executable, *command], start_new_session=True
        )

    @property
    def process_id(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    def tell_to_stop(self) -> None:
        if self.is_running:
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the whole group, also when only its leader has ended."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Supervisor:
    """Keeps a server and, while it serves, a worker running until told to stop.

    host, port: where the server can be asked whether it is ready. say: prints a line
    to the operator.
    """

    def __init__(
        self,
        *,
        server: Sequence[str],
        worker: Sequence[str],
        host: str,
        port: int,
        say: Callable[[str], object],
    ) -> None:
        self._server_command = server
        self._worker_command = worker
        self._host = host
        self._port = port
        self._say = say
        self._is_stopping = False
        self._pause = 1.0
        self._restart_at = 0.0
        self._worker_started_at = 0.0

    def run(self, *, when_ready: Callable[[], object]) -> int:
        """Run until SIGTERM or SIGINT, or until the server ends; return an exit code."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        self._server = Child(self._server_command)
        self._start_worker()
        is_ready = False
        give_up_at = time.monotonic() + SECONDS_TO_START
        try:
            while not self._is_stopping and self._server.is_running:
                if not is_ready and self._answers():
                    is_ready = True
                    when_ready()
                if not is_ready and time.monotonic() > give_up_at:
                    self._say("The web server did not answer in time.")
                    return 1
                self._mind_worker()
                time.sleep(SECONDS_BETWEEN_LOOKS)
            if not self._is_stopping:
                self._say(f"The web server ended by itself ({self._server.exit_code}).")
                return 1
        finally:
            self._stop_children(is_ready=is_ready)
        return 0

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 -- as signals are
        self._is_stopping = True

    def _start_worker(self) -> None:
        self._worker = Child(self._worker_command)
        self._worker_started_at = time.monotonic()

    def _mind_worker(self) -> None:
        """Start the worker again when it has ended, less and less eagerly."""
        now = time.monotonic()
        if self._worker.is_running:
            if now - self._worker_started_at > LONGEST_PAUSE:
                self._pause = 1.0
            self._restart_at = 0.0
        elif not self._restart_at:
            self._say(f"The worker ended ({self._worker.exit_code}); starting another.")
            self._restart_at = now + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        elif now >= self._restart_at:
            self._start_worker()

    def _answers(self) -> bool:
        """Return whether the server gives any answer at all, good or not."""
        server = HTTPConnection(self._host, self._port, timeout=2)
        try:
            server.request("HEAD", "/")
            server.getresponse()
        except (OSError, HTTPException):
            return False
        finally:
            server.close()
        return True

    def _stop_children(self, *, is_ready: bool) -> None:
        deadline = time.monotonic() + SECONDS_TO_STOP
        self._worker.tell_to_stop()
        ready_by = time.monotonic() + SECONDS_TO_BECOME_READY
        while not is_ready and self._server.is_running and time.monotonic() < ready_by:
            is_ready = self._answers()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        self._server.tell_to_stop()
        children = (self._server, self._worker)
        while time.monotonic() < deadline and any(
            child.is_running for child in children
        ):
            time.sleep(SECONDS_BETWEEN_LOOKS / 2)
        for child in children:
            child.kill()


def is_port_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
