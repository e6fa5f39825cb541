"""A PDF around a credential: whether it is sealed by the issuer and says the same.

A genuine credential may be attached to any PDF. So of one that names us as its issuer the
PDF counts only with our seal on all of it; of others what cannot be known is said.
"""

from datetime import datetime

from jiangxin.kernel.credentials.proofs.known import Known
from jiangxin.kernel.credentials.proofs.reading import Carried
from jiangxin.kernel.credentials.proofs.report import Check, Outcome, Report
from jiangxin.kernel.credentials.proofs.seals import look_at_seal
from jiangxin.kernel.credentials.proofs.structure import issuer_of

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
# Of somebody else's PDF no more than that can be said: a seal is not asked for, and what
# was added may be a proof of when it was sealed.
_OTHERS = {"seal_missing", "seal_unknown", "seal_added"}


def check_paper(
    report: Report, data: bytes, carried: Carried, *, at: datetime, known: Known
) -> None:
    """Check the seal, then what the pages show."""
    is_ours = bool(known.issuer) and issuer_of(carried.document) == known.issuer
    authorities = known.authorities if is_ours else known.other_authorities
    found = look_at_seal(data, authorities, at=at)
    if found.code == "seal_good":
        outcome = PASSED
    else:
        outcome = UNKNOWN if not is_ours and found.code in _OTHERS else FAILED
    report.add(Check.SEAL, outcome, found.code, found.by)
    _check_text(report, carried.text, is_ours=is_ours)


def _check_text(report: Report, text: str | None, *, is_ours: bool) -> None:
    claim = report.claim or {}
    said = [*claim.get("holders", []), *claim.get("numbers", [])]
    if text is None or not said:
        report.add(Check.PAPER, UNKNOWN, "paper_unread")
        return
    missing = [one for one in said if "".join(one.split()) not in text]
    if not missing:
        report.add(Check.PAPER, PASSED, "paper_good")
    else:
        outcome = FAILED if is_ours else UNKNOWN
        report.add(Check.PAPER, outcome, "paper_differs", missing[0])
