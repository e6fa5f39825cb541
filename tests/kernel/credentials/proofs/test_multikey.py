import pytest

from jiangxin.kernel.credentials.proofs import multibase, multikey
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

# The key pair of the W3C's test vectors for EdDSA cryptosuites.
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


def test_public_part_belongs_to_the_private_one():
    assert multikey.public_of(PRIVATE) == PUBLIC
    assert multikey.of_public(multikey.public_bytes(PUBLIC)) == PUBLIC


def test_new_keys_differ_and_sign():
    one, other = multikey.new_private(), multikey.new_private()
    assert one != other
    signature = multikey.private_key(one).sign(b"text")
    key = multikey.public_bytes(multikey.public_of(one))
    assert multikey.is_signed(signature, b"text", key=key)
    assert not multikey.is_signed(signature, b"text.", key=key)


@pytest.mark.parametrize(
    "text", [None, "", PRIVATE, PUBLIC[:-2], "z6Mk", f"{PUBLIC}22"]
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(ProofProblem, match="key"):
        multikey.public_bytes(text)


def test_private_key_is_not_read_from_a_public_one():
    with pytest.raises(ProofProblem, match="key"):
        multikey.private_key(PUBLIC)


@pytest.mark.parametrize("sign_bit", [0, 0x80])
@pytest.mark.parametrize("raw", sorted(multikey._SMALL_ORDER))
def test_key_under_which_one_signature_fits_many_texts_is_refused(raw, sign_bit):
    weak = raw[:-1] + bytes([raw[-1] | sign_bit])
    text = multibase.encode_base58(multikey.ED25519_PUBLIC + weak)
    with pytest.raises(ProofProblem, match="small order"):
        multikey.public_bytes(text)
