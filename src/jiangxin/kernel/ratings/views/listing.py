"""The list of ratings: for those who follow them up, and for everybody else."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.i18n import table_moment
from jiangxin.foundation.ui.components import Tone
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Filter,
    Listing,
)
from jiangxin.kernel.matters.registry import service, services
from jiangxin.kernel.ratings.enums import BAD, GOOD, Grade, RatingWay
from jiangxin.kernel.ratings.models import MatterRating

TONES: dict[int, Tone] = {
    Grade.VERY_SATISFIED: "ok",
    Grade.SATISFIED: "ok",
    Grade.FAIRLY_SATISFIED: "info",
    Grade.DISSATISFIED: "warn",
    Grade.VERY_DISSATISFIED: "bad",
}


def title_of(code: str) -> str:
    """Return the name of a service, in the reader's language."""
    try:
        title = service(code).title
    except NotFound:
        return code
    return title.en if (get_language() or "").startswith("en") else title.zh_hans


def _title(rating: MatterRating) -> str:
    return title_of(rating.service)


def _url(rating: MatterRating) -> str:
    return reverse("ratings:rating-detail", args=[rating.pk])


def _month(rating: MatterRating) -> str:
    return f"{timezone.localtime(rating.rated_at):%Y-%m}"


def _moment(rating: MatterRating) -> str:
    return table_moment(rating.rated_at)


def stage_of(rating: MatterRating) -> str:
    """Return where the follow-up of a bad rating stands, "" for a good one."""
    if rating.excluded_at:
        return pgettext("rating", "Left out")
    follow_up = getattr(rating, "follow_up", None)
    if follow_up is None:
        return ""
    stages = (
        (follow_up.replied_at, pgettext("rating", "Replied")),
        (rating.is_appeal_open, pgettext("rating", "Appealed, waiting for a verdict")),
        (
            follow_up.corrected_at,
            pgettext("rating", "Put right, waiting for the reply"),
        ),
        (follow_up.called_back_at, pgettext("rating", "Waiting for the window")),
    )
    waiting = pgettext("rating", "Waiting for the call-back")
    return next((label for reached, label in stages if reached), waiting)


def _due(rating: MatterRating) -> object:
    follow_up = getattr(rating, "follow_up", None)
    return follow_up.matter.due_on if follow_up else None


def _of_kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(grade__in=GOOD if value == "good" else BAD)


def _unanswered(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    del value  # there is but one
    return rows.filter(follow_up__isnull=False, follow_up__replied_at__isnull=True)


_GRADE = Column(
    "grade",
    _("Grade"),
    template="ratings/_grade.html",
    export="get_grade_display",
    sort=("grade",),
)
_SERVICE = Column("service", _("Service"), _title, link=_url)
_WAY = Column("way", _("Handled"), "get_way_display")
_STAGE = Column("stage", _("Follow-up"), stage_of)
_FILTERS: list[Filter] = [
    ChoiceFilter("grade", _("Grade"), Grade.choices),
    ChoiceFilter(
        "kind",
        _("Good or bad"),
        [("good", _("Good")), ("bad", _("Bad"))],
        narrow=_of_kind,
    ),
    ChoiceFilter(
        "service",
        _("Service"),
        lambda _request: [(one.code, title_of(one.code)) for one in services()],
    ),
    ChoiceFilter("way", _("Handled"), RatingWay.choices),
    ChoiceFilter(
        "reply", _("Reply"), [("none", _("Not given yet"))], narrow=_unanswered
    ),
    DateRangeFilter("rated", _("Rated at"), field="rated_at__date"),
]

# The office sees no day, from which the matter could be told.
RATINGS = Listing(
    key="ratings",
    columns=[
        _SERVICE,
        _GRADE,
        _WAY,
        Column("month", _("Month"), _month, sort=("rated_at",)),
        _STAGE,
    ],
    filters=_FILTERS[:-1],
    sort="-month",
    export=True,
    noun=_("ratings"),
)
FOLLOWED = Listing(
    key="ratings-followed",
    columns=[
        _SERVICE,
        _GRADE,
        Column("number", _("Matter"), "matter.number"),
        _WAY,
        Column("clerk", _("Handled by"), "clerk_label"),
        Column("rated", _("Rated at"), _moment, sort=("rated_at",)),
        _STAGE,
        Column("due", _("Due"), _due),
    ],
    filters=_FILTERS,
    sort="-rated",
    export=True,
    noun=_("ratings"),
)
