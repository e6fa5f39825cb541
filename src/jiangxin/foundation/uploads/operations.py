"""Receiving files, and giving them to what they belong to."""

import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import after_commit, needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.sealing import open_sealed, seal_file
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.foundation.uploads import pieces, refusals
from jiangxin.foundation.uploads.checking import check_whole, format_of
from jiangxin.foundation.uploads.enums import FileFormat, ScanResult, UploadState
from jiangxin.foundation.uploads.events import MaliciousFileRefused
from jiangxin.foundation.uploads.models import Upload
from jiangxin.foundation.uploads.queries import (
    abandoned_before,
    bytes_waiting,
    get_upload,
    to_go_on_with,
    uploads_of,
    uploads_visible_to,
)
from jiangxin.foundation.uploads.registry import MEGABYTE, UploadKind, upload_kind
from jiangxin.foundation.uploads.scanning import scan

MOST_PIECE_BYTES = 2 * MEGABYTE
_NAME_CHARACTERS = 200


@opens_transaction
def begin(
    *,
    kind: UploadKind,
    name: str,
    size_bytes: int,
    fingerprint: str,
    actor: Actor,
    now: datetime,
) -> Upload:
    """Begin an upload, or return the one of the same file that was begun before.

    Raises NotFound (without an account), FileEmpty, FileTooLarge, QuotaFull.
    """
    if actor.account_id is None:
        raise NotFound
    if size_bytes <= 0:
        raise refusals.FileEmpty
    if size_bytes > kind.most_bytes:
        raise refusals.FileTooLarge(most=kind.most_megabytes)
    known = to_go_on_with(actor, kind.key, fingerprint, size_bytes)
    if known is not None:
        return known
    most = settings.JIANGXIN_UPLOAD_QUOTA_MB
    if bytes_waiting(actor) + size_bytes > most * MEGABYTE:
        raise refusals.QuotaFull(most=most)
    return Upload.objects.create(
        kind=kind.key,
        owner=actor.account_id,
        name=PurePath(name.replace("\\", "/")).name[-_NAME_CHARACTERS:] or "?",
        size_bytes=size_bytes,
        fingerprint=fingerprint,
        begun_at=now,
    )


def received(upload: Upload) -> int:
    """Return how many bytes of it are here for good."""
    if upload.state == UploadState.RECEIVING:
        return min(pieces.received(upload.key), upload.size_bytes)
    return upload.size_bytes


def add_piece(*, key: str, start: int, content: bytes, actor: Actor) -> int:
    """Keep the next piece and return how far the upload is now.

    Nothing is written to the database: the sealed piece itself says that it is here.
    Raises NotFound, UploadTaken (it is complete already), PieceAstray (it is not the
    next one, or too long).
    """
    upload = get_upload(key, visible_to=actor)
    if upload.state != UploadState.RECEIVING:
        raise refusals.UploadTaken
    fits = 0 < len(content) <= MOST_PIECE_BYTES
    is_next = start == received(upload)
    if not fits or not is_next or start + len(content) > upload.size_bytes:
        raise refusals.PieceAstray
    pieces.keep_piece(key, start, content)
    return received(upload)


def finish(*, key: str, actor: Actor, now: datetime) -> Upload:
    """Check a file that is here as a whole, and keep it.

    It may be asked again at any time, also after a crash: each step is done over or
    found done. Raises NotFound, UploadIncomplete, ScannerAway; and what
    `refusals.OF_CONTENT` lists, after the upload was marked as refused.
    """
    upload = get_upload(key, visible_to=actor)
    if received(upload) < upload.size_bytes:
        # Another request may have kept it meanwhile, and taken its pieces away.
        upload = get_upload(key, visible_to=actor)
        if upload.state == UploadState.RECEIVING:
            raise refusals.UploadIncomplete
    if upload.state == UploadState.RECEIVING:
        try:
            content = pieces.joined(key)
        except FileNotFoundError:
            content = b""  # another request was quicker: see what it found
        if len(content) == upload.size_bytes:
            upload = _examine(upload, content, actor, now)
        else:
            upload = get_upload(key, visible_to=actor)
    if upload.state == UploadState.REFUSED:
        raise refusal_of(upload)
    return upload


def keep_whole(
    *, kind: UploadKind, name: str, content: bytes, actor: Actor, now: datetime
) -> Upload:
    """Keep a file that came in one go, from a browser without scripts.

    Raises what `begin` and `finish` raise.
    """
    given: dict[str, Any] = {"kind": kind, "name": name, "content": content}
    try:
        return _keep_whole(**given, actor=actor, now=now)
    except (NotFound, refusals.UploadTaken, refusals.PieceAstray):
        # The same form, sent twice at once, went on with it or handed it in.
        return _keep_whole(**given, actor=actor, now=now)


def _keep_whole(
    *, kind: UploadKind, name: str, content: bytes, actor: Actor, now: datetime
) -> Upload:
    fingerprint = f"sha256:{hashlib.sha256(content).hexdigest()[:56]}"
    upload = begin(
        kind=kind,
        name=name,
        size_bytes=len(content),
        fingerprint=fingerprint,
        actor=actor,
        now=now,
    )
    while upload.state == UploadState.RECEIVING and (
        (start := received(upload)) < len(content)
    ):
        piece = content[start : start + MOST_PIECE_BYTES]
        add_piece(key=upload.key, start=start, content=piece, actor=actor)
    return finish(key=upload.key, actor=actor, now=now)


@opens_transaction
def discard(*, key: str, actor: Actor) -> None:
    """Delete an upload that was not handed in. Raises NotFound."""
    drop(key=key, actor=actor)


