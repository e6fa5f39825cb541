"""The status of another issuer's credential, by the status lists that came with it.

A list counts when its issuer signed it, it is the one that the credential names, and its
own term is not over. How old it may be is for the reader to judge: the report says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiangxin.kernel.credentials.proofs.badge import REVOCATION, SUSPENSION
from jiangxin.kernel.credentials.proofs.known import Known
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.reading import Carried, read
from jiangxin.kernel.credentials.proofs.report import Check, Outcome, Report
from jiangxin.kernel.credentials.proofs.signatures import check_signature
from jiangxin.kernel.credentials.proofs.status_list import is_set
from jiangxin.kernel.credentials.proofs.structure import (
    BEGINS,
    ENDS,
    check_contexts,
    check_structure,
    issuer_of,
    moment_of,
    objects_of,
)

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
LONGEST_INDEX = 12  # digits
ENTRY, LIST = "BitstringStatusListEntry", "BitstringStatusList"
# Other purposes, such as messages, do not say that it counts no more.
_MEANING = {REVOCATION: "status_revoked", SUSPENSION: "status_suspended"}


@dataclass(frozen=True)
class _List:
    """A list that its issuer signed. since: when it began to hold, as it says."""

    address: str
    purposes: tuple[str, ...]
    encoded: object
    since: str


def check_given_status(
    report: Report,
    document: Mapping[str, Any],
    issuer: str,
    *,
    at: datetime,
    known: Known,
) -> None:
    """Add what the lists say; what none of them speaks of is not known."""
    try:
        lists = [_read_list(one, issuer, at, known) for one in known.status_lists]
        told = list(_told(document, lists))
    except ProofProblem as problem:
        report.add(Check.STATUS, FAILED, "status_list", problem.code)
        return
    for code, since in told:
        if code in _MEANING.values():
            report.add(Check.STATUS, FAILED, code, since)
            return
    if not told or any(code == "status_offline" for code, _since in told):
        report.add(Check.STATUS, UNKNOWN, "status_offline")
    else:
        since = min(since for _code, since in told)
        report.add(Check.STATUS, PASSED, "status_given", since)


def _told(document: Mapping[str, Any], lists: list[_List]) -> Iterator[tuple[str, str]]:
    """Yield (finding, since when the list holds) of each entry."""
    for entry in objects_of(document, "credentialStatus"):
        purpose = entry.get("statusPurpose")
        if entry.get("type") != ENTRY:
            yield "status_offline", ""
        elif purpose in _MEANING:
            yield _entry(entry, str(purpose), lists)


def _entry(
    entry: Mapping[str, Any], purpose: str, lists: list[_List]
) -> tuple[str, str]:
    address = entry.get("statusListCredential")
    index = str(entry.get("statusListIndex"))
    if not (index.isascii() and index.isdecimal() and len(index) <= LONGEST_INDEX):
        raise ProofProblem("structure", "statusListIndex")
    if entry.get("statusSize", 1) != 1:
        return "status_offline", ""
    for one in lists:
        if one.address == address and purpose in one.purposes:
            found = is_set(one.encoded, int(index))
            return (_MEANING[purpose] if found else "status_given"), one.since
    return "status_offline", ""


def _read_list(data: bytes, issuer: str, at: datetime, known: Known) -> _List:
    carried = read(data)
    document = carried.document
    check_structure(document)
    check_contexts(document)
    if issuer_of(document) != issuer:
        raise ProofProblem("key_of_another", issuer_of(document))
    _check_signed(carried, known)
    for name in ENDS:
        if name in document and moment_of(document, name) <= at:
            raise ProofProblem("expired", name)
    subject = objects_of(document, "credentialSubject")[0]
    if subject.get("type") != LIST:
        raise ProofProblem("structure", "credentialSubject")
    purposes = subject.get("statusPurpose")
    named = purposes if isinstance(purposes, list) else [purposes]
    since = next((str(document[name]) for name in BEGINS if name in document), "")
    return _List(
        str(document.get("id", "")),
        tuple(one for one in named if isinstance(one, str)),
        subject.get("encodedList"),
        since,
    )


def _check_signed(carried: Carried, known: Known) -> None:
    """Raise what its signature fails for, an unknown key among them."""
    inner = Report()
    if not check_signature(inner, carried, known):
        failing = next(one for one in inner.findings if one.outcome is not PASSED)
        raise ProofProblem(failing.code, failing.detail)
