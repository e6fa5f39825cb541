"""The server is killed while files come in: nothing that it confirmed is lost."""

import hashlib
import sys
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from json import loads
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings

from tests.foundation.jobs.processes import Platform, wait_until
from tests.foundation.jobs.test_serving import free_port, status_of
from tests.foundation.uploads.samples import pdf

pytestmark = pytest.mark.django_db(transaction=True)

PIECE = 300_000
CONTENT = pdf(padding=3_000_000)
TOKEN = "t" * 32
SERVER = (
    "import tests.foundation.uploads.samples, sys;"
    "from jiangxin.cli import main; main(sys.argv[1:])"
)
# Make an account, and print the key of a session of its.
SIGN_IN = """
from django.test import Client
from django.utils import timezone
from jiangxin.kernel.access.models import Account
client = Client()
client.force_login(Account.objects.create(username="wang", created_at=timezone.now()))
print(client.cookies["sessionid"].value)
"""


class Server(Platform):
    """One process that serves, so that killing it kills all there is."""

    def __init__(self, folder):
        super().__init__(folder)
        self.port = free_port()

    def _command(self, arguments):
        return [sys.executable, "-c", SERVER, *arguments]

    @contextmanager
    def serving(self):
        address = f"127.0.0.1:{self.port}"
        with self.running("runserver", "--noreload", address) as process:
            wait_until(self._answers)
            yield process

    def _answers(self):
        try:
            return status_of(self.port) == 200
        except (OSError, HTTPException):
            return False


class Browser:
    def __init__(self, server, session):
        self.server, self.session = server, session

    def ask(self, method, url, body=b"", kind="application/octet-stream"):
        with closing(HTTPConnection("127.0.0.1", self.server.port, timeout=30)) as to:
            cookie = (
                f"{django_settings.SESSION_COOKIE_NAME}={self.session};"
                f"csrftoken={TOKEN}"
            )
            to.request(
                method,
                url,
                body,
                {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": kind},
            )
            answer = to.getresponse()
            said = answer.read()
            assert answer.status == 200, said[:500]
            return said

    def begin(self):
        given = {
            "kind": "tests.paper",
            "name": "住所.pdf",
            "size": len(CONTENT),
            "fingerprint": "f",
        }
        form = "application/x-www-form-urlencoded"
        return loads(self.ask("POST", "/uploads/", urlencode(given), form))

    def piece(self, url, start):
        content = CONTENT[start : start + PIECE]
        return loads(self.ask("POST", f"{url}piece/?start={start}", content))

    def half_a_piece(self, url, start):
        """Send the first half of a piece and leave the server waiting for the rest."""
        to = HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        to.putrequest("POST", f"{url}piece/?start={start}")
        to.putheader("Cookie", f"sessionid={self.session};csrftoken={TOKEN}")
        to.putheader("X-CSRFToken", TOKEN)
        to.putheader("Content-Type", "application/octet-stream")
        to.putheader("Content-Length", str(PIECE))
        to.endheaders(CONTENT[start : start + PIECE // 2])
        return to


@pytest.fixture
def server(tmp_path, transactional_db):
    server = Server(tmp_path)
    server.environment["JIANGXIN_DEBUG"] = "1"  # runserver serves no static files else
    server.migrate()
    return server


def test_an_upload_survives_three_deaths_of_the_server(server):
    done = server.run("shell", "--verbosity=0", "--command", SIGN_IN)
    browser = Browser(server, done.stdout.strip())
    confirmed = 0
    for pieces in (1, 4, 2):
        with server.serving() as process:
            told = browser.begin()
            # What was confirmed is there, and not a byte more or less.
            assert told["received"] == confirmed
            for _piece in range(pieces):
                confirmed = browser.piece(told["url"], confirmed)["received"]
            with closing(browser.half_a_piece(told["url"], confirmed)):
                process.kill()
                process.wait()
    with server.serving():
        url = browser.begin()["url"]
        while confirmed < len(CONTENT):
            confirmed = browser.piece(url, confirmed)["received"]
        browser.ask("POST", f"{url}finish/")
        back = browser.ask("GET", f"{url}file/")
    assert hashlib.sha256(back).digest() == hashlib.sha256(CONTENT).digest()
