"""Strangers may look so many times a minute from one address."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from jiangxin.foundation.web import Request, page

SECONDS = 60


P = ParamSpec("P")


def public_look_up(
    view: Callable[Concatenate[Request, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Count visits by address, and let no search engine and no cache keep the answer."""

    @wraps(view)
    def inner(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if _too_many(request):
            context = {"title": _("Too many look-ups")}
            response = page(request, "credentials/too_many.html", context, status=429)
            response["Retry-After"] = str(SECONDS)
        else:
            response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        # The code in the address must not travel to another site. Without any referrer
        # a browser calls the origin of a form "null", and the form would be refused.
        response["Referrer-Policy"] = "same-origin"
        return response

    return inner


def _too_many(request: Request) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    digest = salted_hmac("jiangxin.credentials.look_up", address).hexdigest()
    stamp = int(request.now.timestamp())
    key = f"look-ups:{digest}:{stamp // SECONDS}"
    looks = cache.get_or_set(key, 0, timeout=2 * SECONDS) or 0
    if looks >= settings.JIANGXIN_LOOK_UPS_A_MINUTE:
        return True
    cache.set(key, looks + 1, timeout=2 * SECONDS)
    return False
