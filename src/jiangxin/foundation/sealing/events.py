"""What the sealing records in the trail: which keys came and went, never a secret."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class KeyAdded(Event):
    key = "sealing.key_added"
    label = _("Key added and made active")
    key_id: int
    suite: str


@dataclass(frozen=True)
class KeyRetired(Event):
    key = "sealing.key_retired"
    label = _("Key retired")
    key_id: int
