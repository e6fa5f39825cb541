"""The status of another issuer's credential, by the lists that came with it."""

import pytest

from jiangxin.kernel.credentials.proofs import multikey
from jiangxin.kernel.credentials.proofs.badge import CREDENTIALS_CONTEXT
from jiangxin.kernel.credentials.proofs.keys import KeyBook, of_multikeys
from jiangxin.kernel.credentials.proofs.report import Verdict
from jiangxin.kernel.credentials.proofs.status_list import encode
from tests.kernel.credentials.proofs import samples
from tests.kernel.credentials.proofs.samples import as_bytes, document, report_of

OTHER_DID = "did:web:other.example"
PRIVATE = multikey.new_private()
KEY, PART = multikey.private_key(PRIVATE), multikey.public_of(PRIVATE)
METHOD = f"{OTHER_DID}#{PART}"
ADDRESS = "https://other.example/status/1"


def entry(purpose="revocation", **more):
    return {
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": "7",
        "statusListCredential": ADDRESS,
        **more,
    }


def credential(*entries):
    made = document(did=OTHER_DID, credentialStatus=list(entries or [entry()]))
    return as_bytes(samples.signed(made, METHOD, KEY))


def status_list(*indexes, purpose="revocation", method=METHOD, key=KEY, **more):
    made = {
        "@context": [CREDENTIALS_CONTEXT],
        "id": ADDRESS,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": OTHER_DID,
        "validFrom": "2026-05-01T00:00:00Z",
        "credentialSubject": {
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode(indexes),
        },
        **more,
    }
    return as_bytes(samples.signed(made, method, key))


def status_of(data, *lists):
    keys = KeyBook(of_multikeys(OTHER_DID, [PART]))
    report = report_of(data, keys=keys, status_lists=lists, trusted={OTHER_DID})
    found = report.of("status")
    return report.verdict, found.code, found.detail


def test_without_a_list_it_is_not_known():
    assert status_of(credential())[:2] == (Verdict.RESERVED, "status_offline")


def test_what_the_list_does_not_set_counts_since_the_list_holds():
    told = status_of(credential(), status_list(8))
    assert told == (Verdict.GOOD, "status_given", "2026-05-01T00:00:00Z")


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_what_the_list_sets_is_named(purpose):
    word = {"revocation": "status_revoked", "suspension": "status_suspended"}[purpose]
    told = status_of(credential(entry(purpose)), status_list(7, purpose=purpose))
    assert told[:2] == (Verdict.BAD, word)


def test_one_list_may_serve_two_purposes():
    both = status_list(7, purpose=["revocation", "suspension"])
    assert status_of(credential(entry("suspension")), both)[1] == "status_suspended"


NOT_SPOKEN_OF = {
    "half": ([entry(), entry("suspension")], status_list()),
    "another list": ([entry(statusListCredential=f"{ADDRESS}2")], status_list()),
    "another kind": ([entry(type="StatusList2021Entry")], status_list()),
    "larger places": ([entry(statusSize=2)], status_list()),
    "another purpose": ([entry()], status_list(purpose="suspension")),
}


@pytest.mark.parametrize(
    ("entries", "given"), NOT_SPOKEN_OF.values(), ids=NOT_SPOKEN_OF
)
def test_what_no_list_speaks_of_is_not_known(entries, given):
    assert status_of(credential(*entries), given)[1] == "status_offline"


def test_a_message_is_no_status():
    told = status_of(credential(entry(), entry("message")), status_list())
    assert told[1] == "status_given"


NO_BITS = {
    "type": "BitstringStatusList",
    "statusPurpose": "revocation",
    "encodedList": "u!!",
}
STRANGER = multikey.private_key(multikey.new_private())
BAD_LISTS = {
    "no list": (b"{}", "structure"),
    "altered": (status_list().replace(b"status/1", b"status/2"), "signature"),
    "another issuer": (status_list(issuer="did:web:third.example"), "key_of_another"),
    "another key": (status_list(key=STRANGER), "signature"),
    "unknown key": (status_list(method=f"{OTHER_DID}#unknown"), "key_unknown"),
    "over": (status_list(validUntil="2026-05-02T00:00:00Z"), "expired"),
    "no subject": (status_list(credentialSubject={"type": "Other"}), "structure"),
    "no bits": (status_list(credentialSubject=NO_BITS), "multibase"),
}


@pytest.mark.parametrize(("data", "why"), BAD_LISTS.values(), ids=BAD_LISTS)
def test_a_list_that_is_not_in_order_is_named(data, why):
    assert status_of(credential(), data) == (Verdict.BAD, "status_list", why)


@pytest.mark.parametrize("index", ["-1", "9" * 13, "x", None, "131072"])
def test_an_impossible_place_is_named(index):
    told = status_of(credential(entry(statusListIndex=index)), status_list())
    assert told[:2] == (Verdict.BAD, "status_list")
