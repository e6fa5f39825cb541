"""The federation's digital signature on a PDF: PAdES, and no change allowed after it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import keys, pem, x509
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from jiangxin.foundation.errors import Refused
from jiangxin.kernel.credentials.printing.authority import KeyPair

FIELD = "Seal"

# Hexadecimal digits kept free for the signature and its two certificates: known
# beforehand, nothing needs to be signed twice to learn its length.
ROOM = 8192


class NoTimestamp(Refused):
    code = "credentials.no_timestamp"
    text = _(
        "The time-stamping authority does not answer, so nothing was sealed. Try again "
        "later, or ask whoever runs the platform."
    )


@dataclass(frozen=True)
class Seal:
    """What signs. authority: the certificate, as PEM, of who vouches for it.

    at: when the signature says that it was made; None for the clock of this machine.
    timestamp_address: of a time-stamping authority (RFC 3161), which says when it was
    made on its own word; "" for none.
    """

    pair: KeyPair
    authority: str
    name: str
    at: datetime | None = None
    timestamp_address: str = ""


class _Signer(PdfSigner):
    """The library's, which would ask this machine's clock."""

    at: datetime | None = None

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 -- as it is there
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at or session.system_time
        return session


def sign(document: bytes, seal: Seal) -> bytes:
    """Return the PDF signed by the seal, as an addition that leaves its bytes alone."""
    written = BytesIO()
    stamper = (
        HTTPTimeStamper(seal.timestamp_address) if seal.timestamp_address else None
    )
    signer = _Signer(
        PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            name=seal.name,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        signer=_key_of(seal),
        timestamper=stamper,
    )
    signer.at = seal.at
    # The library runs an event loop of its own, which a thread that has one refuses.
    with ThreadPoolExecutor(max_workers=1) as apart:
        done = apart.submit(
            signer.sign_pdf,
            IncrementalPdfFileWriter(BytesIO(document)),
            output=written,
            bytes_reserved=None if stamper else ROOM,  # a stamp's length is not ours
        )
        try:
            done.result()
        except TimestampRequestError as problem:
            raise NoTimestamp from problem
    return written.getvalue()


def _key_of(seal: Seal) -> SimpleSigner:
    vouching = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # untyped there
    vouching.register(x509.Certificate.load(_der(seal.authority)))
    return SimpleSigner(
        signing_cert=x509.Certificate.load(_der(seal.pair.certificate)),
        signing_key=keys.PrivateKeyInfo.load(_der(seal.pair.private_key)),
        cert_registry=vouching,
    )


def _der(text: str) -> bytes:
    _kind, _headers, content = pem.unarmor(text.encode())
    return bytes(content)
