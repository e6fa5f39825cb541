"""Where logs can be shipped to.

An address is `-` (standard output), `syslog://host:port` (UDP), `syslog+tcp://`,
`syslog+tls://`, or else the path of a file that JSON lines are appended to.
"""

import json
import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.logs import syslog
from jiangxin.foundation.logs.registry import Entry

STANDARD_OUTPUT = "-"
SENDERS: Mapping[str, Callable[[str, int, Sequence[bytes]], None]] = {
    "syslog": syslog.send_by_udp,
    "syslog+tcp": partial(syslog.send_by_tcp, is_sealed=False),
    "syslog+tls": partial(syslog.send_by_tcp, is_sealed=True),
}
PORTS = {"syslog": 514, "syslog+tcp": 601, "syslog+tls": 6514}


class UnknownLogTarget(Refused):
    code = "logs.unknown_target"
    text = _(
        "Logs cannot be shipped to %(address)s. Give the path of a file,"
        " syslog://host:port, syslog+tcp://host:port, syslog+tls://host:port, or -."
    )


class Target(Protocol):
    """A place for events. size: of a file, 0 elsewhere."""

    size: int

    def found_since(self, size: int) -> Mapping[str, int]:
        """Return the last number of each log in what came after the file had a size."""

    def take(self, entries: Sequence[Entry]) -> None:
        """Keep the events, or raise OSError; some of them may be there then."""


class Stream:
    """Standard output, for a program that reads it."""

    size = 0

    def found_since(self, size: int) -> Mapping[str, int]:  # noqa: ARG002 -- protocol
        return {}

    def take(self, entries: Sequence[Entry]) -> None:
        sys.stdout.writelines(map(line, entries))
        sys.stdout.flush()


class JsonLines:
    """A file. What its last writer left unfinished is cut off before more is added."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0

    def found_since(self, size: int) -> Mapping[str, int]:
        """As of `Target`; a file smaller than that was begun anew by somebody."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)
        found: dict[str, int] = {}
        with self.path.open("r+b") as file:
            if file.seek(0, os.SEEK_END) >= size:
                file.seek(size)
            else:
                file.seek(0)
            self.size = file.tell()
            for each in file:
                if not each.endswith(b"\n"):
                    break
                content = json.loads(each)
                found[content["log"]] = content["id"]
                self.size += len(each)
            file.truncate(self.size)
        return found

    def take(self, entries: Sequence[Entry]) -> None:
        with self.path.open("ab") as file:
            file.write("".join(map(line, entries)).encode())
            file.flush()
            os.fsync(file.fileno())
            self.size = file.tell()


class Syslog:
    """A syslog server."""

    size = 0

    def __init__(self, scheme: str, host: str, port: int) -> None:
        self.send = partial(SENDERS[scheme], host, port)
        self.host_name = socket.gethostname() or "-"

    def found_since(self, size: int) -> Mapping[str, int]:  # noqa: ARG002 -- protocol
        return {}

    def take(self, entries: Sequence[Entry]) -> None:
        self.send([syslog.message(entry, self.host_name) for entry in entries])


def line(entry: Entry) -> str:
    return json.dumps(entry.content, ensure_ascii=False, separators=(",", ":")) + "\n"


def target_at(address: str) -> Target:
    """Return the target of an address. Raises UnknownLogTarget."""
    if address == STANDARD_OUTPUT:
        return Stream()
    if "://" not in address:
        return JsonLines(Path(address))
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in SENDERS or not parts.hostname or port == 0:
        raise UnknownLogTarget(address=address)
    return Syslog(parts.scheme, parts.hostname, port or PORTS[parts.scheme])
