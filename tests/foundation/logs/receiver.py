"""A syslog server on the loopback, over UDP or TCP."""

import socket
import threading
from contextlib import contextmanager


class Received:
    """What came in: `messages`, whole, in the order of arrival."""

    def __init__(self):
        self.messages = []


@contextmanager
def udp_receiver():
    got = Received()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.1)
        with _working(lambda: _datagram(server, got)):
            yield got, f"syslog://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def tcp_receiver(seal=lambda connection: connection, scheme="syslog+tcp"):
    """Receive one connection after the other; seal: turns each into one by TLS."""
    got = Received()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        with _working(lambda: _connection(server, got, seal)):
            yield got, f"{scheme}://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def _working(step):
    is_over = threading.Event()

    def work():
        while not is_over.is_set():
            step()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _datagram(server, got):
    try:
        got.messages.append(server.recv(65536))
    except TimeoutError:
        return


def _connection(server, got, seal):
    try:
        connection, _address = server.accept()
    except TimeoutError:
        return
    try:
        with seal(connection) as sealed, sealed.makefile("rb") as stream:
            while frame := _frame(stream):
                got.messages.append(frame)
    except OSError:
        return  # whoever sent was killed


def _frame(stream):
    """Return the next message; None at the end, or when it was cut off."""
    length = b""
    while (digit := stream.read(1)) not in {b" ", b""}:
        length += digit
    if not length or not digit:
        return None
    frame = stream.read(int(length))
    return frame if len(frame) == int(length) else None
