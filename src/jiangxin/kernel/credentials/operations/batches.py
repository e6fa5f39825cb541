"""Issuing many credentials and making their certificates into one file.

The file is sealed under the job that made it. What it is of stands in the job's result;
a copy is counted when the file is taken, not when it is made.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.sealing.files import open_sealed, seal_file
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.kernel.credentials.enums import BatchForm, IssueStatus
from jiangxin.kernel.credentials.models import IssuedCredential
from jiangxin.kernel.credentials.operations.certificates import certificate_facts
from jiangxin.kernel.credentials.operations.issuing import Issuing, issue_credentials
from jiangxin.kernel.credentials.operations.moving import count_prints
from jiangxin.kernel.credentials.operations.seals import take_seal
from jiangxin.kernel.credentials.printing.facts import CertificateFacts
from jiangxin.kernel.credentials.printing.making import make_many
from jiangxin.kernel.credentials.printing.signing import Seal
from jiangxin.kernel.credentials.printing.typesetting import render_for_printing

MOST_IN_A_BATCH = 5_000
ISSUED_AT_ONCE = 200
PAGES_AT_ONCE = 100
ORIGIN = "origin.txt"
# A file of certificates is full of names: it is kept as long as it takes to print it.
KEPT_FOR = timedelta(days=7)

Report = Callable[[int, int], None]


class BatchGone(Refused):
    code = "credentials.batch_gone"
    text = _("Files of batches are kept for %(days)s days. Begin the batch again.")


def issue_batch(
    credential_ids: Sequence[int], *, actor: Actor, now: datetime, report: Report
) -> Issuing:
    """Issue what is not issued yet, piece by piece; an attempt after this one goes on."""
    done = Issuing()
    for start in range(0, len(credential_ids), ISSUED_AT_ONCE):
        piece = credential_ids[start : start + ISSUED_AT_ONCE]
        part = issue_credentials(credential_ids=piece, actor=actor, now=now)
        done.issued += part.issued
        done.already += part.already
        done.refused |= part.refused
        report(min(start + len(piece), len(credential_ids)), len(credential_ids))
    return done


def write_batch(
    job_id: int,
    issue_ids: Sequence[int],
    form: BatchForm,
    *,
    actor: Actor,
    now: datetime,
    report: Report,
) -> int:
    """Make the certificates of valid issues into the job's file; return how many."""
    forget_batches(now - KEPT_FOR)
    with for_the_platform():
        found = IssuedCredential.objects.filter(
            pk__in=issue_ids, status=IssueStatus.VALID
        )
        issues = list(found.select_related("credential").order_by("pk"))
    facts = [certificate_facts(each, copy_number=each.prints + 1) for each in issues]
    with TemporaryFile() as written:
        with ZipFile(written, "w", ZIP_STORED) as archive:
            if form is BatchForm.PAGES:
                files = _pages(facts, report)
            else:
                seal = take_seal(actor=actor, now=now)
                files = _singly(issues, facts, seal, report)
            for name, content in files:
                archive.writestr(name, content)
        written.seek(0)
        path = path_of(job_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        seal_file(written, path, purpose=purpose_of(job_id))
    return len(issues)


def _singly(
    issues: Sequence[IssuedCredential],
    facts: Sequence[CertificateFacts],
    seal: Seal,
    report: Report,
) -> Iterator[tuple[str, bytes]]:
    made = make_many(facts, seal)
    for done, (issue, fact, content) in enumerate(
        zip(issues, facts, made, strict=True), 1
    ):
        yield f"{done:04}-{_plain(fact.holder)}-{issue.public_id}.pdf", content
        report(done, len(facts))


def _pages(
    facts: Sequence[CertificateFacts], report: Report
) -> Iterator[tuple[str, bytes]]:
    """Pages to print, a hundred a file; each file of one sheet."""
    done = 0
    for sheet in sorted({each.sheet for each in facts}):
        of_sheet = [each for each in facts if each.sheet == sheet]
        for start in range(0, len(of_sheet), PAGES_AT_ONCE):
            piece = of_sheet[start : start + PAGES_AT_ONCE]
            yield f"{sheet}-{start + 1:04}.pdf", render_for_printing(piece)
            done += len(piece)
            report(done, len(facts))


def _plain(name: str) -> str:
    """A holder's name as part of a file name, on every system."""
    return "".join(sign if sign.isalnum() else "_" for sign in name)[:40]


def take_batch(
    job_id: int, issue_ids: Iterable[int], *, actor: Actor, now: datetime
) -> IO[bytes]:
    """Open the file, and count a copy of every certificate in it.

    Raises NotPermitted, BatchGone.
    """
    try:
        opened = open_sealed(path_of(job_id), purpose=purpose_of(job_id))
    except (FileNotFoundError, NotFound) as problem:
        raise BatchGone(days=KEPT_FOR.days) from problem
    _count(issue_ids, f"batch:{job_id}", actor, now)
    return opened


def has_file(job_id: int) -> bool:
    return path_of(job_id).exists()


def with_origin(opened: IO[bytes], facts: Iterable[tuple[str, str]]) -> IO[bytes]:
    """Return the file with a text that says where it comes from; close it.

    The certificates are for their holders and bear no such mark.
    """
    # Closed by the response that sends it.
    file = TemporaryFile()  # noqa: SIM115 -- see above
    with opened:
        copyfileobj(opened, file)
    lines = [": ".join(filter(None, fact)) for fact in facts]
    with ZipFile(file, "a", ZIP_STORED) as archive:
        archive.writestr(ORIGIN, "\n".join(lines).encode("utf-8-sig"))
    file.seek(0)
    return file


@opens_transaction
def _count(ids: Iterable[int], reason: str, actor: Actor, now: datetime) -> None:
    count_prints(issue_ids=ids, reason=reason, actor=actor, now=now)


def forget_batches(before: datetime) -> int:
    """Delete the files made before a moment; return how many."""
    outdated = outdated_batches(before)
    for path in outdated:
        path.unlink(missing_ok=True)
    return len(outdated)


def outdated_batches(before: datetime) -> list[Path]:
    folder = _folder()
    if not folder.exists():
        return []
    return [
        path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()
    ]


def sealed_batches() -> Iterator[tuple[Path, str]]:
    """Every file with its purpose, for a change of the key."""
    folder = _folder()
    if folder.exists():
        for path in folder.iterdir():
            if path.name.isdecimal():
                yield path, purpose_of(int(path.name))


def path_of(job_id: int) -> Path:
    return _folder() / str(job_id)


def purpose_of(job_id: int) -> str:
    return f"credentials.batch:{job_id}"


def _folder() -> Path:
    uploads: Path = settings.JIANGXIN_UPLOADS
    return uploads / "batches"
