"""What is recorded in the trail. That somebody was told is not: the notice shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class NoticeChosen(Event):
    """about: what alone they spoke of, "" for all notices of the kind."""

    key = "notices.notice_chosen"
    label = _("Chosen whether to be told")
    kind: str
    about: str
    is_wanted: bool
