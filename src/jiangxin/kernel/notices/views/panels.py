"""What notices add to the home page of the portal."""

from collections.abc import Mapping
from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.kernel.notices.queries.inbox import notices_of
from jiangxin.kernel.notices.queries.reading import text_of

MOST_SHOWN = 3


def portal_panel(actor: Actor, now: datetime) -> Mapping[str, object] | None:
    """The newest of what is unread; nothing when all is read."""
    del now
    unread = notices_of(actor, "person").filter(read_at__isnull=True)
    newest = list(unread.order_by("-made_at", "-pk")[: MOST_SHOWN + 1])
    if not newest:
        return None
    return {
        "notices": [(one, text_of(one)) for one in newest[:MOST_SHOWN]],
        "is_more": len(newest) > MOST_SHOWN,
    }
