import socket
import struct
import threading

import pytest

from jiangxin.foundation.uploads.enums import ScanResult
from jiangxin.foundation.uploads.refusals import ScannerAway
from jiangxin.foundation.uploads.scanning import scan

CONTENT = b"content" * 30_000


@pytest.fixture
def clamd(tmp_path):
    """A daemon that speaks ClamAV's protocol, on a socket or a port; what it got."""
    got, threads = [], []

    def serve(listening, answer):
        def talk():
            connection, _address = listening.accept()
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                while length := struct.unpack(">I", stream.read(4))[0]:
                    got.append(stream.read(length))
                connection.sendall(answer)

        listening.listen()
        threads.append(threading.Thread(target=talk))
        threads[-1].start()
        return got

    yield serve
    for thread in threads:
        thread.join(timeout=10)


def unix(tmp_path):
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "clamd"))
    return listening, f"clamd:{tmp_path}/clamd"


def port(_tmp_path):
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, f"clamd:127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize("where", [unix, port])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"stream: OK\0", (ScanResult.CLEAN, "")),
        (b"stream: Eicar-Test FOUND\0", (ScanResult.REFUSED, "Eicar-Test")),
    ],
)
def test_clamd_is_sent_the_file_and_believed(
    settings, tmp_path, clamd, where, answer, expected
):
    listening, settings.JIANGXIN_SCANNER = where(tmp_path)
    with listening:
        got = clamd(listening, answer)
        assert scan(CONTENT) == expected
    assert b"".join(got) == CONTENT


def test_clamd_that_answers_otherwise_or_not_at_all_is_away(settings, tmp_path, clamd):
    listening, settings.JIANGXIN_SCANNER = unix(tmp_path)
    with listening:
        clamd(listening, b"INSTREAM size limit exceeded. ERROR\0")
        with pytest.raises(ScannerAway):
            scan(CONTENT)
    settings.JIANGXIN_SCANNER = "clamd:/nowhere"
    with pytest.raises(ScannerAway):
        scan(CONTENT)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("command:sh -c 'cat >/dev/null'", (ScanResult.CLEAN, "")),
        (
            "command:sh -c 'cat >/dev/null; echo Eicar; exit 1'",
            (ScanResult.REFUSED, "Eicar"),
        ),
        ("command:grep -q content", (ScanResult.CLEAN, "")),
    ],
)
def test_a_command_reads_the_file_and_says_by_its_ending(settings, command, expected):
    settings.JIANGXIN_SCANNER = command
    assert scan(CONTENT) == expected


@pytest.mark.parametrize("command", ["command:sh -c 'exit 2'", "command:not-there"])
def test_a_command_that_fails_is_away(settings, command):
    settings.JIANGXIN_SCANNER = command
    with pytest.raises(ScannerAway):
        scan(CONTENT)


def test_without_a_scanner_nothing_is_said_to_be_clean(settings):
    settings.JIANGXIN_SCANNER = ""
    assert scan(CONTENT) == (ScanResult.NOT_SCANNED, "")
