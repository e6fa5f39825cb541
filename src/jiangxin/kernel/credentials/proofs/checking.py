"""Checking a credential: every check by itself, so that what fails can be named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from jiangxin.kernel.credentials.proofs import data_integrity, jose
from jiangxin.kernel.credentials.proofs.keys import DID_KEY, KeyBook, PublicKey
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.reading import Carried, read
from jiangxin.kernel.credentials.proofs.report import Check, Outcome, Report
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


@dataclass(frozen=True)
class Known:
    """What whoever checks knows beforehand.

    issuer: our own identifier. status_of: what became of an issue of ours, by the id of
    its document; None for one that we never issued. trusted: identifiers of issuers
    whom somebody here vouches for.
    """

    keys: KeyBook = field(default_factory=KeyBook)
    trusted: frozenset[str] = frozenset()
    issuer: str = ""
    status_of: Callable[[str], str | None] = lambda _id: None


def verify(data: bytes, *, at: datetime, known: Known) -> Report:
    """Check a file of any kind; never raises for what is in the file."""
    report = Report()
    try:
        carried = read(data)
    except ProofProblem as problem:
        report.add(Check.FILE, FAILED, problem.code, problem.detail)
        return report
    report.form = carried.form
    report.add(Check.FILE, PASSED, f"form_{carried.form}")
    document = carried.document
    if not _passes(report, Check.STRUCTURE, lambda: _check_whole(carried)):
        return report
    report.claim = summary(document)
    _passes(report, Check.CONTEXT, lambda: check_contexts(document))
    if not _check_signature(report, carried, known):
        return report
    issuer = issuer_of(document)
    _check_issuer(report, issuer, known)
    _check_validity(report, carried, at)
    _check_status(report, document, issuer, known)
    return report


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


# --- key, signature --------------------------------------------------------------------


@dataclass(frozen=True)
class _Proof:
    """One signature: where its key is named, and how to check it with a key."""

    address: str
    check: Callable[[PublicKey], None]


def _check_signature(report: Report, carried: Carried, known: Known) -> bool:
    """Check every proof of a kind known here; return whether all of them are good."""
    issuer = issuer_of(carried.document)
    try:
        proofs = _proofs(carried, issuer)
    except ProofProblem as problem:
        is_other = problem.code in {"proof_unknown", "key_embedded"}
        outcome = UNKNOWN if is_other else FAILED
        report.add(Check.SIGNATURE, outcome, problem.code, problem.detail)
        return False
    for proof in proofs:
        try:
            key = known.keys.find(proof.address, issuer)
        except ProofProblem as problem:
            report.add(Check.KEY, FAILED, problem.code, proof.address)
            return False
        if key is None:
            report.add(Check.KEY, UNKNOWN, "key_unknown", proof.address)
            report.add(Check.SIGNATURE, UNKNOWN, "not_checked")
            return False
        # Whoever brings a key may say whose it is, but not that it is ours.
        if key.controller != issuer and (key.controller or issuer == known.issuer):
            report.add(Check.KEY, FAILED, "key_of_another", key.controller)
            return False
        try:
            proof.check(key)
        except ProofProblem as problem:
            check = Check.KEY if problem.code == "key" else Check.SIGNATURE
            report.add(check, FAILED, problem.code, problem.detail)
            return False
    report.add(Check.KEY, PASSED, "key_found", proofs[0].address)
    report.add(Check.SIGNATURE, PASSED, "signature_good")
    return True


def _proofs(carried: Carried, issuer: str) -> list[_Proof]:
    if carried.token is not None:
        return [_token_proof(carried.token, issuer)]
    document = carried.document
    bare = {name: value for name, value in document.items() if name != "proof"}
    given = objects_of(document, "proof")
    if not given:
        raise ProofProblem("proof_missing")
    ours = [
        one for one in given if one.get("cryptosuite") == data_integrity.CRYPTOSUITE
    ]
    if not ours:
        kind = given[0].get("cryptosuite") or given[0].get("type")
        raise ProofProblem("proof_unknown", str(kind))
    return [_data_integrity_proof(bare, one) for one in ours]


def _data_integrity_proof(bare: Mapping[str, Any], proof: Mapping[str, Any]) -> _Proof:
    address = proof.get("verificationMethod")
    if not isinstance(address, str):
        raise ProofProblem("proof_value", "verificationMethod")
    if "previousProof" in proof:
        raise ProofProblem("proof_unknown", "previousProof")

    def check(key: PublicKey) -> None:
        data_integrity.check(bare, proof, key=jose.ed25519_of(key.jwk))

    return _Proof(address, check)


def _token_proof(token: jose.Token, issuer: str) -> _Proof:
    address = token.header.get("kid")
    if address is None and issuer.startswith(DID_KEY):
        address = issuer
    if not isinstance(address, str):
        # A key in the token proves only that whoever made the token had some key.
        raise ProofProblem("key_embedded" if "jwk" in token.header else "token_header")
    if address.startswith("#"):
        address = issuer + address
    return _Proof(address, lambda key: jose.check_token(token, key.jwk))


# --- what it says ----------------------------------------------------------------------


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
    report: Report, document: Mapping[str, Any], issuer: str, known: Known
) -> None:
    if known.issuer and issuer == known.issuer:
        status = known.status_of(str(document.get("id", "")))
        if status is None:
            report.add(Check.STATUS, FAILED, "status_absent")
        else:
            outcome = PASSED if status == "valid" else FAILED
            report.add(Check.STATUS, outcome, f"status_{status}")
    elif objects_of(document, "credentialStatus"):
        report.add(Check.STATUS, UNKNOWN, "status_offline")
    else:
        report.add(Check.STATUS, PASSED, "status_none")
