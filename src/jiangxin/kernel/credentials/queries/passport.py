"""A worker's passport, and what a link shows of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.kernel.credentials.enums import IssueStatus, Ladder
from jiangxin.kernel.credentials.models import (
    Credential,
    IssuedCredential,
    PassportShare,
)
from jiangxin.kernel.credentials.queries.records import in_force


@dataclass(frozen=True)
class Held:
    """A credential with its good issue, if it was issued. counts: today."""

    credential: Credential
    issue: IssuedCredential | None
    counts: bool


def held_with_issues(credentials: QuerySet[Credential], on: date) -> list[Held]:
    """Return credentials newest first, each with its valid issue; three queries."""
    counting = set(in_force(credentials, on).values_list("pk", flat=True))
    rows = list(credentials.order_by("-valid_from", "-pk"))
    issues = {
        one.credential_id: one
        for one in IssuedCredential.objects.filter(
            credential__in=[each.pk for each in rows], status=IssueStatus.VALID
        )
    }
    return [Held(each, issues.get(each.pk), each.pk in counting) for each in rows]


def held_by(person_id: int, on: date) -> list[Held]:
    return held_with_issues(Credential.objects.filter(person=person_id), on)


def highest_skill_grade(person_id: int, on: date) -> int | None:
    """Return the highest grade in force on the eight-grade ladder."""
    skills = Credential.objects.filter(person=person_id, ladder=Ladder.SKILL)
    found: int | None = in_force(skills, on).aggregate(highest=Max("grade"))["highest"]
    return found


def shares_of(person_id: int) -> QuerySet[PassportShare]:
    """Return a person's links, newest first, with how often each was opened."""
    shares = PassportShare.objects.filter(person=person_id)
    return shares.annotate(
        opened=Count("views", distinct=True),
        shown=Count("items", distinct=True),
        last_opened_at=Max("views__at"),
    ).order_by("-made_at", "-pk")


def shares_over(before: datetime) -> QuerySet[PassportShare]:
    """Return the links that ended before a moment."""
    return PassportShare.objects.filter(ends_at__lt=before)


def own_issue(issue_id: int, person_id: int) -> IssuedCredential:
    """Return a good issue of one's own. Raises NotFound."""
    found = (
        IssuedCredential.objects.select_related("credential")
        .filter(pk=issue_id, credential__person=person_id, status=IssueStatus.VALID)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def open_share(token_digest: str, now: datetime) -> PassportShare:
    """Return the share that a link opens. Raises NotFound: withdrawn, over or none.

    Which of the three is not told: a link that works no more never worked.
    """
    with for_the_platform():
        found = (
            PassportShare.objects.select_related("person")
            .filter(
                token_digest=token_digest, withdrawn_at__isnull=True, ends_at__gt=now
            )
            .first()
        )
    if found is None:
        raise NotFound
    return found


def shown_by(share: PassportShare, on: date) -> list[Held]:
    """Return what a share shows, newest first."""
    with for_the_platform():
        return held_with_issues(Credential.objects.filter(shared_in__share=share), on)
