"""What becomes of an issue: suspended, resumed, revoked, printed."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.trail.operations import record, record_many
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.enums import (
    ISSUE_MOVES,
    CredentialStatus,
    IssueStatus,
)
from jiangxin.kernel.credentials.events import IssueMoved, IssuePrinted
from jiangxin.kernel.credentials.models import Credential, IssuedCredential
from jiangxin.kernel.credentials.models.issued import LIVE
from jiangxin.kernel.credentials.operations.subjects import subject_of
from jiangxin.kernel.credentials.queries import credentials_within


class IssueMoveNotAllowed(Refused):
    code = "credentials.issue_move_not_allowed"
    text = _("This issue is “%(status)s” now, so that cannot be done.")


class RecordSuspended(Refused):
    code = "credentials.record_suspended"
    text = _(
        "The record that this was issued of is suspended or no longer valid. Restore "
        "the record, and what was issued of it counts again."
    )


@opens_transaction
def suspend_issue(
    *, issue_id: int, reason: str, actor: Actor, now: datetime
) -> IssuedCredential:
    """Let an issue not count until it is resumed; the record stays as it is.

    Raises NotFound, NotPermitted, IssueMoveNotAllowed.
    """
    issue = _lock_to_move(issue_id, actor)
    return move_issue(issue, IssueStatus.SUSPENDED, reason=reason, actor=actor, now=now)


@opens_transaction
def resume_issue(
    *, issue_id: int, reason: str, actor: Actor, now: datetime
) -> IssuedCredential:
    """Let a suspended issue count again.

    Raises NotFound, NotPermitted, IssueMoveNotAllowed, RecordSuspended.
    """
    issue = _lock_to_move(issue_id, actor)
    if issue.credential.status != CredentialStatus.VALID:
        raise RecordSuspended
    return move_issue(issue, IssueStatus.VALID, reason=reason, actor=actor, now=now)


@opens_transaction
def revoke_issue(
    *, issue_id: int, reason: str, actor: Actor, now: datetime
) -> IssuedCredential:
    """Take an issue back for good; the record may be issued anew.

    Raises NotFound, NotPermitted, IssueMoveNotAllowed.
    """
    issue = _lock_to_move(issue_id, actor)
    return move_issue(issue, IssueStatus.REVOKED, reason=reason, actor=actor, now=now)


@opens_transaction
def note_prints(
    *, issue_ids: Iterable[int], reason: str = "", actor: Actor, now: datetime
) -> int:
    """Note that issues were made into certificates to hand out; return how many.

    Raises NotPermitted when one of them lies elsewhere.
    """
    return count_prints(issue_ids=issue_ids, reason=reason, actor=actor, now=now)


@needs_transaction
def count_prints(
    *, issue_ids: Iterable[int], reason: str = "", actor: Actor, now: datetime
) -> int:
    """Do what `note_prints` does, as a step of another operation."""
    issues = list(
        IssuedCredential.objects.select_for_update(of=("self",))
        .filter(pk__in=list(issue_ids))
        .select_related("credential")
        .order_by("pk")
    )
    wanted = {one.credential_id for one in issues}
    if wanted - credentials_within(actor, permissions.ISSUE, wanted):
        raise NotPermitted(permissions.ISSUE)
    chosen = IssuedCredential.objects.filter(pk__in=[one.pk for one in issues])
    chosen.update(prints=F("prints") + 1)
    events = [
        (subject_of(one.credential), IssuePrinted(one.pk, reason)) for one in issues
    ]
    return record_many(events, actor=actor, at=now)


@needs_transaction
def follow_record(credential: Credential, *, actor: Actor, now: datetime) -> None:
    """Let what was issued of a record become what the record became."""
    issue = (
        IssuedCredential.objects.select_for_update()
        .filter(credential=credential, status__in=LIVE)
        .first()
    )
    if issue is None:
        return
    issue.credential = credential
    status = IssueStatus(credential.status)
    if status is IssueStatus.VALID and not issue.is_held_by_record:
        return
    if issue.status == status:
        return
    is_held = status is IssueStatus.SUSPENDED
    move_issue(issue, status, actor=actor, now=now, is_held=is_held)


@needs_transaction
def move_issue(
    issue: IssuedCredential,
    status: IssueStatus,
    *,
    reason: str = "",
    actor: Actor,
    now: datetime,
    is_held: bool = False,
) -> IssuedCredential:
    """Set the status of an issue that is locked. Raises IssueMoveNotAllowed."""
    present = IssueStatus(issue.status)
    if status not in ISSUE_MOVES[present]:
        raise IssueMoveNotAllowed(status=present.label)
    issue.status, issue.status_at, issue.status_reason = status, now, reason
    issue.is_held_by_record = is_held
    issue.save(
        update_fields=["status", "status_at", "status_reason", "is_held_by_record"]
    )
    event = IssueMoved(issue_id=issue.pk, status=status, reason=reason)
    record(event, subject=subject_of(issue.credential), actor=actor, at=now)
    return issue


def _lock_to_move(issue_id: int, actor: Actor) -> IssuedCredential:
    issue = (
        IssuedCredential.objects.select_for_update(of=("self",))
        .filter(pk=issue_id)
        .select_related("credential__person", "credential__organisation")
        .first()
    )
    if issue is None:
        raise NotFound
    permissions.check_revoke_credential(actor, issue.credential)
    return issue
