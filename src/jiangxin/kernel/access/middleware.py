"""Sessions end in time, and an administrator begins with a second factor."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.web import Request
from jiangxin.kernel.access import operations, queries, rules
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.listening import BEGAN_AT, SEEN_AT

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# How exact "last seen" is: writing it with each request would cost more than it tells.
SEEN_EVERY = timedelta(minutes=1)


class SessionLimitsMiddleware:
    """Sign out who was away too long or in for too long; note who is still there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            self._mind(cast("Request", request))
        return self.get_response(request)

    def _mind(self, request: Request) -> None:
        session, now = request.session, request.now
        if not {BEGAN_AT, SEEN_AT} <= session.keys():  # begun before there were limits
            session[BEGAN_AT] = session[SEEN_AT] = now.timestamp()
        seen_at = _moment(session[SEEN_AT])
        if rules.is_session_over(
            began_at=_moment(session[BEGAN_AT]),
            seen_at=seen_at,
            now=now,
            idle=queries.session_idle(),
            life=queries.session_life(),
        ):
            request.sign_out_act = SignInAct.EXPIRED  # type: ignore[attr-defined]  # -- read by listening.py
            logout(request)
            messages.info(
                request,
                _("You were signed out because time ran out. Sign in again to go on."),
            )
        elif now - seen_at >= SEEN_EVERY:
            session[SEEN_AT] = now.timestamp()
            operations.see_session(str(session.session_key), now=now)


class SecondFactorMiddleware:
    """Lead an administrator without a second factor to its set-up, wherever they go.

    Their roles do not count before (`queries.actor_for`); this only shows the way.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        *_view: Any,
    ) -> HttpResponseBase | None:
        ours = cast("Request", request)
        if SESSION_KEY not in request.session:
            return None
        needs_one = getattr(ours.actor, "needs_second_factor", False)
        if needs_one and not _is_open(request.path):
            return redirect("mfa_index")
        return None


def _is_open(path: str) -> bool:
    if path.startswith(reverse("mfa_index")):
        return True
    return path in {reverse("access:sign-out"), reverse("web:preferences")}


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
