"""What the page of a rating shows, by who looks at it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.ui.components import Act, Fact, Moment
from jiangxin.kernel.ratings import permissions
from jiangxin.kernel.ratings.declared import set_of
from jiangxin.kernel.ratings.enums import AppealVerdict, Grade
from jiangxin.kernel.ratings.models import MatterRating, RatingFollowUp
from jiangxin.kernel.ratings.views.listing import TONES, stage_of


def shown(rating: MatterRating, actor: Actor) -> dict[str, Any]:
    """Return the context: the words, the matter and the call-back only for followers."""
    follows = permissions.can_follow(actor, rating)
    asked = set_of(rating.way, rating.set_version)
    follow_up = getattr(rating, "follow_up", None)
    return {
        "rating": rating,
        "tone": TONES[rating.grade],
        "stage": stage_of(rating),
        "follows": follows,
        "asked": asked,
        "facts": [
            Fact(one.label, Grade(rating.dimensions[one.key]).label)
            for one in asked.dimensions
            if one.key in rating.dimensions
        ],
        "follow_up": follow_up,
        "moments": _moments(follow_up, follows=follows) if follow_up else [],
        "acts": _acts(rating, follow_up, actor) if follow_up else [],
    }


def _moments(found: RatingFollowUp, *, follows: bool) -> list[Moment]:
    """What was done so far; the call-back itself is for followers only."""
    told = found.call_back if follows else found.facts
    rows = (
        (found.called_back_at, _("Called back"), found.called_back_by, told),
        (found.appealed_at, _("The window appealed"), found.appealed_by, found.appeal),
        (
            found.verdict_at,
            found.get_verdict_display(),
            found.verdict_by,
            found.verdict_reason,
        ),
        (found.corrected_at, _("Put right"), found.corrected_by, found.correction),
        (found.replied_at, _("Replied to the rater"), found.replied_by, found.reply),
    )
    moments = [
        Moment(at, title, by, words, tone="ok" if at == found.replied_at else "info")
        for at, title, by, words in rows
        if at is not None
    ]
    return sorted(moments, key=lambda one: str(one.at))


def _acts(rating: MatterRating, found: RatingFollowUp, actor: Actor) -> list[Act]:
    """What this actor may do next."""
    if found.replied_at is not None:
        return []
    appeal_open = found.appealed_at is not None and not found.verdict
    upheld = found.verdict == AppealVerdict.UPHELD
    called = found.called_back_at is not None
    corrected = found.corrected_at is not None
    follows = permissions.can_follow(actor, rating)
    answers = permissions.can_answer(actor, rating)
    wanted = (
        (follows and not called, "call-back", _("Call back")),
        (follows and appeal_open, "decide", _("Decide about the appeal")),
        (follows and (corrected or upheld), "reply", _("Reply to whoever rated")),
        (
            answers and called and not (appeal_open or corrected or upheld),
            "put-right",
            _("Say what was put right"),
        ),
        (
            answers and called and not (found.appealed_at or corrected),
            "appeal",
            _("Appeal against the rating"),
        ),
    )
    return [
        Act(label, reverse("ratings:rating-act", args=[rating.pk, key]), "pencil")
        for offered, key, label in wanted
        if offered
    ]
