"""Several credentials in one file, which is signed as a whole."""

import random
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from jiangxin.kernel.credentials.proofs.badge import Issuer
from jiangxin.kernel.credentials.proofs.bundle import (
    LARGEST_UNPACKED,
    MANIFEST,
    MOST_FILES,
    Contents,
    manifest,
    pack,
    unpack,
)
from jiangxin.kernel.credentials.proofs.bundles import LARGEST_CONTENTS
from jiangxin.kernel.credentials.proofs.report import Verdict
from tests.hostile_summary import FUZZED
from tests.kernel.credentials.proofs.samples import (
    DID,
    KEY,
    METHOD,
    NOW,
    as_bytes,
    json_file,
    problems_of,
    report_of,
    signed,
)
from tests.kernel.credentials.proofs.test_hostile import mutated

MUTATIONS = 600
FILES = {"abc.json": json_file(), "abc.pdf": b"%PDF-1.7 of abc"}
ID = "urn:uuid:0f4f2a4e-1f6f-4c43-9a1f-1b0d8f6ffb01"


def list_of(files, **more):
    contents = Contents(ID, "urn:uuid:1", "职工技能护照", "王芳", files)
    issuer = Issuer(DID, "某县总工会", "https://union.example")
    given = {"issuer": issuer, "key": KEY, "method": METHOD, "now": NOW}
    return manifest(contents, **(given | more))


def bundle_of(files, listed=None):
    return pack([(MANIFEST, as_bytes(list_of(listed or files))), *files.items()])


GOOD = bundle_of(FILES)


def repacked(files, kind=ZIP_DEFLATED):
    written = BytesIO()
    with ZipFile(written, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_a_bundle_is_good_as_a_whole():
    report = report_of(GOOD)
    assert (report.form, report.verdict) == ("bundle", Verdict.GOOD)
    assert report.claim["holders"] == ["王芳"]
    assert [one.check for one in report.findings] == [
        "file",
        "structure",
        "context",
        "key",
        "signature",
        "issuer",
        "validity",
        "bundle",
        "contents",
    ]


def test_the_same_files_make_the_same_bundle():
    assert pack([*FILES.items()]) == pack([*FILES.items()])
    assert unpack(pack([*FILES.items()])) == FILES


def test_a_bundle_that_somebody_packed_again_is_still_good():
    assert report_of(repacked(unpack(GOOD))).verdict == Verdict.GOOD


def test_the_list_by_itself_is_a_credential_of_ours():
    assert report_of(as_bytes(list_of(FILES))).verdict == Verdict.GOOD


OTHER = {**FILES, "abc.pdf": b"%PDF-1.7 of another"}
FEWER = {"abc.json": FILES["abc.json"]}
MORE = {**FILES, "def.pdf": b"%PDF-1.7 of more"}
UNTRUE = {"abc.json": json_file().replace("王芳".encode(), "王方".encode())}
ALTERED = {
    "a file altered": (bundle_of(OTHER, FILES), "bundle", "bundle_altered"),
    "a file taken out": (bundle_of(FEWER, FILES), "bundle", "bundle_missing"),
    "a file added": (bundle_of(MORE, FILES), "bundle", "bundle_added"),
    "no list": (pack([*FILES.items()]), "file", "bundle_unsigned"),
    "another list": (
        GOOD.replace("王芳".encode(), "王方".encode(), 1),
        "file",
        "bundle",  # its checksum tells already
    ),
    "a forged list": (
        repacked(
            {
                **FILES,
                MANIFEST: as_bytes(list_of(FILES)).replace(
                    "王芳".encode(), "王方".encode()
                ),
            }
        ),
        "signature",
        "signature",
    ),
    "an altered credential": (bundle_of(UNTRUE), "contents", "contents_bad"),
    "another file under its name": (
        bundle_of({"a.json": b"%PDF-1.7"}),
        "contents",
        "contents_bad",
    ),
    "cut off": (GOOD[:-30], "file", "bundle"),
}


@pytest.mark.parametrize(("data", "check", "code"), ALTERED.values(), ids=ALTERED)
def test_what_was_done_to_a_bundle_is_named(data, check, code):
    assert problems_of(data) == {check: code}
    assert report_of(data).verdict == Verdict.BAD


def test_a_credential_that_was_revoked_since_is_named():
    report = report_of(GOOD, status="revoked")
    assert (report.of("contents").code, report.of("contents").detail) == (
        "contents_bad",
        "abc.json",
    )


def test_a_bundle_of_a_stranger_is_not_ours():
    stranger = {"issuer": "did:web:other.example"}
    report = report_of(GOOD, **stranger)
    assert report.verdict == Verdict.RESERVED
    assert report.of("contents").code == "contents_open"


def bomb(name="a.json"):
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(LARGEST_UNPACKED + 1))
    return written.getvalue()


def twice():
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr(ZipInfo("a.json"), b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(ZipInfo("a.json"), b"[]")
    return written.getvalue()


HOSTILE = {
    "a bomb": (bomb(), "bundle_large"),
    "many files": (
        pack([(f"{n}.json", b"") for n in range(MOST_FILES + 1)]),
        "bundle_large",
    ),
    "a way out": (pack([("../a.json", b"{}")]), "bundle"),
    "a folder": (pack([("a/b.json", b"{}")]), "bundle"),
    "a name twice": (twice(), "bundle"),
    "another packing": (repacked(FILES, ZIP_BZIP2), "bundle"),
    "only a beginning": (b"PK\x03\x04", "bundle"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_bundle_is_refused(data, code):
    assert problems_of(data) == {"file": code}


@pytest.mark.parametrize(
    "listed",
    [None, {}, [1], [{"id": 1}], [{"id": "urn:a#b"}], [{}] * (MOST_FILES + 1)],
)
def test_a_signed_list_of_any_shape_is_reported_on(listed):
    bare = {k: v for k, v in list_of(FILES).items() if k != "proof"}
    made = as_bytes(signed({**bare, "relatedResource": listed}))
    data = pack([(MANIFEST, made), *FILES.items()])
    assert problems_of(data) == {"bundle": "structure"}


def test_more_than_can_be_checked_at_once_is_said():
    files = {"a.json": b"{" + b" " * LARGEST_CONTENTS}
    assert problems_of(bundle_of(files)) == {"contents": "contents_large"}


def test_a_mutated_bundle_is_believed_only_if_its_files_are_the_same(record_property):
    chance, refused = random.Random("bundle"), 0  # noqa: S311 -- the same at every run
    for _ in range(MUTATIONS):
        data = mutated(GOOD, chance)
        if report_of(data).verdict == Verdict.GOOD:
            assert unpack(data) == unpack(GOOD)
        else:
            refused += 1
    record_property(FUZZED, (MUTATIONS, refused))
    assert refused


def test_a_mutated_packed_bundle_raises_nothing():
    chance = random.Random("packed")  # noqa: S311 -- as above
    packed = repacked(unpack(GOOD))
    for _ in range(MUTATIONS):
        assert report_of(mutated(packed, chance)).findings
