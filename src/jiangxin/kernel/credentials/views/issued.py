"""What was issued of a credential, as its page at the desk shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.ui.components import Act, Tone
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.enums import CredentialStatus, IssueStatus
from jiangxin.kernel.credentials.models import Credential, IssuedCredential
from jiangxin.kernel.credentials.queries import issues_of
from jiangxin.kernel.credentials.rules import standing
from jiangxin.kernel.credentials.views.issuing import MOVES

TONES: dict[str, Tone] = {
    IssueStatus.VALID: "ok",
    IssueStatus.SUSPENDED: "wait",
    IssueStatus.REVOKED: "bad",
    IssueStatus.SUPERSEDED: "off",
}


@dataclass(frozen=True)
class IssueRow:
    issue: IssuedCredential
    tone: Tone
    is_expired: bool
    may_print: bool
    may_issue: bool
    moves: list[Act]


@dataclass(frozen=True)
class Issues:
    """rows: newest first. may_issue: whether it can be issued for the first time."""

    rows: list[IssueRow]
    may_issue: bool


def issues_shown(credential: Credential, actor: Actor, now: datetime) -> Issues:
    """Return what was issued, and what the actor may do about it."""
    rows = [_row(each, credential, actor, now) for each in issues_of(credential.pk)]
    is_live = any(row.may_print or row.tone == "wait" for row in rows)
    may_issue = (
        permissions.can_issue_credential(actor, credential)
        and credential.status == CredentialStatus.VALID
        and not is_live
    )
    return Issues(rows, may_issue)


def _row(
    issue: IssuedCredential, credential: Credential, actor: Actor, now: datetime
) -> IssueRow:
    may_move = permissions.can_revoke_credential(actor, credential)
    stands = standing(
        issue.status,
        valid_from=issue.valid_from,
        valid_until=issue.valid_until,
        now=now,
    )
    return IssueRow(
        issue=issue,
        tone=TONES[issue.status],
        is_expired=stands == "expired",
        may_print=issue.status == IssueStatus.VALID,
        may_issue=permissions.can_issue_credential(actor, credential),
        moves=[
            Act(
                label,
                reverse("credentials:issue-move", args=[issue.pk, key]),
                icon,
            )
            for key, (statuses, _operation, label, icon) in MOVES.items()
            if may_move and issue.status in statuses
        ],
    )
