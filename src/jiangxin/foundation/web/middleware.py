"""Who acts, at what time, and what becomes of what a view raises."""

from collections.abc import Callable, Iterator
from typing import cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django_htmx.http import HttpResponseClientRedirect

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.wall.visits import admit, behind_the_wall, kept
from jiangxin.foundation.web import failures
from jiangxin.foundation.web.request import Request

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class WallMiddleware:
    """Answer behind the second wall: as nobody, until it is known who asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with behind_the_wall():
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse) and not isinstance(
                response, FileResponse
            ):
                response.streaming_content = kept(cast("Iterator[bytes]", response))
        return response


class ActorMiddleware:
    """Give the request its `now` and its `actor`.

    The kernel makes the actor from the account, and the foundation may not import the
    kernel: so the maker's dotted path is a setting. It is called on first use only,
    because a public page needs no account.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.actor_for = import_string(settings.JIANGXIN_ACTOR_FACTORY)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ours = cast("Request", request)
        ours.now = now = timezone.now()
        ours.actor = cast(
            "Actor",
            SimpleLazyObject(lambda: admit(self.actor_for(request.user, now))),
        )
        return self.get_response(request)


class PrivateMiddleware:
    """Keep what signed-in people see out of caches.

    Offices share computers: after signing out, "back" must not show the last worker.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ErrorsMiddleware:
    """Turn the errors that views let pass into pages that say how to go on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        location = response.headers.get("Location")
        if location and getattr(request, "htmx", None):
            # Left alone, htmx follows and puts a whole page (the sign-in page, when
            # the session has ended) into the place of a fragment.
            return HttpResponseClientRedirect(location)
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        match exception:
            case NotFound():
                return failures.page_not_found(request, exception)
            case NotPermitted() if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            case NotPermitted():
                return failures.permission_denied(request, exception)
            case Refused():
                return failures.refused(request, exception)
        return None