@needs_transaction
def drop(*, key: str, actor: Actor) -> None:
    """The same as a part of an act. Raises NotFound."""
    deleted, _tables = uploads_visible_to(actor).filter(key=key).delete()
    if not deleted:
        raise NotFound
    after_commit(partial(pieces.delete_files, key))


@needs_transaction
def attach(
    keys: Iterable[str], *, kind: str, holder: str, actor: Actor, now: datetime
) -> list[Upload]:
    """Give uploads of the actor to what they belong to from now on.

    What is attached to the same holder already stays so. Raises NotFound (not the
    actor's, gone, of another kind, or another holder's), UploadIncomplete.
    """
    wanted = list(dict.fromkeys(keys))
    rows = Upload.objects.select_for_update().filter(key__in=wanted, kind=kind)
    found = {upload.key: upload for upload in rows}
    for key in wanted:
        upload = found.get(key)
        if upload is None or not _may_attach(upload, holder, actor):
            raise NotFound
        if upload.state != UploadState.KEPT:
            raise refusals.UploadIncomplete
        if not upload.holder:
            upload.holder, upload.attached_at = holder, now
            upload.save(update_fields=["holder", "attached_at"])
    return [found[key] for key in wanted]


@needs_transaction
def keep_copy(
    source: IO[bytes],
    *,
    kind: UploadKind,
    name: str,
    scanned: str,
    holder: str,
    actor: Actor,
    now: datetime,
) -> Upload:
    """Keep for a holder what was taken already for another, as it was found then."""
    with source:
        content = source.read()
    copy = Upload.objects.create(
        kind=kind.key,
        owner=actor.account_id or 0,
        name=name[-_NAME_CHARACTERS:],
        size_bytes=len(content),
        state=UploadState.KEPT,
        format=format_of(content) or "",
        digest=hashlib.sha256(content).hexdigest(),
        scan=scanned,
        begun_at=now,
        settled_at=now,
        attached_at=now,
        holder=holder,
    )
    path = pieces.path_of(copy.key)
    seal_file(io.BytesIO(content), path, purpose=pieces.purpose_of(copy.key))
    return copy


def open_upload(upload: Upload) -> IO[bytes]:
    """Return the file's plain bytes; whoever holds the upload asks who may read it.

    Raises FileNotFoundError; SealBroken when it was altered.
    """
    return open_sealed(
        pieces.path_of(upload.key), purpose=pieces.purpose_of(upload.key)
    )


@needs_transaction
def delete_uploads_of(holders: Iterable[str]) -> int:
    """Delete what is attached to the holders, the files once that is committed."""
    return _delete(list(uploads_of(holders)))


@opens_transaction
def delete_abandoned(before: datetime) -> int:
    """Delete what nobody handed in, and files that no upload knows of."""
    rows = list(abandoned_before(before))
    stray = set(pieces.keys_older_than(before))
    known = Upload.objects.filter(key__in=stray).values_list("key", flat=True)
    for key in stray.difference(known):
        pieces.delete_files(key)
    return _delete(rows)


def refusal_of(upload: Upload) -> Refused:
    """Return why a refused upload was not taken, in words for its owner."""
    formats = upload_kind(upload.kind).format_names
    return refusals.OF_CONTENT[upload.refusal](formats=formats)


def _examine(upload: Upload, content: bytes, actor: Actor, now: datetime) -> Upload:
    kind = upload_kind(upload.kind)
    found, result, said, refusal = format_of(content), ScanResult.NOT_SCANNED, "", ""
    try:
        _check(content, found, kind)
        result, said = scan(content)
        if result is ScanResult.REFUSED:
            raise refusals.FileMalicious
    except refusals.ScannerAway:
        raise
    except Refused as refused:
        refusal = refused.code
    if not refusal:
        path = pieces.path_of(upload.key)
        seal_file(io.BytesIO(content), path, purpose=pieces.purpose_of(upload.key))
    settled = _settle(
        upload.pk,
        format=found or "",
        digest=hashlib.sha256(content).hexdigest(),
        scan=result,
        said=said,
        refusal=refusal,
        actor=actor,
        now=now,
    )
    # Only now: until the database knows, the pieces are all there is.
    pieces.delete_pieces(upload.key)
    return settled


def _check(content: bytes, found: FileFormat | None, kind: UploadKind) -> None:
    if found not in kind.formats:
        raise refusals.FormatNotWanted(formats=kind.format_names)
    check_whole(content, found)


@opens_transaction
def _settle(
    upload_id: int,
    *,
    format: str,  # noqa: A002 -- the field's name
    digest: str,
    scan: ScanResult,
    said: str,
    refusal: str,
    actor: Actor,
    now: datetime,
) -> Upload:
    upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
    if upload is None:
        raise NotFound
    if upload.state == UploadState.RECEIVING:
        upload.state = UploadState.REFUSED if refusal else UploadState.KEPT
        upload.format, upload.digest, upload.scan = format, digest, scan
        upload.refusal, upload.settled_at = refusal, now
        upload.save()
        if scan is ScanResult.REFUSED:
            record(
                MaliciousFileRefused(kind=upload.kind, digest=digest, found=said),
                subject=subject("upload", upload.pk),
                actor=actor,
                at=now,
            )
    return upload


def _may_attach(upload: Upload, holder: str, actor: Actor) -> bool:
    if upload.holder:
        return upload.holder == holder
    return actor.account_id is not None and upload.owner == actor.account_id


def _delete(rows: list[Upload]) -> int:
    keys = [upload.key for upload in rows]
    Upload.objects.filter(key__in=keys).delete()
    for key in keys:
        after_commit(partial(pieces.delete_files, key))
    return len(keys)
