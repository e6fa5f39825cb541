import hmac
import json

import pytest
from cryptography.hazmat.primitives import serialization
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from jiangxin.kernel.credentials.proofs import jose, multibase, multikey
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from tests.kernel.credentials.proofs.samples import (
    KEY,
    METHOD,
    PUBLIC,
    document,
    problems_of,
    token_text,
)

RAW = multikey.public_bytes(PUBLIC)
JWK = jose.public_jwk(RAW)


def made(header, payload=None, signature=b"x"):
    parts = [
        jose._json(header),
        jose._json(document() if payload is None else payload),
        signature,
    ]
    return ".".join(jose._encoded(part) for part in parts).encode()


def test_token_repeats_what_its_document_says():
    token = jose.read_token(token_text().encode())
    assert token.header == {"alg": "EdDSA", "typ": "JWT", "kid": METHOD}
    assert token.payload["iss"] == document()["issuer"]["id"]
    assert token.payload["sub"] == document()["credentialSubject"]["id"]
    assert token.payload["jti"] == document()["id"]
    assert (token.payload["nbf"], token.payload["exp"]) == (1767571200, 1862265600)


def test_token_without_an_end_says_none():
    endless = {k: v for k, v in document().items() if k != "validUntil"}
    token = jose.sign_token(endless, key=KEY, method=METHOD)
    assert "exp" not in jose.read_token(token.encode()).payload


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_another_library_accepts_our_token():
    key = OKPKey.import_key(JWK)
    read = jws.deserialize_compact(token_text(), key, algorithms=["EdDSA"])
    assert json.loads(read.payload)["name"] == document()["name"]


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("ES256", ECKey.generate_key("P-256")),
        ("RS256", RSAKey.generate_key(2048)),
        ("Ed25519", OKPKey.generate_key("Ed25519")),
    ],
)
def test_tokens_of_other_libraries_are_checked(algorithm, key):
    text = jws.serialize_compact(
        {"alg": algorithm}, b'{"a":1}', key, algorithms=[algorithm]
    )
    token = jose.read_token(text.encode())
    jose.check_token(token, key.as_dict(private=False))
    head, _payload, signature = text.split(".")
    other = jose._encoded(b'{"a":2}')
    forged = f"{head}.{other}.{signature}"
    with pytest.raises(ProofProblem, match="signature"):
        jose.check_token(jose.read_token(forged.encode()), key.as_dict(private=False))


def test_public_key_as_a_shared_secret_opens_nothing():
    pem = KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for secret in (pem, RAW, JWK["x"].encode()):
        header = {"alg": "HS256", "kid": METHOD}
        parts = (jose._encoded(jose._json(each)) for each in (header, document()))
        text = ".".join(parts)
        code = hmac.digest(secret, text.encode(), "sha256")
        text += f".{jose._encoded(code)}"
        assert problems_of(text.encode()) == {"file": "algorithm"}


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "NONE", "", None, 7, "HS256", []]
)
def test_unsigned_token_is_refused(algorithm):
    with pytest.raises(ProofProblem, match="algorithm"):
        jose.read_token(made({"alg": algorithm}))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "EdDSA", "crit": ["b64"], "b64": False},
        {"alg": "EdDSA", "b64": False},
        {"alg": "EdDSA", "typ": "at+jwt"},
    ],
)
def test_token_that_demands_more_is_refused(header):
    with pytest.raises(ProofProblem, match="token_header"):
        jose.read_token(made(header))


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("token_form", b"eyJ"),
        ("token_form", b"a.b"),
        ("token_form", b"a.b.c.d"),
        ("token_form", b"a.b.c."),
        ("token_form", "é.b.c".encode()),
        ("token_form", b"e30=.e30.e30"),
        ("token_large", b"A" * (jose.LONGEST_TOKEN + 1)),
        ("token_large", b"A" * 10_001 + b".e30.e30"),
        ("json_kind", b"W10.e30.e30"),
    ],
)
def test_what_is_no_token_is_refused(code, data):
    with pytest.raises(ProofProblem, match=code):
        jose.read_token(data)


@pytest.mark.parametrize(
    ("algorithm", "jwk"),
    [
        ("EdDSA", {"kty": "EC", "crv": "P-256"}),
        ("EdDSA", {"kty": "OKP", "crv": "X25519", "x": JWK["x"]}),
        ("EdDSA", {"kty": "OKP", "crv": "Ed25519", "x": 7}),
        ("EdDSA", {"kty": "oct", "k": JWK["x"]}),
        ("ES256", {**JWK}),
        ("RS256", {"kty": "RSA", "n": "AQAB", "e": "AQAB"}),
        (
            "RS256",
            {
                "kty": "RSA",
                "n": multibase.encode_base64url(b"\xff" * 512)[1:],
                "e": multibase.encode_base64url(b"\xff" * 300)[1:],
            },
        ),
        ("RS256", {"kty": "RSA", "n": 7, "e": "AQAB"}),
    ],
)
def test_key_of_another_kind_or_size_checks_nothing(algorithm, jwk):
    token = jose.read_token(made({"alg": algorithm}))
    with pytest.raises(ProofProblem, match=r"^key"):
        jose.check_token(token, jwk)


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256"},
    ],
)
def test_key_that_is_no_key_checks_nothing(jwk):
    token = jose.read_token(made({"alg": "ES256"}))
    with pytest.raises(ProofProblem):
        jose.check_token(token, jwk)


def test_key_that_comes_in_the_token_proves_nothing():
    header = {"alg": "EdDSA", "jwk": JWK}
    signed = ".".join(jose._encoded(jose._json(each)) for each in (header, document()))
    text = f"{signed}.{jose._encoded(KEY.sign(signed.encode()))}"
    assert problems_of(text.encode()) == {"signature": "key_embedded"}


def test_token_that_names_no_key_is_refused():
    assert problems_of(made({"alg": "EdDSA"})) == {"signature": "token_header"}
