"""Drafts of policies: what is published, what is being written, what came before."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.policy.enums import DraftKind, DraftState
from jiangxin.kernel.policy.models import PolicyDraft, PolicyText
from jiangxin.kernel.policy.permissions import check_see_drafts
from jiangxin.kernel.policy.registry.serving import Record

OPEN = (DraftState.DRAFT, DraftState.RETURNED, DraftState.SUBMITTED)
EDITABLE = (DraftState.DRAFT, DraftState.RETURNED)


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
    if draft is None:
        raise NotFound
    return draft


def open_drafts(code: str = "") -> QuerySet[PolicyDraft]:
    """Return what is being written or waits, of one policy or of all."""
    found = PolicyDraft.objects.filter(state__in=[*OPEN, DraftState.APPROVED])
    return found.filter(code=code) if code else found


def drafts_waiting(actor: Actor, _now: datetime) -> int:
    """Count the drafts that wait for somebody else than their authors."""
    submitted = PolicyDraft.objects.filter(state=DraftState.SUBMITTED)
    return sum(
        actor.account_id not in authors
        for authors in submitted.values_list("authors", flat=True)
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
