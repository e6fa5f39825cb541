from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet, Sum

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.uploads.enums import UploadState
from jiangxin.foundation.uploads.models import Upload


def uploads_visible_to(actor: Actor) -> QuerySet[Upload]:
    """What the actor began and has not handed in; what was is its holder's affair."""
    if actor.account_id is None:
        return Upload.objects.none()
    return Upload.objects.filter(owner=actor.account_id, attached_at__isnull=True)


def get_upload(key: str, *, visible_to: Actor) -> Upload:
    """Raises NotFound."""
    upload = uploads_visible_to(visible_to).filter(key=key).first()
    if upload is None:
        raise NotFound
    return upload


def to_go_on_with(
    actor: Actor, kind: str, fingerprint: str, size_bytes: int
) -> Upload | None:
    """Return the upload of the same file that was begun before, if there is one."""
    return (
        uploads_visible_to(actor)
        .filter(kind=kind, fingerprint=fingerprint, size_bytes=size_bytes)
        .exclude(state=UploadState.REFUSED)
        .exclude(fingerprint="")
        .order_by("-pk")
        .first()
    )


def bytes_waiting(actor: Actor) -> int:
    """Return the bytes of what the actor has not handed in yet, complete or not."""
    rows = uploads_visible_to(actor).exclude(state=UploadState.REFUSED)
    total: int | None = rows.aggregate(total=Sum("size_bytes"))["total"]
    return total or 0


def uploads_of(holders: Iterable[str]) -> QuerySet[Upload]:
    """Return what is attached to any of the holders, in the order it came."""
    return Upload.objects.filter(holder__in=list(holders)).order_by("pk")


def abandoned_before(before: datetime) -> QuerySet[Upload]:
    return Upload.objects.filter(attached_at__isnull=True, begun_at__lt=before)
