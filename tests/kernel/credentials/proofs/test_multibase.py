import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.credentials.proofs import multibase
from jiangxin.kernel.credentials.proofs.problems import ProofProblem

# The Base58 Encoding Scheme (IETF draft), section 5.
VECTORS = {
    b"Hello World!": "z2NEpo7TZRRrLZSi2U",
    b"The quick brown fox jumps over the lazy dog.": (
        "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"
    ),
    bytes.fromhex("0000287fb4cd"): "z11233QC4",
}


@pytest.mark.parametrize(("data", "text"), VECTORS.items())
def test_published_vectors_are_reproduced(data, text):
    assert multibase.encode_base58(data) == text
    assert multibase.decode(text) == data


@given(st.binary(max_size=100))
def test_bytes_come_back_from_either_base(data):
    assert multibase.decode(multibase.encode_base58(data)) == data
    assert multibase.decode(multibase.encode_base64url(data)) == data


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "zl0OI",
        "z" + "2" * 1_000,
        "mSGVsbG8",
        "uAB==",
        "uAB",  # bits beyond the last byte
        "uA+/B",
        "uAé",
        "z é",
    ],
)
def test_what_is_no_multibase_is_refused(text):
    with pytest.raises(ProofProblem, match="multibase"):
        multibase.decode(text)
