"""Which services end in a certificate, and which one."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiangxin.programmes.service_window.enums import CertificateKind, IssueGround

FIRST = "service_window.legal_person_first"
CHANGE = "service_window.legal_person_change"
RENEWAL = "service_window.legal_person_renewal"
REISSUE = "service_window.legal_person_reissue"
CANCELLATION = "service_window.legal_person_cancellation"
CREDIT_CODE = "service_window.credit_code_first"
JOIN = "service_window.join_union"
MOVE = "service_window.membership_move"


@dataclass(frozen=True)
class Issue:
    kind: CertificateKind
    ground: IssueGround


_LEGAL = CertificateKind.LEGAL_PERSON
ISSUES: Mapping[str, Issue] = {
    FIRST: Issue(_LEGAL, IssueGround.FIRST),
    CHANGE: Issue(_LEGAL, IssueGround.CHANGE),
    RENEWAL: Issue(_LEGAL, IssueGround.RENEWAL),
    REISSUE: Issue(_LEGAL, IssueGround.REISSUE),
    CREDIT_CODE: Issue(CertificateKind.CREDIT_CODE, IssueGround.FIRST),
}
