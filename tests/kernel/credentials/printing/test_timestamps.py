"""A time-stamping authority of the tests, on this machine, stamps what the seal signs."""

from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread

import pytest
from asn1crypto import keys, pem, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from jiangxin.kernel.credentials.printing.making import make_many
from jiangxin.kernel.credentials.printing.signing import NoTimestamp, Seal, sign
from jiangxin.kernel.credentials.printing.typesetting import render
from jiangxin.kernel.credentials.proofs.seals import certificates_in, look_at_seal
from tests.kernel.credentials.printing import paper

STAMPED_AT = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)


def stamping_pair():
    """Return a certificate that may stamp and nothing else, with its key, as DER."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stamps of a test")])
    stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(paper.NOW - timedelta(days=1))
        .not_valid_after(paper.NOW + timedelta(days=1))
        .add_extension(stamps, critical=True)
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    plain = serialization.NoEncryption()
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, plain)
    return certificate.public_bytes(der), private


@pytest.fixture(scope="module")
def authority():
    """Yield the address of an authority that stamps, and its certificate."""
    certificate, private = stamping_pair()
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(certificate),
        keys.PrivateKeyInfo.load(private),
        fixed_dt=STAMPED_AT,
    )

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            if self.path != "/stamp":
                self.send_error(503)
                return
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_said):
            """Say nothing between the tests."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", certificate
    server.shutdown()
    server.server_close()


def stamping_seal(address):
    plain = paper.seal()
    return Seal(plain.pair, plain.authority, plain.name, plain.at, address)


def test_a_stamped_seal_bears_the_time_of_the_authority(authority):
    address, certificate = authority
    seal = stamping_seal(f"{address}/stamp")
    document = sign(render(paper.honour()), seal)
    root = asn1_x509.Certificate.load(pem.unarmor(seal.authority.encode())[2])
    stamps = asn1_x509.Certificate.load(certificate)
    status = validate_pdf_signature(
        PdfFileReader(BytesIO(document)).embedded_signatures[0],
        ValidationContext(trust_roots=[root], moment=paper.NOW),
        ValidationContext(trust_roots=[stamps], moment=paper.NOW),
    )
    assert status.bottom_line
    assert status.timestamp_validity.timestamp == STAMPED_AT
    assert status.timestamp_validity.trusted


def test_a_stamped_seal_is_good_to_our_own_check(authority):
    seal = stamping_seal(f"{authority[0]}/stamp")
    (document,) = make_many([paper.honour()], seal)
    trusted = certificates_in(seal.authority.encode())
    assert look_at_seal(document, trusted, at=paper.NOW).code == "seal_good"
    altered = document[:900] + bytes([document[900] ^ 1]) + document[901:]
    assert look_at_seal(altered, trusted, at=paper.NOW).code == "seal_altered"


@pytest.mark.parametrize("path", ["/busy", "no port"])
def test_an_authority_that_does_not_stamp_is_said(authority, path):
    address = "http://127.0.0.1:1/" if path == "no port" else f"{authority[0]}{path}"
    with pytest.raises(NoTimestamp):
        sign(render(paper.honour()), stamping_seal(address))
