"""The certificates behind a signature."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from jiangxin.kernel.credentials.printing.authority import (
    DOCUMENT_SIGNING,
    ends_at,
    make_authority,
    make_seal,
)
from tests.kernel.credentials.printing import paper


def load(pair):
    return x509.load_pem_x509_certificate(pair.certificate.encode())


@pytest.fixture(scope="module")
def authority():
    return make_authority(name=paper.FEDERATION, now=paper.NOW)


@pytest.fixture(scope="module")
def seal(authority):
    return make_seal(name=paper.FEDERATION, authority=authority, now=paper.NOW)


def test_an_authority_vouches_for_its_seal(authority, seal):
    load(seal).verify_directly_issued_by(load(authority))


def test_a_seal_outlives_no_authority(authority, seal):
    assert ends_at(seal.certificate) < ends_at(authority.certificate)


def test_a_seal_signs_documents_and_vouches_for_nobody(seal):
    extensions = load(seal).extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    purposes = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(purposes) == [DOCUMENT_SIGNING]


def test_an_authority_signs_no_documents(authority):
    usage = load(authority).extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.key_cert_sign
    assert not usage.content_commitment


def test_a_certificate_names_the_federation_within_the_allowed_length():
    long = "浙江省" * 40
    authority = make_authority(name=long, now=paper.NOW)
    pair = make_seal(name=long, authority=authority, now=paper.NOW)
    for attribute in load(pair).subject:
        assert long.startswith(attribute.value) or attribute.value.isascii()
        assert len(attribute.value.encode()) <= 64


def test_a_seal_is_good_a_moment_after_it_was_made(seal):
    assert load(seal).not_valid_before_utc < paper.NOW
    assert paper.NOW + timedelta(days=365 * 2) < ends_at(seal.certificate)


def test_two_authorities_of_one_name_do_not_vouch_for_each_other(authority, seal):
    other = make_authority(name=paper.FEDERATION, now=paper.NOW)
    with pytest.raises(InvalidSignature):
        load(seal).verify_directly_issued_by(load(other))
    assert load(other).public_key() != load(authority).public_key()
