import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.sealing import open_sealed
from jiangxin.foundation.uploads import operations, pieces, refusals
from jiangxin.foundation.uploads.enums import ScanResult, UploadState
from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.queries import uploads_of
from tests.foundation.uploads.conftest import CONTENT, LI, STRANGER, WANG, bytes_of
from tests.foundation.uploads.samples import PAPER, PICTURE, pdf

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)


# --- sending ---


def test_a_file_sent_in_pieces_is_kept_as_it_was(keep, now):
    upload = keep()
    assert (upload.state, upload.format) == (UploadState.KEPT, "application/pdf")
    assert upload.digest == hashlib.sha256(CONTENT).hexdigest()
    assert upload.scan == ScanResult.NOT_SCANNED
    assert (upload.name, upload.settled_at) == ("住所证明.pdf", now)
    assert bytes_of(upload) == CONTENT


def test_nothing_lies_on_the_disk_in_the_clear(begin, send, now, folder):
    upload = send(begin())
    operations.finish(key=upload.key, actor=WANG, now=now)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [upload.key]
    assert not any(b"%PDF" in path.read_bytes() for path in files)


def test_a_files_name_is_unreadable_in_the_database(keep):
    keep()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM uploads_upload")
        (stored,) = cursor.fetchone()
    assert "住所证明".encode() not in bytes(stored)


def test_pieces_are_unreadable_as_well(begin, folder):
    upload = begin()
    operations.add_piece(key=upload.key, start=0, content=CONTENT[:99], actor=WANG)
    (piece,) = [path for path in folder.rglob("*") if path.is_file()]
    assert b"%PDF" not in piece.read_bytes()


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_however_a_file_is_cut_it_comes_together(tmp_path_factory, sizes):
    with override_settings(JIANGXIN_UPLOADS=tmp_path_factory.mktemp("cut")):
        start = 0
        for size in sizes:
            pieces.keep_piece("ab", start, bytes([size % 251]) * size)
            start += size
            assert pieces.received("ab") == start
        whole = b"".join(bytes([size % 251]) * size for size in sizes)
        assert pieces.joined("ab") == whole


def test_what_lies_behind_a_gap_does_not_count(begin):
    upload = begin()
    pieces.keep_piece(upload.key, 500, CONTENT[500:600])
    assert operations.received(upload) == 0
    pieces.keep_piece(upload.key, 0, CONTENT[:500])
    assert operations.received(upload) == 600


def test_the_same_file_goes_on_where_it_was_broken_off(begin):
    upload = begin()
    operations.add_piece(key=upload.key, start=0, content=CONTENT[:700], actor=WANG)
    again = begin()
    assert (again.pk, operations.received(again)) == (upload.pk, 700)


def test_another_file_or_somebody_else_begins_anew(begin):
    keys = {
        begin().key,
        begin(fingerprint="g").key,
        begin(CONTENT + b"%%EOF\n").key,
        begin(actor=LI).key,
        begin(kind=PICTURE).key,
    }
    assert len(keys) == 5


def test_without_a_fingerprint_every_upload_is_a_new_one(begin):
    assert begin(fingerprint="").key != begin(fingerprint="").key


@pytest.mark.parametrize("start", [-1, 1, 699, 701, 5_000])
def test_a_piece_that_is_not_the_next_is_refused(begin, start):
    upload = begin()
    operations.add_piece(key=upload.key, start=0, content=CONTENT[:700], actor=WANG)
    with pytest.raises(refusals.PieceAstray):
        operations.add_piece(key=upload.key, start=start, content=b"x", actor=WANG)
    assert operations.received(upload) == 700


@pytest.mark.parametrize(
    "content", [b"", b"x" * (len(CONTENT) + 1), b"x" * (2 * 1024 * 1024 + 1)]
)
def test_an_empty_piece_or_one_too_long_is_refused(begin, content):
    upload = begin()
    with pytest.raises(refusals.PieceAstray):
        operations.add_piece(key=upload.key, start=0, content=content, actor=WANG)


def test_a_complete_file_takes_no_more_pieces(keep):
    upload = keep()
    with pytest.raises(refusals.UploadTaken):
        operations.add_piece(key=upload.key, start=0, content=b"x", actor=WANG)


@pytest.mark.parametrize(
    ("size", "refusal"),
    [
        (0, refusals.FileEmpty),
        (-1, refusals.FileEmpty),
        (8 * 1024 * 1024 + 1, refusals.FileTooLarge),
    ],
)
def test_the_size_is_looked_at_before_anything_is_sent(now, size, refusal):
    with pytest.raises(refusal):
        operations.begin(
            kind=PAPER, name="a", size_bytes=size, fingerprint="", actor=WANG, now=now
        )
    assert not Upload.objects.exists()


@commits
def test_what_one_account_has_lying_there_is_limited(begin, settings, now):
    settings.JIANGXIN_UPLOAD_QUOTA_MB = 1
    half = pdf(padding=600_000)
    first = begin(half, fingerprint="1")
    begin(half, LI, fingerprint="1")
    with pytest.raises(refusals.QuotaFull, match="1 MB"):
        begin(half, fingerprint="2")
    operations.discard(key=first.key, actor=WANG)
    begin(half, fingerprint="2")


