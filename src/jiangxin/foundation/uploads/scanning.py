"""Asking a scanner for malicious content: a command, or ClamAV's daemon.

JIANGXIN_SCANNER is `command:PROGRAM ARGUMENT…`, which reads the file from its standard
input and ends with 0 when nothing was found and 1 when something was; or
`clamd:/path/of/socket`, or `clamd:host:port`. The file is in memory and reaches no disk.
"""

import shlex
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from jiangxin.foundation.uploads.enums import ScanResult
from jiangxin.foundation.uploads.refusals import ScannerAway

SECONDS = 60
PIECE_BYTES = 64 * 1024
MOST_SAID = 200


def scan(content: bytes) -> tuple[ScanResult, str]:
    """Return what the scanner says and the name of what it found.

    Without a scanner nothing is scanned, and the page says so. Raises ScannerAway when
    there is one and it cannot tell: then nothing is taken.
    """
    how, _colon, where = settings.JIANGXIN_SCANNER.partition(":")
    if not how:
        return ScanResult.NOT_SCANNED, ""
    try:
        return (
            _by_command(where, content)
            if how == "command"
            else _by_clamd(where, content)
        )
    except (OSError, subprocess.SubprocessError):
        raise ScannerAway from None


def _by_command(command: str, content: bytes) -> tuple[ScanResult, str]:
    done = subprocess.run(  # noqa: S603 -- the operator's own setting
        shlex.split(command),
        input=content,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    said = done.stdout.decode(errors="replace").strip()[:MOST_SAID]
    if done.returncode not in {0, 1}:
        raise ScannerAway
    return (ScanResult.REFUSED, said) if done.returncode else (ScanResult.CLEAN, "")


def _by_clamd(where: str, content: bytes) -> tuple[ScanResult, str]:
    with _connected(where) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE_BYTES):
            piece = content[start : start + PIECE_BYTES]
            connection.sendall(struct.pack(">I", len(piece)) + piece)
        connection.sendall(struct.pack(">I", 0))
        said = b""
        while not said.endswith(b"\0") and (more := connection.recv(PIECE_BYTES)):
            said += more
    answer = said.rstrip(b"\0").decode(errors="replace").removeprefix("stream: ")
    if answer == "OK":
        return ScanResult.CLEAN, ""
    if answer.endswith(" FOUND"):
        return ScanResult.REFUSED, answer.removesuffix(" FOUND")[:MOST_SAID]
    raise ScannerAway


@contextmanager
def _connected(where: str) -> Iterator[socket.socket]:
    if where.startswith("/"):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(SECONDS)
            connection.connect(where)
            yield connection
    else:
        host, _colon, port = where.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=SECONDS) as connection:
            yield connection
