"""The papers of a correction: checked by content, sealed from the moment they come."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.sealing import open_sealed, seal_file
from jiangxin.kernel.corrections import permissions
from jiangxin.kernel.corrections.models import Correction, CorrectionPaper
from jiangxin.kernel.corrections.queries.corrections import get_paper
from jiangxin.kernel.corrections.rules import kind_of
from jiangxin.kernel.privacy.enums import SealedValue, ViewPurpose
from jiangxin.kernel.privacy.operations.showing import keep_view

MOST_PAPERS = 3
MOST_BYTES = 5 * 1024 * 1024


class PaperTooLarge(Refused):
    code = "corrections.paper_too_large"
    text = _("A paper is larger than 5 MB. Take the picture again with fewer pixels.")


class PaperUnreadable(Refused):
    code = "corrections.paper_unreadable"
    text = _("A paper is no whole JPEG, PNG or PDF file. Take a picture of it instead.")


class TooManyPapers(Refused):
    code = "corrections.too_many_papers"
    text = _("Hand in at most %(most)s papers.")


@needs_transaction
def keep_papers(correction: Correction, contents: Sequence[bytes]) -> None:
    """Seal the papers of a new correction. Nothing stays of them if one is refused.

    Raises TooManyPapers, PaperTooLarge, PaperUnreadable.
    """
    if len(contents) > MOST_PAPERS:
        raise TooManyPapers(most=MOST_PAPERS)
    if any(len(content) > MOST_BYTES for content in contents):
        raise PaperTooLarge
    kinds = [kind_of(content) for content in contents]
    if None in kinds:
        raise PaperUnreadable
    for kind, content in zip(kinds, contents, strict=True):
        paper = CorrectionPaper.objects.create(
            correction=correction,
            kind=str(kind),
            size_bytes=len(content),
            digest=hashlib.sha256(content).hexdigest(),
        )
        seal_file(io.BytesIO(content), path_of(paper.pk), purpose=_purpose(paper.pk))


@opens_transaction
def open_paper(*, paper_id: int, actor: Actor, now: datetime) -> tuple[str, bytes]:
    """Return a paper's format and content, and record who was shown it.

    Raises NotFound, NotPermitted, TooManyViews; SealBroken when it was altered.
    """
    paper = get_paper(paper_id, visible_to=actor)
    permissions.check_open_paper(actor, paper.correction)
    with open_sealed(path_of(paper.pk), purpose=_purpose(paper.pk)) as file:
        content = file.read()
    keep_view(
        paper.correction.person,
        value=SealedValue.EVIDENCE,
        purpose=ViewPurpose.CORRECTION,
        note=f"#{paper.correction_id}",
        actor=actor,
        now=now,
    )
    return paper.kind, content


def delete_files(correction: Correction) -> None:
    for paper_id in correction.papers.values_list("pk", flat=True):
        path_of(paper_id).unlink(missing_ok=True)


def outdated_papers(before: datetime) -> list[CorrectionPaper]:
    """Return the papers of what was settled before a moment, as far as they lie here."""
    settled = CorrectionPaper.objects.filter(
        correction__settled_at__lt=before, deleted_at__isnull=True
    )
    return list(settled.order_by("pk"))


def delete_outdated_papers(before: datetime) -> int:
    outdated = outdated_papers(before)
    for paper in outdated:
        path_of(paper.pk).unlink(missing_ok=True)
        paper.deleted_at = before
        paper.save(update_fields=["deleted_at"])
    return len(outdated)


def sealed_papers() -> Iterator[tuple[Path, str]]:
    """Yield each file with what it opens as, for sealing it anew."""
    for path in _folder().glob("[0-9]*"):
        yield path, _purpose(path.name)


def path_of(paper_id: int) -> Path:
    return _folder() / str(paper_id)


def _folder() -> Path:
    uploads: Path = settings.JIANGXIN_UPLOADS
    return uploads / "corrections"


def _purpose(paper_id: int | str) -> str:
    return f"corrections.paper:{paper_id}"
