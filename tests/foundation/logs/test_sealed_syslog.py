"""Syslog by TLS: only to a server whose certificate holds."""

import ssl
from datetime import timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from jiangxin.foundation.logs.operations import TargetUnreachable, ship
from tests.foundation.logs.receiver import tcp_receiver
from tests.foundation.logs.test_shipping import check_all, lines_of, wait_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(tmp_path):
    """A certificate of 127.0.0.1 and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "logs")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    today = timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(
        key.private_bytes(
            pem,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(pem)
    )
    return file


@pytest.fixture
def receiver(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with tcp_receiver(
        lambda plain: context.wrap_socket(plain, server_side=True), "syslog+tls"
    ) as received:
        yield received


def test_every_event_arrives(happen, receiver, certificate, monkeypatch, now):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    happen()
    got, address = receiver
    ship(address, now=now)
    wait_for(17, got.messages)
    check_all(lines_of(got.messages), is_once=True)


def test_nothing_goes_to_a_server_that_nobody_vouches_for(happen, receiver, now):
    happen()
    got, address = receiver
    with pytest.raises(TargetUnreachable):
        ship(address, now=now)
    assert got.messages == []
