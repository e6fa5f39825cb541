"""Reading what one was told."""

from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.queries.inbox import Reader, get_notice, notices_of


@opens_transaction
def read_notice(
    *, notice_id: int, reader: Reader, is_read: bool, actor: Actor, now: datetime
) -> Notice:
    """Mark one's notice as read, or as new again. Raises NotFound."""
    notice = get_notice(notice_id, actor, reader)
    if is_read != (notice.read_at is not None):
        notice.read_at = now if is_read else None
        notice.save(update_fields=["read_at"])
    return notice


@opens_transaction
def read_all(*, reader: Reader, actor: Actor, now: datetime) -> int:
    """Mark all that one was told as read; return how many were new."""
    return notices_of(actor, reader).filter(read_at__isnull=True).update(read_at=now)
