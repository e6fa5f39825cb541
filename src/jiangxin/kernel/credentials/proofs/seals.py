"""The signature on a PDF as a whole: who sealed it, and whether it is as it was then.

The file is not parsed for it. A signature names the bytes that it is over, and a good one
is over all of the file but its own place: then what was signed is what lies here, whatever
a reader of PDF would make of it. What stands in that place is DER, a small format, and is
judged by the library that signs ours. Nothing is fetched.
"""

import asyncio
import logging
import re
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, pem, x509
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from jiangxin.kernel.credentials.proofs.problems import ProofProblem

MOST_SEALS = 8
MOST_CERTIFICATES = 12
LARGEST_SEAL = 100_000  # bytes
CERTIFICATE_START = b"-----BEGIN CERTIFICATE-----"

_RANGE = re.compile(
    rb"/ByteRange\s{0,9}\[\s{0,9}"
    rb"(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{0,99}\]"
)
# Of the dictionary that a signature stands in: PAdES says there when it was made.
_MADE_AT = re.compile(rb"/M\s{0,9}\(D:(\d{14})(?:Z|([+-]\d\d)'(\d\d)'?)?")
_BY_NUMBER = re.compile(rb"\\([0-3][0-7]{2})")
_ROOM = 4_000  # bytes of that dictionary before and after the signature
_PLACE = re.compile(rb"<([0-9A-Fa-f]+)>")

# What is wrong with a stranger's file is told to the stranger, not to our log.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)

# What a file with several signatures is taken for, the first that is found.
_ORDER = (
    "seal_good",
    "seal_added",
    "seal_term",
    "seal_unknown",
    "seal_altered",
    "seal_form",
)


@dataclass(frozen=True)
class SealFound:
    """code: seal_missing or one of _ORDER. by: who signed, as their certificate says."""

    code: str
    by: str = ""


def look_at_seal(
    data: bytes, authorities: Collection[bytes], *, at: datetime
) -> SealFound:
    """Say what the signatures on a PDF come to.

    authorities: certificates, as DER, of those who vouch for seals. at: the moment of
    the question; a seal is judged as of when it says it was made.
    """
    found = [_judge(data, each, authorities, at) for each in _ranges(data)]
    if not found:
        return SealFound("seal_missing")
    return min(found, key=lambda one: _ORDER.index(one.code))


def certificates_in(text: bytes) -> list[bytes]:
    """Return the certificates of a PEM file as DER. Raises ProofProblem `keys`."""
    try:
        parts = list(pem.unarmor(text, multiple=True))[: MOST_CERTIFICATES + 1]
        found = [der for kind, _headers, der in parts if kind == "CERTIFICATE"]
        for der in found:
            _ = x509.Certificate.load(der, strict=True).native
    except (ValueError, TypeError, RecursionError):
        raise ProofProblem("keys") from None
    if not 0 < len(found) <= MOST_CERTIFICATES:
        raise ProofProblem("keys")
    return found


def _ranges(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    for number, found in enumerate(_RANGE.finditer(data)):
        if number == MOST_SEALS:
            return
        first, length, second, rest = map(int, found.groups())
        yield first, length, second, rest


def _judge(
    data: bytes,
    span: tuple[int, int, int, int],
    authorities: Collection[bytes],
    at: datetime,
) -> SealFound:
    first, length, second, rest = span
    end = second + rest
    if first != 0 or not length < second <= end <= len(data):
        return SealFound("seal_form")
    place = _PLACE.fullmatch(data[length:second])
    if place is None or len(place[1]) > 2 * LARGEST_SEAL or len(place[1]) % 2:
        return SealFound("seal_form")
    try:
        signed = _signed_data(bytes.fromhex(place[1].decode()))
        covered = data[:length] + data[second:end]
        made_at = _made_at(signed) or _noted_at(data, length, second) or at
        status = _validate(covered, signed, authorities, made_at)
    except Exception as problem:  # noqa: BLE001 -- whatever is in it, it is no seal
        return SealFound("seal_form", type(problem).__name__)
    by = str(status.signing_cert.subject.native.get("common_name", ""))
    if not (status.intact and status.valid):
        return SealFound("seal_altered", by)
    if not status.trusted:
        return SealFound(_distrust(status.signing_cert, made_at), by)
    return SealFound("seal_good" if end == len(data) else "seal_added", by)


def _signed_data(der: bytes) -> cms.SignedData:
    """Read the signature; the room after it is left as it is."""
    content = cms.ContentInfo.load(der)
    if content["content_type"].native != "signed_data":
        raise ProofProblem("seal_form")
    signed = content["content"]
    if len(signed["certificates"]) > MOST_CERTIFICATES:
        raise ProofProblem("seal_form", "certificates")
    return signed


def _made_at(signed: cms.SignedData) -> datetime | None:
    """Return when the signature says that it was made."""
    for attribute in signed["signer_infos"][0]["signed_attrs"]:
        if attribute["type"].native == "signing_time":
            found: datetime = attribute["values"][0].native
            return found
    return None


def _noted_at(data: bytes, length: int, second: int) -> datetime | None:
    """Return when the dictionary around the signature says that it was made."""
    before = data[max(0, length - _ROOM) : length].rpartition(b" obj")[2]
    after = data[second : second + _ROOM].partition(b"endobj")[0]
    found = _MADE_AT.search(_plain(before)) or _MADE_AT.search(_plain(after))
    if found is None:
        return None
    day, hours, minutes = (part.decode() if part else "" for part in found.groups())
    zone = f"{hours}{minutes}" if hours else "+0000"
    return datetime.strptime(f"{day}{zone}", "%Y%m%d%H%M%S%z")


def _plain(text: bytes) -> bytes:
    """Return text of a PDF with its signs written out that may stand by number."""
    return _BY_NUMBER.sub(lambda found: bytes([int(found[1], 8)]), text)


def _validate(
    covered: bytes, signed: cms.SignedData, authorities: Collection[bytes], at: datetime
) -> StandardCMSSignatureStatus:
    def judge() -> StandardCMSSignatureStatus:
        context = ValidationContext(
            trust_roots=[x509.Certificate.load(each) for each in authorities],
            allow_fetching=False,
            revocation_mode="soft-fail",
            moment=at,
        )
        return asyncio.run(async_validate_detached_cms(covered, signed, context))

    # The library needs an event loop, and a thread that has one refuses another.
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(judge).result()


def _distrust(certificate: x509.Certificate, made_at: datetime) -> str:
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    return "seal_unknown" if begins <= made_at <= ends else "seal_term"
