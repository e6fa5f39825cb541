"""Clerks at work: each opens the queue, a matter in it, and writes a note on it.

    python -m benchmarks.desk.clerks PORT SESSIONS SECONDS PAUSE

Each clerk is a thread with a connection of its own. They begin spread over the first
pause, so that they do not march in step.
"""

import json
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from urllib.parse import urlencode

MATTER = re.compile(rb'href="(/desk/matters/\d+/)"')
SEEN = re.compile(rb'name="seen" value="(\d+)"')
LISTED = re.compile(rb'href="(/admin/matters/matter/\d+/change/)')
HIDDEN = re.compile(rb'<input type="hidden" name="(acts-[^"]*)" value="([^"]*)"')
TOKEN = "b" * 32
FORM = "application/x-www-form-urlencoded"


@dataclass
class Diary:
    """seconds: of each answer, by what was asked. wrong: what was no good answer.

    stale: acts refused because a colleague was quicker, as they should be.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    stale: int = 0


class Clerk(threading.Thread):
    def __init__(
        self, number: int, port: int, session: str, until: float, pause: float
    ) -> None:
        super().__init__(daemon=True)
        self.chance = Random(number)
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        self.until, self.pause = until, pause
        self.diary = Diary()

    def run(self) -> None:
        time.sleep(self.chance.random() * self.pause * 2)
        while time.monotonic() < self.until:
            try:
                self.work()
            except Exception as problem:  # noqa: BLE001 -- counted, and told in the table
                self.diary.wrong.append(repr(problem))
                self.connection.close()
                time.sleep(0.1)

    def work(self) -> None:
        queue = self.ask("queue", "GET", "/desk/matters/", 200)
        found = sorted(set(MATTER.findall(queue)))
        if not found:
            self.diary.wrong.append("an empty queue")
            return
        url = self.chance.choice(found).decode()
        self.ask("open", "GET", url, 200)
        form = self.ask("ask", "GET", f"{url}note/", 200)
        seen = SEEN.search(form)
        if seen is None:
            self.diary.wrong.append("no form to act with")
            return
        typed = {"seen": seen[1].decode(), "note": "bench"}
        answer = self.ask("act", "POST", f"{url}note/", 302, urlencode(typed))
        self.diary.stale += b"bench" in answer

    def ask(
        self, what: str, method: str, url: str, wanted: int, body: str | None = None
    ) -> bytes:
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = FORM
        begun = time.perf_counter()
        self.connection.request(method, url, body, headers)
        response = self.connection.getresponse()
        said = response.read()
        took = time.perf_counter() - begun
        self.diary.seconds.setdefault(what, []).append(took)
        refused = what == "act" and response.status == 200
        if response.status != wanted and not refused:
            self.diary.wrong.append(f"{what}: {response.status}")
        if self.pause:
            time.sleep(self.chance.uniform(0.5, 1.5) * self.pause)
        return said


class AdminClerk(Clerk):
    """Does the same at Django's admin."""

    def work(self) -> None:
        queue = self.ask("queue", "GET", "/admin/matters/matter/", 200)
        url = self.chance.choice(sorted(set(LISTED.findall(queue)))).decode()
        form = self.ask("open", "GET", url, 200)
        typed = {"agent_scope": "bench"} | {
            name.decode(): value.decode() for name, value in HIDDEN.findall(form)
        }
        self.ask("act", "POST", url, 302, urlencode(typed))


class Asker(Clerk):
    """Asks the empty view as often as it can: the floor."""

    def work(self) -> None:
        self.ask("empty", "GET", "/empty/", 200)


def main() -> None:
    kind, port, sessions, seconds, pause = sys.argv[1:]
    until = time.monotonic() + float(seconds)
    make = {"clerks": Clerk, "admin": AdminClerk, "empty": Asker}[kind]
    clerks = [
        make(number, int(port), session, until, float(pause))
        for number, session in enumerate(json.loads(Path(sessions).read_text()))
    ]
    begun = time.monotonic()
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    diaries = [clerk.diary for clerk in clerks]
    answer = {
        "took": time.monotonic() - begun,
        "seconds": _together(diaries),
        "wrong": [each for diary in diaries for each in diary.wrong],
        "stale": sum(diary.stale for diary in diaries),
    }
    sys.stdout.write(json.dumps(answer) + "\n")


def _together(diaries: list[Diary]) -> dict[str, list[float]]:
    kinds = {kind for diary in diaries for kind in diary.seconds}
    return {
        kind: [each for diary in diaries for each in diary.seconds.get(kind, [])]
        for kind in sorted(kinds)
    }


if __name__ == "__main__":
    main()
