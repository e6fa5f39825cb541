"""What anyone is told who has the code of an issue: no more than the claim."""

from dataclasses import dataclass
from datetime import datetime

from jiangxin.foundation.clock.working_days import FEDERATION_ZONE
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.kernel.credentials.enums import IssueStatus, KeyState, SealRole
from jiangxin.kernel.credentials.models import IssuedCredential, SealCertificate
from jiangxin.kernel.credentials.printing.wording import Said, said_in
from jiangxin.kernel.credentials.queries.issued import public_issue
from jiangxin.kernel.credentials.rules import masked_name, masked_number, standing


@dataclass(frozen=True)
class PublicAnswer:
    """standing: valid, suspended, revoked, superseded, expired, not_yet or doubtful.

    later: the code of the issue in its place, "" for none. since: of its status.
    """

    issue: IssuedCredential
    said: Said
    standing: str
    is_of_organisation: bool
    later: str

    @property
    def holder(self) -> str:
        """The holder as a stranger may see them; an organisation's name is public."""
        name = self.said.holder
        return name if self.is_of_organisation else masked_name(name)

    @property
    def number(self) -> str:
        return masked_number(self.said.number)

    @property
    def since(self) -> datetime | None:
        return None if self.issue.status == IssueStatus.VALID else self.issue.status_at


def public_answer(public_id: str, now: datetime) -> PublicAnswer:
    """Return what is told of an issue. Raises NotFound."""
    with for_the_platform():
        issue = public_issue(public_id)
        of_organisation = issue.credential.organisation_id is not None
        later = getattr(issue, "superseded_by", None)
    stands = standing(
        issue.status,
        valid_from=issue.valid_from,
        valid_until=issue.valid_until,
        now=now,
    )
    # What a compromised key signed cannot be told from a forgery.
    if issue.key.state == KeyState.COMPROMISED and stands != IssueStatus.REVOKED:
        stands = "doubtful"
    return PublicAnswer(
        issue=issue,
        said=said_in(issue.document, FEDERATION_ZONE),
        standing=stands,
        is_of_organisation=of_organisation,
        later=later.public_id if later else "",
    )


def authority_certificate() -> str:
    """Return the certificate of who vouches for the seal, as PEM; "" before first use."""
    found = SealCertificate.objects.filter(
        role=SealRole.AUTHORITY, retired_at__isnull=True
    ).first()
    return found.certificate if found else ""
