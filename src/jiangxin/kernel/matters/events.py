"""What is recorded in the trail: which act, on which matter; never what was written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class MatterActed(Event):
    """digest: SHA-256 of the act's words, so that they cannot be changed unnoticed."""

    key = "matters.acted"
    label = _("Act on a matter")
    matter_id: int
    sequence: int
    act: str
    state: str
    step: str
    digest: str


EVENTS = (MatterActed,)