def test_who_has_no_account_uploads_nothing(begin):
    with pytest.raises(NotFound):
        begin(actor=STRANGER)


def attached(upload, now, *, holder="tests:1", actor=WANG, kind="tests.paper"):
    with transaction.atomic():
        return operations.attach(
            [upload.key], kind=kind, holder=holder, actor=actor, now=now
        )


# --- whose it is ---


def test_others_can_do_nothing_with_an_upload(begin, now):
    upload = begin()
    for actor in (LI, STRANGER):
        for act in (
            lambda actor: operations.add_piece(
                key=upload.key, start=0, content=b"x", actor=actor
            ),
            lambda actor: operations.finish(key=upload.key, actor=actor, now=now),
            lambda actor: operations.discard(key=upload.key, actor=actor),
        ):
            with pytest.raises(NotFound):
                act(actor)
    assert operations.received(upload) == 0


@commits
def test_discarding_deletes_the_file(keep, folder):
    operations.discard(key=keep().key, actor=WANG)
    assert not Upload.objects.exists()
    assert not any(path.is_file() for path in folder.rglob("*"))


# --- what it belongs to ---


def test_what_is_attached_is_its_holder_s_and_no_longer_its_owner_s(keep, now):
    upload = keep()
    attached(upload, now)
    with pytest.raises(NotFound):
        operations.discard(key=upload.key, actor=WANG)
    assert [bytes_of(each) for each in uploads_of(["tests:1"])] == [CONTENT]


def test_attaching_to_the_same_holder_again_changes_nothing(keep, now):
    upload = keep()
    attached(upload, now)
    (again,) = attached(upload, now + timedelta(hours=1), actor=LI)
    assert again.attached_at == now


@pytest.mark.parametrize(
    "astray", [{"actor": LI}, {"actor": STRANGER}, {"kind": "tests.picture"}]
)
def test_nobody_attaches_what_is_not_theirs_or_of_another_kind(keep, now, astray):
    with pytest.raises(NotFound):
        attached(keep(), now, **astray)
    assert not Upload.objects.exclude(holder="").exists()


def test_an_upload_belongs_to_one_holder(keep, now):
    upload = keep()
    attached(upload, now)
    with pytest.raises(NotFound):
        attached(upload, now, holder="tests:2")


def test_what_is_not_complete_is_not_attached(begin, now):
    with pytest.raises(refusals.UploadIncomplete):
        attached(begin(), now)


@commits
def test_an_act_that_fails_gives_the_upload_back(keep, now):
    upload = keep()

    @transaction.atomic
    def act():
        operations.attach(
            [upload.key], kind="tests.paper", holder="tests:1", actor=WANG, now=now
        )
        raise SystemError

    with pytest.raises(SystemError):
        act()
    upload.refresh_from_db()
    assert upload.holder == ""
    assert bytes_of(upload) == CONTENT


@commits
def test_uploads_go_with_what_they_belong_to(keep, now, folder):
    attached(keep(), now)
    with transaction.atomic():
        assert operations.delete_uploads_of(["tests:1", "tests:2"]) == 1
    assert not any(path.is_file() for path in folder.rglob("*"))


def test_the_database_refuses_a_holder_without_a_moment(begin):
    upload = begin()
    upload.holder = "tests:1"
    with pytest.raises(IntegrityError), transaction.atomic():
        upload.save()


def test_the_database_refuses_a_settled_upload_without_a_moment(begin):
    upload = begin()
    upload.state = UploadState.KEPT
    with pytest.raises(IntegrityError), transaction.atomic():
        upload.save()


# --- what nobody hands in ---


@commits
def test_what_nobody_hands_in_is_deleted_and_the_rest_stays(begin, keep, now, folder):
    begin(fingerprint="old", at=now - timedelta(days=9))
    held = keep(fingerprint="held")
    attached(held, now)
    fresh = begin(fingerprint="fresh")
    pieces.keep_piece("0" * 32, 0, b"of no upload")
    # The folder's clock is the machine's, which is later than the test's.
    assert operations.delete_abandoned(now - timedelta(days=7)) == 1
    assert set(Upload.objects.values_list("key", flat=True)) == {held.key, fresh.key}
    assert bytes_of(held) == CONTENT


@commits
def test_files_that_no_upload_knows_of_are_deleted(keep, now, folder):
    held = keep()
    attached(held, now)
    pieces.keep_piece("0" * 32, 0, b"of no upload")
    operations.delete_abandoned(datetime.now(UTC) + timedelta(days=1))
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [held.key]


def test_sealed_files_are_told_to_who_seals_them_anew(begin, keep):
    keep()
    waiting = begin(fingerprint="g")
    operations.add_piece(key=waiting.key, start=0, content=CONTENT[:9], actor=WANG)
    found = list(pieces.sealed_files())
    assert len(found) == 2
    for path, purpose in found:
        with open_sealed(path, purpose=purpose) as file:
            assert CONTENT.startswith(file.read())


def test_a_file_that_comes_in_one_go_is_kept_the_same_way(now):
    given = {"kind": PAPER, "name": "a.pdf", "actor": WANG, "now": now}
    large = pdf(padding=5_000_000)
    upload = operations.keep_whole(content=large, **given)
    assert bytes_of(upload) == large
    assert operations.keep_whole(content=large, **given).pk == upload.pk
