"""Reading what was issued: at the desk within one's places, in public by its code."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.kernel.credentials.enums import IssueStatus, KeyState
from jiangxin.kernel.credentials.models import (
    IssuedCredential,
    SigningKey,
    StatusList,
)
from jiangxin.kernel.credentials.permissions import VIEW
from jiangxin.kernel.credentials.proofs.badge import REVOCATION, SUSPENSION
from jiangxin.kernel.credentials.queries.records import credentials_visible_to

# Which issues have their bit set in which list: what was replaced is revoked to those
# who know no more than the list.
SET_FOR = {
    REVOCATION: (IssueStatus.REVOKED, IssueStatus.SUPERSEDED),
    SUSPENSION: (IssueStatus.SUSPENDED,),
}


def issues_visible_to(
    actor: Actor, permission: str = VIEW
) -> QuerySet[IssuedCredential]:
    """Return what was issued of credentials of the actor's places."""
    seen = credentials_visible_to(actor, permission)
    return IssuedCredential.objects.filter(credential__in=seen)


def get_issue(issue_id: int, *, visible_to: Actor) -> IssuedCredential:
    """Return one issue with its record and holder. Raises NotFound."""
    found = (
        issues_visible_to(visible_to)
        .select_related(
            "credential__person", "credential__organisation", "key", "supersedes"
        )
        .filter(pk=issue_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def issues_of(credential_id: int) -> QuerySet[IssuedCredential]:
    """Return what was issued of a credential, newest first."""
    issues = IssuedCredential.objects.filter(credential=credential_id)
    return issues.order_by("-issued_at", "-pk")


def credentials_within(
    actor: Actor, permission: str, credential_ids: Collection[int]
) -> set[int]:
    """Return those of the credentials that lie where the actor holds a permission."""
    seen = credentials_visible_to(actor, permission).filter(pk__in=credential_ids)
    return set(seen.values_list("pk", flat=True))


def public_issue(public_id: str) -> IssuedCredential:
    """Return an issue by the code on it, for whoever has the code. Raises NotFound."""
    with for_the_platform():
        found = (
            IssuedCredential.objects.select_related(
                "credential", "key", "superseded_by"
            )
            .filter(public_id=public_id.lower())
            .first()
        )
    if found is None:
        raise NotFound
    return found


def published_keys() -> list[SigningKey]:
    """Return the keys whose signatures are good, the one in use first."""
    keys = SigningKey.objects.exclude(state=KeyState.COMPROMISED)
    return sorted(keys.order_by("-made_at"), key=lambda key: key.state != "active")


@dataclass(frozen=True)
class PublishedList:
    """What a status list says. indexes: the places whose bit is set."""

    number: str
    purpose: str
    size: int
    indexes: list[int]


def published_list(number: str, purpose: str) -> PublishedList:
    """Return a status list as it stands. Raises NotFound."""
    found = StatusList.objects.filter(number=number).first()
    if found is None or purpose not in SET_FOR:
        raise NotFound
    with for_the_platform():
        issues = IssuedCredential.objects.filter(
            status_list=found, status__in=SET_FOR[purpose]
        )
        indexes = sorted(issues.values_list("status_index", flat=True))
    return PublishedList(number, purpose, found.size, indexes)
