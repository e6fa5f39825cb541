from jiangxin.foundation.web import Request
from jiangxin.kernel.access import permissions


def frame_of(request: Request) -> str:
    """Return the frame of pages about one's own account."""
    if permissions.can_use_desk(request.actor):
        return "ui/desk.html"
    if permissions.can_use_portal(request.actor):
        return "ui/portal.html"
    return "ui/public.html"
