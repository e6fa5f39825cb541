"""Drafts of policies: what is published, what is being written, what came before."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import DraftKind, DraftState
from jiangxin.kernel.policy.models import PolicyDraft, PolicyText
from jiangxin.kernel.policy.permissions import (
    can_edit,
    can_publish,
    check_see_drafts,
)
from jiangxin.kernel.policy.registry.serving import Record
from jiangxin.kernel.policy.rules.plain import tree_of

OPEN = (DraftState.DRAFT, DraftState.RETURNED, DraftState.SUBMITTED)
EDITABLE = (DraftState.DRAFT, DraftState.RETURNED)
PUBLIC = (DraftState.IN_EFFECT, DraftState.REPLACED)
PLACE = re.compile(r"\d*")


def published_numbers() -> tuple[int, ...]:
    """Return which drafts are in effect; their texts never change any more."""
    in_effect = PolicyDraft.objects.filter(state=DraftState.IN_EFFECT).order_by("pk")
    return tuple(in_effect.values_list("pk", flat=True))


def published_records() -> Sequence[Record]:
    in_effect = PolicyDraft.objects.filter(state=DraftState.IN_EFFECT).order_by("pk")
    return [
        Record(one.pk, one.code, None if is_withdrawal(one) else one.text)
        for one in in_effect
    ]


def is_withdrawal(draft: PolicyDraft) -> bool:
    return draft.kind == DraftKind.WITHDRAWAL


def get_draft(draft_id: int, *, visible_to: Actor) -> PolicyDraft:
    """Return a draft. Raises NotPermitted, NotFound."""
    check_see_drafts(visible_to)
    draft = PolicyDraft.objects.filter(pk=draft_id).first()
    if draft is None or not _is_within(visible_to, draft):
        raise NotFound
    return draft


def open_drafts(*, visible_to: Actor) -> list[PolicyDraft]:
    """Return what is being written or waits, for the actor's places. Few ever are."""
    found = PolicyDraft.objects.filter(state__in=[*OPEN, DraftState.APPROVED])
    return [one for one in found if _is_within(visible_to, one)]


def _is_within(actor: Actor, draft: PolicyDraft) -> bool:
    """Nobody reads what another place is still writing; once in effect it is public."""
    region = region_of(draft)
    return (
        draft.state in PUBLIC or can_edit(actor, region) or can_publish(actor, region)
    )


def region_of(draft: PolicyDraft) -> str:
    """Where the policy holds: where it did, until the draft says it better."""
    text = draft.text or draft.based_on_text
    region = tree_of(text).get("region") or ""
    return region if PLACE.fullmatch(region) else ""


def drafts_waiting(actor: Actor, _now: datetime) -> int:
    """Count the drafts that wait for somebody else than their authors."""
    submitted = PolicyDraft.objects.filter(state=DraftState.SUBMITTED)
    return sum(
        actor.account_id not in one.authors and can_publish(actor, region_of(one))
        for one in submitted
    )


def versions_of(code: str) -> QuerySet[PolicyDraft]:
    """Return what was published of a policy at the desk, the latest first."""
    return PolicyDraft.objects.filter(
        code=code,
        state__in=[DraftState.IN_EFFECT, DraftState.REPLACED, DraftState.APPROVED],
    ).order_by("-pk")


def texts_of(code: str) -> QuerySet[PolicyText]:
    """Return every text of a policy that a matching used, the latest first."""
    return PolicyText.objects.filter(code=code).order_by("-pk")
