"""`jiangxin serve` with all its processes, to be killed, and clients that go on after."""

import os
import re
import signal
import subprocess
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from threading import Event
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.foundation.jobs.processes import Platform, wait_until
from tests.foundation.jobs.test_serving import children_of, free_port, status_of

FORM = "application/x-www-form-urlencoded"
BYTES = "application/octet-stream"
TOKEN = "t" * 32
# What is kept for uploads of is known to processes that a test starts by this.
AT_THE_START = "import tests.foundation.uploads.samples\n"


class Served(Platform):
    """A deployment on the test's own database, of either kind, with its files beside.

    is_up: set while it may be asked. is_lost: set when it will not come back.
    """

    def __init__(self, folder):
        super().__init__(folder)
        self.port = free_port()
        self.is_up, self.is_lost = Event(), Event()
        (folder / "sitecustomize.py").write_text(AT_THE_START)
        self.environment |= {
            "JIANGXIN_DEMONSTRATION": "1",
            "JIANGXIN_KEY_RING": str(settings.JIANGXIN_KEY_RING),
            "JIANGXIN_UPLOADS": str(settings.JIANGXIN_UPLOADS),
            "PYTHONPATH": f"{folder}:{self.environment['PYTHONPATH']}",
        }
        self._process = None

    def serve(self):
        command = self._command(["serve", "--port", str(self.port)])
        with (self.folder / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log
            )
        wait_until(self._answers, seconds=180)
        self.is_up.set()

    def kill(self):
        """SIGKILL to every process at once, and wait until the last has gone."""
        self.is_up.clear()
        if self._process is None:
            return
        groups = children_of(self._process.pid)
        self._process.kill()
        for group in groups:  # each child leads a group of its own
            with suppress(ProcessLookupError):  # it may have ended with its parent
                os.killpg(group, signal.SIGKILL)
        self._process.wait()
        self._process = None
        wait_until(lambda: not self._answers() and _is_quiet())

    def _answers(self):
        if self._process is not None:
            assert self._process.poll() is None, self._said()
        try:
            return status_of(self.port) == 200
        except (OSError, HTTPException):
            return False

    def _said(self):
        return (self.folder / "serve.log").read_text()

    def _address(self):
        if connection.vendor == "sqlite":
            return f"sqlite:{connection.settings_dict['NAME']}"
        return super()._address()


def _is_quiet():
    """Whether nobody but the test is connected: PostgreSQL ends what it was told."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone() == (0,)


class Person:
    """Somebody signed in, who sends again whatever was not answered."""

    def __init__(self, served, account):
        self.served = served
        client = Client()
        client.force_login(account)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session};csrftoken={TOKEN}"
        self.unanswered = 0

    def ask(self, method, url, body=b"", kind=BYTES):
        """Return the status, where to go, and what is said; raise when cut off."""
        headers = {"Cookie": self.cookies, "X-CSRFToken": TOKEN, "Content-Type": kind}
        with closing(HTTPConnection("127.0.0.1", self.served.port, timeout=30)) as to:
            to.request(method, url, body, headers)
            answer = to.getresponse()
            return answer.status, answer.getheader("Location"), answer.read()

    def insist(self, again, *given):
        """Call it until it is answered, whenever the server is there."""
        while True:
            while not self.served.is_up.wait(timeout=0.5):
                assert not self.served.is_lost.is_set(), "the server stayed away"
            try:
                return again(*given)
            except (OSError, HTTPException):
                self.unanswered += 1
                time.sleep(0.1)  # the test notices meanwhile that it has killed it

    def do(self, url, **given):
        """Send a form, again and again until it is answered; return where it leads."""
        form = {name.replace("__", ":"): text for name, text in given.items()}
        status, leads_to, said = self.insist(
            self.ask, "POST", url, urlencode(form), FORM
        )
        assert status == 302, (url, status, _words(said))
        return leads_to


def _words(said):
    main = said.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())[:1500]
