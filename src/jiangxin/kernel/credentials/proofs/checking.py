"""Checking a credential: every check by itself, so that what fails can be named."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from jiangxin.kernel.credentials.proofs.known import Known
from jiangxin.kernel.credentials.proofs.paper import check_paper
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.reading import Carried, read
from jiangxin.kernel.credentials.proofs.report import Check, Outcome, Report
from jiangxin.kernel.credentials.proofs.signatures import check_signature
from jiangxin.kernel.credentials.proofs.status_given import check_given_status
from jiangxin.kernel.credentials.proofs.structure import (
    BEGINS,
    ENDS,
    check_contexts,
    check_structure,
    issuer_of,
    moment_of,
    objects_of,
)
from jiangxin.kernel.credentials.proofs.summary import summary

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
LAST_SECOND = 253_402_300_799  # of the year 9999


def verify_credential(data: bytes, *, at: datetime, known: Known) -> Report:
    """Check a file with one credential; never raises for what is in the file."""
    report = Report()
    try:
        carried = read(data)
    except ProofProblem as problem:
        report.add(Check.FILE, FAILED, problem.code, problem.detail)
        return report
    report.form = carried.form
    report.add(Check.FILE, PASSED, f"form_{carried.form}")
    is_signed = check_document(report, carried, at=at, known=known)
    if carried.form == "pdf" and report.claim is not None:
        check_paper(report, data, carried, at=at, known=known)
    if is_signed:
        _check_status(report, carried.document, at=at, known=known)
    return report


def check_document(
    report: Report, carried: Carried, *, at: datetime, known: Known
) -> bool:
    """Check what a credential is by itself; return whether its signature is good."""
    document = carried.document
    if not _passes(report, Check.STRUCTURE, lambda: _check_whole(carried)):
        return False
    report.claim = summary(document)
    _passes(report, Check.CONTEXT, lambda: check_contexts(document))
    if not check_signature(report, carried, known):
        return False
    _check_issuer(report, issuer_of(document), known)
    _check_validity(report, carried, at)
    return True


def _passes(report: Report, check: Check, made: Callable[[], None]) -> bool:
    try:
        made()
    except ProofProblem as problem:
        report.add(check, FAILED, problem.code, problem.detail)
        return False
    report.add(check, PASSED, f"{check}_good")
    return True


def _check_whole(carried: Carried) -> None:
    """Check the document, and that what the token repeats is what it says."""
    document, token = carried.document, carried.token
    check_structure(document)
    if token is None:
        return
    subject = objects_of(document, "credentialSubject")[0]
    repeated = {
        "iss": issuer_of(document),
        "jti": document.get("id"),
        "sub": subject.get("id"),
    }
    for name, value in repeated.items():
        if name in token.payload and token.payload[name] != value:
            raise ProofProblem("token_differs", name)
    for name in ("nbf", "exp"):
        _seconds(token.payload, name)


def _check_issuer(report: Report, issuer: str, known: Known) -> None:
    if known.issuer and issuer == known.issuer:
        report.add(Check.ISSUER, PASSED, "issuer_own", issuer)
    elif issuer in known.trusted:
        report.add(Check.ISSUER, PASSED, "issuer_trusted", issuer)
    else:
        report.add(Check.ISSUER, UNKNOWN, "issuer_unknown", issuer)


def _check_validity(report: Report, carried: Carried, at: datetime) -> None:
    document = carried.document
    claims = carried.token.payload if carried.token else {}
    begins = [moment_of(document, name) for name in BEGINS if name in document]
    ends = [moment_of(document, name) for name in ENDS if name in document]
    begins += _seconds(claims, "nbf")
    ends += _seconds(claims, "exp")
    if begins and at < max(begins):
        report.add(Check.VALIDITY, FAILED, "not_yet", max(begins).isoformat())
    elif ends and at >= min(ends):
        report.add(Check.VALIDITY, FAILED, "expired", min(ends).isoformat())
    else:
        report.add(Check.VALIDITY, PASSED, "in_time" if ends else "no_end")


def _seconds(claims: Mapping[str, Any], name: str) -> list[datetime]:
    if name not in claims:
        return []
    given = claims[name]
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ProofProblem("structure", name)
    if not 0 <= given <= LAST_SECOND:
        raise ProofProblem("structure", name)
    return [datetime.fromtimestamp(given, UTC)]


def _check_status(
    report: Report, document: Mapping[str, Any], *, at: datetime, known: Known
) -> None:
    issuer, entries = issuer_of(document), objects_of(document, "credentialStatus")
    is_ours = bool(known.issuer) and issuer == known.issuer
    if is_ours and (entries or not _is_list(document)):
        status = known.status_of(str(document.get("id", "")))
        if status is None:
            report.add(Check.STATUS, FAILED, "status_absent")
        else:
            outcome = PASSED if status == "valid" else FAILED
            report.add(Check.STATUS, outcome, f"status_{status}")
    elif entries:
        check_given_status(report, document, issuer, at=at, known=known)
    else:
        report.add(Check.STATUS, PASSED, "status_none")


def _is_list(document: Mapping[str, Any]) -> bool:
    """Whether it is the list of a bundle, of which no issue is on record."""
    return "relatedResource" in document
