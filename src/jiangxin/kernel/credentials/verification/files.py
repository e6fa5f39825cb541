"""A file, the keys that came with it, and what we know ourselves."""

from collections.abc import Collection
from datetime import datetime

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.credentials.enums import KeyState, SealRole
from jiangxin.kernel.credentials.federation import Federation, federation
from jiangxin.kernel.credentials.models import SealCertificate, SigningKey
from jiangxin.kernel.credentials.proofs.bundles import verify
from jiangxin.kernel.credentials.proofs.keys import KeyBook, of_multikeys
from jiangxin.kernel.credentials.proofs.known import Known
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.report import Check, Outcome, Report
from jiangxin.kernel.credentials.proofs.seals import (
    CERTIFICATE_START,
    certificates_in,
)
from jiangxin.kernel.credentials.proofs.strict_json import read_object
from jiangxin.kernel.credentials.queries import public_issue

# Programs write what a certificate is of before it.
LONGEST_PREFACE = 5_000


def verify_file(
    data: bytes,
    *,
    at: datetime,
    keys: Collection[bytes] = (),
    trusted: Collection[str] = (),
    status_lists: Collection[bytes] = (),
) -> Report:
    """Check a file as of a moment; nothing in it raises.

    keys: DID documents, key sets or keys of other issuers that came with the file, and
    certificates (PEM) behind their seals. status_lists: of theirs, as they signed them.
    trusted: identifiers of issuers whom the asker vouches for. The status of what we
    issued is that of now, whatever the moment.
    """
    ours = federation()
    try:
        certificates = [one for one in keys if _is_certificate(one)]
        others = [der for one in certificates for der in certificates_in(one)]
        book = _book(ours, [one for one in keys if one not in certificates])
    except ProofProblem as problem:
        report = Report()
        report.add(Check.KEY, Outcome.FAILED, problem.code, problem.detail)
        return report
    known = Known(
        keys=book,
        trusted=frozenset(trusted),
        issuer=ours.did,
        status_of=lambda document_id: _status(ours, document_id),
        authorities=_authorities(),
        other_authorities=tuple(others),
        status_lists=tuple(status_lists),
    )
    return verify(data, at=at, known=known)


def _book(ours: Federation, keys: Collection[bytes]) -> KeyBook:
    """Return all keys; those that say they are ours are read from our record alone."""
    book = KeyBook()
    for source in keys:
        book.add(read_object(source))
    for address, key in list(book.keys.items()):
        if ours.did in {key.controller, address.partition("#")[0]}:
            del book.keys[address]
    parts: dict[bool, list[str]] = {True: [], False: []}
    for public_part, state in SigningKey.objects.values_list("public_part", "state"):
        parts[state == KeyState.COMPROMISED].append(public_part)
    book.keys.update(of_multikeys(ours.did, parts[False]))
    book.given_up = frozenset(f"{ours.did}#{part}" for part in parts[True])
    return book


def _is_certificate(source: bytes) -> bool:
    return CERTIFICATE_START in source[:LONGEST_PREFACE]


def _authorities() -> tuple[bytes, ...]:
    """Return who vouches for our seals, and who did: what was sealed then stays good."""
    found = SealCertificate.objects.filter(role=SealRole.AUTHORITY).order_by("pk")
    texts = found.values_list("certificate", flat=True)
    return tuple(der for text in texts for der in certificates_in(text.encode()))


def _status(ours: Federation, document_id: str) -> str | None:
    beginning, end = ours.verify_url("\0").split("\0")
    if not (document_id.startswith(beginning) and document_id.endswith(end)):
        return None
    try:
        issue = public_issue(document_id[len(beginning) : -len(end)])
    except NotFound:
        return None
    return issue.status if issue.issuer == ours.did else None
