import json
from datetime import timedelta

import pytest

from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.foundation.uploads import operations, pieces, refusals
from jiangxin.foundation.uploads.enums import ScanResult, UploadState
from jiangxin.foundation.uploads.models import Upload
from tests.foundation.uploads.conftest import CONTENT, WANG, bytes_of
from tests.foundation.uploads.samples import PICTURE, png

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)


def test_an_incomplete_file_is_not_checked(begin, now):
    upload = begin()
    with pytest.raises(refusals.UploadIncomplete):
        operations.finish(key=upload.key, actor=WANG, now=now)


def test_finishing_twice_is_finishing_once(keep, now):
    upload = keep()
    later = now + timedelta(hours=1)
    again = operations.finish(key=upload.key, actor=WANG, now=later)
    assert again.settled_at == now


@commits
def test_who_is_overtaken_before_counting_the_pieces_finds_the_file_kept(
    begin, send, now, monkeypatch
):
    upload, count = send(begin()), operations.received

    def overtaken(found):
        monkeypatch.setattr(operations, "received", count)
        operations.finish(key=upload.key, actor=WANG, now=now)
        return count(found)

    monkeypatch.setattr(operations, "received", overtaken)
    finished = operations.finish(key=upload.key, actor=WANG, now=now)
    assert finished.state == UploadState.KEPT


def test_a_crash_before_the_database_knew_is_made_good(begin, send, now, monkeypatch):
    upload = send(begin())
    with monkeypatch.context() as patched:
        patched.setattr(operations, "_settle", _crash)
        with pytest.raises(SystemError):
            operations.finish(key=upload.key, actor=WANG, now=now)
    finished = operations.finish(key=upload.key, actor=WANG, now=now)
    assert bytes_of(finished) == CONTENT


def test_a_crash_before_the_pieces_were_deleted_leaves_nothing_for_long(
    begin, send, now, monkeypatch
):
    upload = send(begin())
    with monkeypatch.context() as patched:
        patched.setattr(pieces, "delete_pieces", _crash)
        with pytest.raises(SystemError):
            operations.finish(key=upload.key, actor=WANG, now=now)
    assert bytes_of(operations.finish(key=upload.key, actor=WANG, now=now)) == CONTENT


def test_who_comes_second_to_finish_sees_what_the_first_found(
    begin, send, now, monkeypatch
):
    upload = send(begin())
    joined = pieces.joined

    def overtaken(key):
        with monkeypatch.context() as patched:
            patched.setattr(pieces, "joined", joined)
            operations.finish(key=key, actor=WANG, now=now)
        raise FileNotFoundError

    monkeypatch.setattr(pieces, "joined", overtaken)
    assert (
        operations.finish(key=upload.key, actor=WANG, now=now).state == UploadState.KEPT
    )


def _crash(*_given, **_named):
    raise SystemError


def test_a_refused_file_says_why_each_time_and_leaves_no_bytes(keep, now, folder):
    content = b"MZ" + b"\0" * 3_000
    with pytest.raises(refusals.FormatNotWanted, match="PDF, JPEG"):
        keep(content)
    upload = Upload.objects.get()
    assert upload.state == UploadState.REFUSED
    assert not any(path.is_file() for path in folder.rglob("*"))
    with pytest.raises(refusals.FormatNotWanted):
        operations.finish(key=upload.key, actor=WANG, now=now)


def test_what_was_refused_may_be_tried_again(keep):
    for _time in range(2):
        with pytest.raises(refusals.FileUnreadable):
            keep(CONTENT[:-20])
    assert Upload.objects.count() == 2


def test_a_kind_takes_only_its_own_formats(keep):
    assert keep(png(padding=50), kind=PICTURE).format == "image/png"
    with pytest.raises(refusals.FormatNotWanted, match="none of PNG"):
        keep(CONTENT, kind=PICTURE)


@pytest.mark.parametrize(
    ("command", "result"),
    [("command:true", ScanResult.CLEAN), ("", ScanResult.NOT_SCANNED)],
)
def test_what_the_scanner_said_is_kept(keep, settings, command, result):
    settings.JIANGXIN_SCANNER = command
    assert keep().scan == result


def test_what_the_scanner_refuses_stands_in_the_trail(keep, settings):
    settings.JIANGXIN_SCANNER = "command:sh -c 'echo Eicar; exit 1'"
    with pytest.raises(refusals.FileMalicious):
        keep()
    event = TrailEvent.objects.get(kind="uploads.malicious_file_refused")
    assert json.loads(event.payload)["found"] == "Eicar"
    assert Upload.objects.get().scan == ScanResult.REFUSED


def test_while_the_scanner_is_away_the_file_waits(begin, send, now, settings):
    settings.JIANGXIN_SCANNER = "command:false-of-course"
    upload = send(begin())
    with pytest.raises(refusals.ScannerAway):
        operations.finish(key=upload.key, actor=WANG, now=now)
    settings.JIANGXIN_SCANNER = "command:true"
    finished = operations.finish(key=upload.key, actor=WANG, now=now)
    assert finished.scan == ScanResult.CLEAN
