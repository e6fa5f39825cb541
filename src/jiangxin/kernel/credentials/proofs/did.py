"""Decentralised identifiers that need no ledger: `did:web` and `did:key`."""

from urllib.parse import quote, unquote, urlsplit

from jiangxin.kernel.credentials.proofs.problems import ProofProblem

LONGEST_DID = 300
WEB = "did:web:"


def did_web(address: str) -> str:
    """Return the did:web of an address such as `https://union.example:8443/badges`."""
    parts = urlsplit(address)
    path = [quote(piece, safe="") for piece in parts.path.split("/") if piece]
    return WEB + ":".join([quote(parts.netloc, safe=""), *path])


def document_url(did: str) -> str:
    """Return where the document of a did:web is published. Raises ProofProblem `did`."""
    pieces = did.removeprefix(WEB).split(":")
    if not did.startswith(WEB) or not all(pieces):
        raise ProofProblem("did", did[:LONGEST_DID])
    host, *path = (unquote(piece) for piece in pieces)
    folder = "/".join(path) if path else ".well-known"
    return f"https://{host}/{folder}/did.json"
