"""The page at which a matter is rated: opened by a link or a QR code, without signing in."""

import io
from contextlib import suppress

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.ratings import declared
from jiangxin.kernel.ratings.forms import RateMatter
from jiangxin.kernel.ratings.models import MatterRating
from jiangxin.kernel.ratings.operations.rating import (
    RatedAlready,
    check_may_rate,
    rate_matter,
    way_of,
)
from jiangxin.kernel.ratings.queries.invitations import matter_of


@never_cache
def rate(request: Request, rating_token: str) -> HttpResponse:
    matter = matter_of(rating_token)
    given = _given(matter)
    if given is not None:
        return page(request, "ratings/rated.html", _answered(matter, given))
    try:
        with for_the_platform():
            check_may_rate(request.actor, matter, request.now)
    except Refused as refusal:
        context = {"service": service_of(matter), "why": refusal.message}
        return page(request, "ratings/not_now.html", context)
    asked = declared.dimension_set(way_of(matter), on=today(request.now))
    form = RateMatter(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        return _rate(request, rating_token, form, matter)
    context = {"form": form, "matter": matter, "service": service_of(matter)}
    return page(request, "ratings/rate.html", context)


def _rate(
    request: Request, token: str, form: RateMatter, matter: Matter
) -> HttpResponse:
    with suppress(RatedAlready):  # sent twice
        rate_matter(
            token=token, given=form.given(), actor=request.actor, now=request.now
        )
    return page(request, "ratings/rated.html", _answered(matter, _given(matter)))


def _given(matter: Matter) -> MatterRating | None:
    with for_the_platform():
        rows = MatterRating.objects.select_related("follow_up__matter")
        return rows.filter(matter=matter).first()


def _answered(matter: Matter, rating: MatterRating | None) -> dict[str, object]:
    with for_the_platform():
        follow_up = getattr(rating, "follow_up", None)
        due_on = follow_up.matter.due_on if follow_up else None
    return {
        "rating": rating,
        "service": service_of(matter),
        "follow_up": follow_up,
        "due_on": due_on,
    }


@require_safe
def code(request: Request, rating_token: str) -> HttpResponse:
    """The page's address as a QR code."""
    matter_of(rating_token)
    address = request.build_absolute_uri(reverse("ratings:rate", args=[rating_token]))
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=6, border=4, svgclass=None, lineclass=None
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
