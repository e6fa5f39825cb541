"""What is recorded in the trail: that a matter was rated, never by whom or in what words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class MatterRated(Event):
    key = "ratings.rated"
    label = _("Matter rated")
    service: str
    grade: int
    way: str
    set_version: str


@dataclass(frozen=True)
class RatingFollowed(Event):
    """digest: SHA-256 of the words, so that they cannot be changed unnoticed."""

    key = "ratings.followed"
    label = _("Bad rating followed up")
    act: str
    verdict: str
    digest: str


EVENTS = (MatterRated, RatingFollowed)
