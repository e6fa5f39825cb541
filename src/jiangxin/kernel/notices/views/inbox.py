"""What one was told: a person in the portal, an account of the staff at the desk."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import listing_page
from jiangxin.kernel.access.permissions import check_use_desk
from jiangxin.kernel.notices.operations.reading import read_all, read_notice
from jiangxin.kernel.notices.queries.inbox import Reader, notices_of
from jiangxin.kernel.notices.queries.reading import text_of
from jiangxin.kernel.notices.views.listing import NOTICES
from jiangxin.kernel.register.queries.visibility import get_own_person


@dataclass(frozen=True)
class Inbox:
    """The inbox of a door. door: begins the names of its addresses."""

    door: str
    reader: Reader

    @property
    def list_name(self) -> str:
        return f"notices:{self.door}-list"

    def check(self, request: Request) -> None:
        """Raises NotPermitted or NotFound for whoever has no such inbox."""
        if self.reader == "account":
            check_use_desk(request.actor)
        else:
            get_own_person(request.actor)


PORTAL = Inbox("portal", "person")
DESK = Inbox("desk", "account")


@login_required
@require_safe
def portal_list(request: Request) -> HttpResponseBase:
    return _list(request, PORTAL)


@login_required
@require_safe
def desk_list(request: Request) -> HttpResponseBase:
    return _list(request, DESK)


def _list(request: Request, inbox: Inbox) -> HttpResponseBase:
    inbox.check(request)
    rows = notices_of(request.actor, inbox.reader)
    return listing_page(
        request,
        NOTICES,
        queryset=rows,
        title=_("Notices"),
        purpose=_("What you were told, the newest first."),
        crumbs=[Crumb(_("Notices"), reverse(inbox.list_name))],
        empty=Empty(
            _("You were told nothing yet"),
            _("What concerns you appears here by itself."),
            icon="bell",
        ),
        template="notices/notice_list.html",
        context={
            "frame_template": f"ui/{inbox.door}.html",
            "unread": rows.filter(read_at__isnull=True).count(),
            "is_portal": inbox is PORTAL,
            "open_name": f"notices:{inbox.door}-open",
            "turn_name": f"notices:{inbox.door}-turn",
            "read_all_url": reverse(f"notices:{inbox.door}-read-all"),
        },
    )


@login_required
@require_POST
def portal_open(request: Request, notice_id: int) -> HttpResponse:
    return _open(request, notice_id, PORTAL)


@login_required
@require_POST
def desk_open(request: Request, notice_id: int) -> HttpResponse:
    return _open(request, notice_id, DESK)


def _open(request: Request, notice_id: int, inbox: Inbox) -> HttpResponse:
    """Go where a notice leads. By POST: having been there is having read it."""
    inbox.check(request)
    notice = read_notice(
        notice_id=notice_id,
        reader=inbox.reader,
        is_read=True,
        actor=request.actor,
        now=request.now,
    )
    return redirect(text_of(notice).url or inbox.list_name)


@login_required
@require_POST
def portal_turn(request: Request, notice_id: int) -> HttpResponse:
    return _turn(request, notice_id, PORTAL)


@login_required
@require_POST
def desk_turn(request: Request, notice_id: int) -> HttpResponse:
    return _turn(request, notice_id, DESK)


def _turn(request: Request, notice_id: int, inbox: Inbox) -> HttpResponse:
    """Mark a notice as read, or as new again."""
    inbox.check(request)
    read_notice(
        notice_id=notice_id,
        reader=inbox.reader,
        is_read=request.POST.get("to") != "new",
        actor=request.actor,
        now=request.now,
    )
    narrowed = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse(inbox.list_name) + narrowed)


@login_required
@require_POST
def portal_read_all(request: Request) -> HttpResponse:
    return _read_all(request, PORTAL)


@login_required
@require_POST
def desk_read_all(request: Request) -> HttpResponse:
    return _read_all(request, DESK)


def _read_all(request: Request, inbox: Inbox) -> HttpResponse:
    inbox.check(request)
    count = read_all(reader=inbox.reader, actor=request.actor, now=request.now)
    done = ngettext(
        "%(count)s notice is marked as read.",
        "%(count)s notices are marked as read.",
        count,
    )
    messages.success(request, done % {"count": count})
    return redirect(inbox.list_name)
