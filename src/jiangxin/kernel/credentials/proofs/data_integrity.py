"""Data Integrity proofs with the cryptosuite `eddsa-jcs-2022`.

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3, whose test vectors the
tests reproduce.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxin.kernel.credentials.proofs import multibase, multikey
from jiangxin.kernel.credentials.proofs.canonical import canonical
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

CRYPTOSUITE = "eddsa-jcs-2022"
PROOF_TYPE = "DataIntegrityProof"
PURPOSE = "assertionMethod"
SIGNATURE_BYTES = 64


def timestamp(moment: datetime) -> str:
    """Return a moment as XML Schema writes it, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def secure(
    document: Mapping[str, Any],
    *,
    key: Ed25519PrivateKey,
    method: str,
    created: str,
) -> dict[str, Any]:
    """Return the document with a proof. method: the address of the public key.

    Raises ProofProblem `canonical`.
    """
    proof = {
        "type": PROOF_TYPE,
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    if "@context" in document:
        proof = {"@context": document["@context"], **proof}
    signature = key.sign(_to_sign(document, proof))
    return {
        **document,
        "proof": {**proof, "proofValue": multibase.encode_base58(signature)},
    }


def check(document: Mapping[str, Any], proof: Mapping[str, Any], *, key: bytes) -> None:
    """Check that `key` signed the document, which is given without its proof.

    Raises ProofProblem: `proof_type`, `proof_purpose`, `proof_context` (the proof is of
    another reading of the document), `proof_value`, `canonical`, `key`, `signature`.
    """
    if proof.get("type") != PROOF_TYPE or proof.get("cryptosuite") != CRYPTOSUITE:
        raise ProofProblem("proof_type", str(proof.get("cryptosuite"))[:40])
    if proof.get("proofPurpose") != PURPOSE:
        raise ProofProblem("proof_purpose")
    read_as = document
    if "@context" in proof:
        _check_contexts(document.get("@context"), proof["@context"])
        # The document may have gained contexts since; it was signed as the proof says.
        read_as = {**document, "@context": proof["@context"]}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = multibase.decode(proof.get("proofValue"))
    except ProofProblem:
        raise ProofProblem("proof_value") from None
    if len(signature) != SIGNATURE_BYTES:
        raise ProofProblem("proof_value")
    readings = [options]
    if "@context" in document and "@context" not in proof:
        # Drafts of the suite sign the document's contexts here too, and leave them out
        # of the proof. The document's own hash covers them in either case.
        readings.append({"@context": document["@context"], **options})
    if not any(
        multikey.is_signed(signature, _to_sign(read_as, reading), key=key)
        for reading in readings
    ):
        raise ProofProblem("signature")


def _check_contexts(of_document: Any, of_proof: Any) -> None:
    """Check that the document's contexts begin with those of the proof."""
    given = of_document if isinstance(of_document, list) else [of_document]
    signed = of_proof if isinstance(of_proof, list) else [of_proof]
    if given[: len(signed)] != signed:
        raise ProofProblem("proof_context")


def _to_sign(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    return (
        sha256(canonical(dict(options))).digest()
        + sha256(canonical(dict(document))).digest()
    )
