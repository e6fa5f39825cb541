"""Events as syslog messages (RFC 5424), over UDP, TCP or TLS (RFC 5426, 6587, 5425).

Syslog knows no answer from the receiver. By UDP, messages may be lost on the way and
nobody is told. By TCP and TLS a batch counts as shipped when the receiver has read to
its end and closed; one that does not close in a few seconds is believed.
"""

import json
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC

from jiangxin.foundation.logs.registry import Entry

AUDIT_FACILITY, INFORMATIONAL = 13, 6
PRIORITY = AUDIT_FACILITY * 8 + INFORMATIONAL
SECONDS_TO_CONNECT = 10
SECONDS_TO_CLOSE = 3


def message(entry: Entry, host_name: str) -> bytes:
    """Return one message: its text is the JSON line, in ASCII, as any receiver reads."""
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    moment = moment.replace("+00:00", "Z")
    text = json.dumps(entry.content, separators=(",", ":"))
    head = f"<{PRIORITY}>1 {moment} {host_name} jiangxin - {entry.log} - "
    return (head + text).encode("ascii")


def send_by_udp(host: str, port: int, messages: Sequence[bytes]) -> None:
    """Raises OSError, also for a message too large for a datagram."""
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_DGRAM
    )[0]
    with socket.socket(family, kind, protocol) as datagrams:
        for each in messages:
            datagrams.sendto(each, address)


def send_by_tcp(
    host: str, port: int, messages: Sequence[bytes], *, is_sealed: bool
) -> None:
    """Send one batch in a connection of its own; is_sealed: by TLS.

    The receiver's certificate is checked against the authorities of the system, or
    those of the file SSL_CERT_FILE. Raises OSError.
    """
    framed = b"".join(b"%d %b" % (len(each), each) for each in messages)
    with socket.create_connection((host, port), SECONDS_TO_CONNECT) as plain:
        if not is_sealed:
            plain.sendall(framed)
            _wait_for_its_end(plain)
            return
        context = ssl.create_default_context()
        with context.wrap_socket(plain, server_hostname=host) as sealed:
            sealed.sendall(framed)
            sealed.settimeout(SECONDS_TO_CLOSE)
            # Receivers rarely say goodbye as they should; a broken connection still
            # raises.
            with suppress(TimeoutError, ssl.SSLError):
                sealed.unwrap()


def _wait_for_its_end(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(SECONDS_TO_CLOSE)
    with suppress(TimeoutError):
        while connection.recv(4096):
            pass
