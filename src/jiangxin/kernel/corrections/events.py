"""What is recorded in the trail; never a value that was asked for."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class CorrectionAsked(Event):
    key = "corrections.correction_asked"
    label = _("Correction asked for")
    correction_id: int
    fields: tuple[str, ...]
    papers: int


@dataclass(frozen=True)
class CorrectionDecided(Event):
    key = "corrections.correction_decided"
    label = _("Correction decided")
    correction_id: int
    approved: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class CorrectionWithdrawn(Event):
    key = "corrections.correction_withdrawn"
    label = _("Correction withdrawn")
    correction_id: int


EVENTS = (CorrectionAsked, CorrectionDecided, CorrectionWithdrawn)
