"""The certificates behind a federation's signature on paper.

An authority of its own vouches for the seal that signs, so that the seal can be renewed
while whoever trusts the authority need not learn anything new. A federation with a seal
of a licensed authority sets that one instead.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

AUTHORITY_YEARS = 20
SEAL_YEARS = 3

# RFC 9336: a key that signs documents that people read.
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")

# X.520 allows a name of 64 characters, and the library of 64 bytes.
_NAME_BYTES = 64


@dataclass(frozen=True)
class KeyPair:
    """A certificate and the key it is of, both as PEM."""

    certificate: str
    private_key: str = field(repr=False)


def make_authority(*, name: str, now: datetime) -> KeyPair:
    """Make an authority that may vouch for seals and for nothing under them."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject(name, "Jiangxin CA")
    builder = _builder(subject, subject, key.public_key(), now, AUTHORITY_YEARS)
    certificate = (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .add_extension(_usage(signs_documents=False), True)
        .sign(key, hashes.SHA256())
    )
    return _as_pem(certificate, key)


def make_seal(*, name: str, authority: KeyPair, now: datetime) -> KeyPair:
    """Make a seal that signs documents in the name of the federation."""
    vouching = x509.load_pem_x509_certificate(authority.certificate.encode())
    signing = serialization.load_pem_private_key(authority.private_key.encode(), None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)  # noqa: S101 -- we made it
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(
        _subject(name, name), vouching.subject, key.public_key(), now, SEAL_YEARS
    )
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        signing.public_key()
    )
    certificate = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(_usage(signs_documents=True), True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), False)
        .add_extension(identifier, False)
        .sign(signing, hashes.SHA256())
    )
    return _as_pem(certificate, key)


def ends_at(certificate: str) -> datetime:
    """Return until when a certificate is good."""
    return x509.load_pem_x509_certificate(certificate.encode()).not_valid_after_utc


def _subject(organisation: str, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _shortened(organisation)),
            x509.NameAttribute(NameOID.COMMON_NAME, _shortened(common_name)),
        ]
    )


def _shortened(name: str) -> str:
    return name.encode()[:_NAME_BYTES].decode(errors="ignore")


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    years: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        # A verifier's clock may be a little behind ours.
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
    )


def _usage(*, signs_documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )


def _as_pem(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> KeyPair:
    return KeyPair(
        certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        private_key=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
    )
