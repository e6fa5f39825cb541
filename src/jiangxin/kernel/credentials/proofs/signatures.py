"""The key that a credential names, and the signature made with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jiangxin.kernel.credentials.proofs import data_integrity, jose
from jiangxin.kernel.credentials.proofs.keys import DID_KEY, PublicKey
from jiangxin.kernel.credentials.proofs.known import Known
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.reading import Carried
from jiangxin.kernel.credentials.proofs.report import Check, Outcome, Report
from jiangxin.kernel.credentials.proofs.structure import issuer_of, objects_of

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN


@dataclass(frozen=True)
class _Proof:
    """One signature: where its key is named, and how to check it with a key."""

    address: str
    check: Callable[[PublicKey], None]


def check_signature(report: Report, carried: Carried, known: Known) -> bool:
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
