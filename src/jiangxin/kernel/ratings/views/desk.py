"""At the desk: what was said, and following up what was bad."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.actor import holds
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import listing_page
from jiangxin.kernel.ratings import permissions
from jiangxin.kernel.ratings.forms import (
    Appeal,
    CallBack,
    DecideAppeal,
    PutRight,
    Reply,
)
from jiangxin.kernel.ratings.models import MatterRating
from jiangxin.kernel.ratings.operations.following import (
    appeal_rating,
    decide_appeal,
    put_right,
    record_call_back,
    reply_to_rater,
)
from jiangxin.kernel.ratings.queries.ratings import (
    followed_by,
    get_rating,
    ratings_visible_to,
)
from jiangxin.kernel.ratings.views.listing import FOLLOWED, RATINGS, title_of
from jiangxin.kernel.ratings.views.showing import shown
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.views.acts import ActPage, act_page

LIST = "ratings:rating-list"


def _crumb() -> Crumb:
    return Crumb(_("Ratings"), reverse(LIST))


@login_required
@require_safe
def rating_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.VIEW)
    follows = holds(request.actor, permissions.FOLLOW)
    seen = followed_by if follows else ratings_visible_to
    rows = seen(request.actor)
    return listing_page(
        request,
        FOLLOWED if follows else RATINGS,
        queryset=rows.select_related("matter", "follow_up__matter"),
        title=_("Ratings"),
        purpose=_(
            "What people said of how their matter was handled. Whoever said nothing is"
            " not counted, neither as satisfied nor otherwise."
        ),
        crumbs=[_crumb()],
        empty=Empty(_("Nobody has rated yet"), icon="star"),
    )


@login_required
@require_safe
def rating_detail(request: Request, rating_id: int) -> HttpResponse:
    rating = get_rating(rating_id, visible_to=request.actor)
    context = shown(rating, request.actor)
    context["title"] = _("Rating of “%(service)s”") % {
        "service": title_of(rating.service)
    }
    context["crumbs"] = [_crumb(), Crumb(title_of(rating.service))]
    return page(request, "ratings/rating_detail.html", context)


@dataclass(frozen=True)
class _Act:
    """One thing to do about a bad rating. may: whether an actor is let do it."""

    title: Text
    purpose: Text
    submit: Text
    done: Text
    form: type[forms.Form]
    may: Callable[..., bool]
    does: Callable[..., object]
    names: dict[str, str]


_WORDS = {"words": "words"}
_ACTS = {
    "call-back": _Act(
        gettext_lazy("Call back"),
        gettext_lazy("Ask whoever rated what went wrong, and write it down."),
        gettext_lazy("Record the call-back"),
        gettext_lazy("The call-back is recorded."),
        CallBack,
        permissions.can_follow,
        record_call_back,
        {"words": "words", "facts": "facts"},
    ),
    "put-right": _Act(
        gettext_lazy("Say what was put right"),
        gettext_lazy("What the window has done so that it does not happen again."),
        gettext_lazy("Record it"),
        gettext_lazy("What was put right is recorded."),
        PutRight,
        permissions.can_answer,
        put_right,
        _WORDS,
    ),
    "appeal": _Act(
        gettext_lazy("Appeal against the rating"),
        gettext_lazy("Only a mistaken rating, or one of ill will, is left out."),
        gettext_lazy("Appeal"),
        gettext_lazy("The appeal is recorded; somebody else decides about it."),
        Appeal,
        permissions.can_answer,
        appeal_rating,
        _WORDS,
    ),
    "decide": _Act(
        gettext_lazy("Decide about the appeal"),
        gettext_lazy("Verify what the window says before leaving a rating out."),
        gettext_lazy("Record the verdict"),
        gettext_lazy("The verdict is recorded."),
        DecideAppeal,
        permissions.can_follow,
        decide_appeal,
        {"words": "reason", "verdict": "verdict"},
    ),
    "reply": _Act(
        gettext_lazy("Reply to whoever rated"),
        gettext_lazy("This closes the matter of the rating."),
        gettext_lazy("Reply and close"),
        gettext_lazy("The reply is given, and the matter is closed."),
        Reply,
        permissions.can_follow,
        reply_to_rater,
        _WORDS,
    ),
}


@login_required
def rating_act(request: Request, rating_id: int, rating_act: str) -> HttpResponse:
    rating = get_rating(rating_id, visible_to=request.actor)
    wanted = _ACTS.get(rating_act)
    if wanted is None or not hasattr(rating, "follow_up"):
        raise NotFound
    if not wanted.may(request.actor, rating):
        raise NotFound
    form = wanted.form(request.POST or None)

    def act(given: dict[str, Any]) -> object:
        values = {name: given[key] for key, name in wanted.names.items()}
        return wanted.does(
            rating_id=rating.pk, **values, actor=request.actor, now=request.now
        )

    return act_page(request, form, act, _page_for(wanted, rating))


def _page_for(wanted: _Act, rating: MatterRating) -> ActPage:
    back = reverse("ratings:rating-detail", args=[rating.pk])
    return ActPage(
        title=wanted.title,
        purpose=wanted.purpose,
        submit=wanted.submit,
        done=wanted.done,
        back_url=back,
        crumbs=[
            _crumb(),
            Crumb(title_of(rating.service), back),
            Crumb(wanted.title),
        ],
    )
