"""What policy matching records."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.trail.events import Event


@dataclass(frozen=True)
class PeopleMatched(Event):
    """people: how many were looked at, None for the whole register."""

    key = "policy.people_matched"
    label = _("Policies matched")

    reason: str
    on: date
    people: int | None
    gained: dict[str, int]
    lost: dict[str, int]


@dataclass(frozen=True)
class AnswerFrozen(Event):
    """What a policy said was kept for a decision. digest: of all that is kept."""

    key = "policy.answer_frozen"
    label = _("Answer frozen")

    policy: str
    version: str
    reason: str
    digest: str


@dataclass(frozen=True)
class PolicyDecided(Event):
    """An officer decided about a person by what a policy said. frozen_id: the answer."""

    key = "policy.decided"
    label = _("Decided by a policy")

    policy: str
    decision: str
    frozen_id: int


@dataclass(frozen=True)
class AnswersShown(Event):
    """What the policies say about a person was given to another system."""

    key = "policy.answers_shown"
    label = _("Answers given to another system")

    on: date
    token_id: int


@dataclass(frozen=True)
class DraftBegun(Event):
    key = "policy.draft_begun"
    label = _("Policy draft begun")

    policy: str
    kind: str
    based_on: str


@dataclass(frozen=True)
class DraftChanged(Event):
    """digest: of the new text."""

    key = "policy.draft_changed"
    label = _("Policy draft changed")

    policy: str
    revision: int
    digest: str


@dataclass(frozen=True)
class DraftMoved(Event):
    """It was submitted, taken back, returned, approved or given up."""

    key = "policy.draft_moved"
    label = _("Policy draft went on")

    policy: str
    state: str
    effective_on: date | None


@dataclass(frozen=True)
class PolicyTookEffect(Event):
    key = "policy.took_effect"
    label = _("Policy took effect")

    policy: str
    kind: str
    version: str
    on: date
