"""Whatever somebody hands in: it is refused, soon, in little memory, and never believed."""

import json
import random
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from jiangxin.kernel.credentials.proofs.reading import read
from jiangxin.kernel.credentials.proofs.report import Verdict
from tests.hostile_summary import FUZZED
from tests.kernel.credentials.proofs import samples
from tests.kernel.credentials.proofs.hostile import ALSO, HOSTILE
from tests.kernel.credentials.proofs.samples import GOOD_FILES, report_of
from tests.kernel.credentials.proofs.test_data_integrity import plain

MOST_SECONDS = 1.0
MOST_MEGABYTES = 100
MOST_MEGABYTES_OF_A_CHILD = 400

# A PDF is read by a process of its own, which takes its time to start.
MUTATIONS = {form: 40 if form.startswith("pdf") else 1_500 for form in GOOD_FILES}


@pytest.fixture(scope="module")
def told():
    done = subprocess.run(
        [sys.executable, "-m", "tests.kernel.credentials.proofs.hostile"],
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_soon_and_in_little_memory(told, name):
    problem, seconds, megabytes = told["files"][name]
    expected = HOSTILE[name][1]
    assert problem in ALSO.get(expected, {expected})
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES


def test_what_reads_a_pdf_stays_within_its_memory(told):
    assert 0 < told["children"] < MOST_MEGABYTES_OF_A_CHILD


def mutated(data, chance):
    """Change a file in one of the ways in which files are changed."""
    at, other = sorted(chance.randrange(len(data)) for _ in range(2))
    some = bytes(chance.randrange(256) for _ in range(chance.randint(1, 9)))
    return chance.choice(
        [
            lambda: (
                data[:at]
                + bytes([data[at] ^ 1 << chance.randrange(8)])
                + data[at + 1 :]
            ),
            lambda: data[:at],
            lambda: data[:at] + data[other:],
            lambda: data[:other] + data[at:],
            lambda: data[:at] + some + data[at:],
            lambda: data[:at] + some + data[at + len(some) :],
            lambda: data[:at] + data[at:other].swapcase() + data[other:],
            lambda: data[at:] + data[:at],
        ]
    )()


def says(data):
    carried = read(data)
    return carried.document, carried.token and carried.token.payload


@pytest.mark.parametrize("form", GOOD_FILES)
def test_mutated_file_is_believed_only_if_it_says_the_same(form, record_property):
    chance = random.Random(form)  # noqa: S311 -- the same files at every run
    good = GOOD_FILES[form]()
    original, refused = says(good), 0
    for _ in range(MUTATIONS[form]):
        data = mutated(good, chance)
        if report_of(data).verdict == Verdict.GOOD:
            assert says(data) == original
        else:
            refused += 1
    record_property(FUZZED, (MUTATIONS[form], refused))
    assert refused


def places(value, path=()):
    """Yield the path to every member of a document."""
    yield path
    if isinstance(value, dict):
        inner = value.items()
    else:
        inner = enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield from places(below, (*path, key))


def with_member(value, path, new):
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = with_member(value[path[0]], path[1:], new)
    return copy


SIGNED = samples.signed()
PLACES = [path for path in places(SIGNED) if path]


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), plain | st.floats())
def test_member_of_any_kind_anywhere_is_refused(path, new):
    altered = with_member(SIGNED, path, new)
    if altered != SIGNED:
        assert report_of(samples.as_bytes(altered)).verdict != Verdict.GOOD


# A proof may leave out the contexts that the document names itself.
SAID_TWICE = ("proof", "@context")


@settings(max_examples=300)
@given(st.sampled_from([place for place in PLACES if place != SAID_TWICE]))
def test_member_left_out_anywhere_is_refused(path):
    altered = json.loads(json.dumps(SIGNED))
    inner = altered
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    assert report_of(samples.as_bytes(altered)).verdict != Verdict.GOOD


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), plain | st.floats())
def test_signed_document_of_any_shape_is_reported_on(path, new):
    """Whoever has a key may sign what they like: it is judged, and nothing raises."""
    made = with_member(samples.document(), path, new) if path[0] != "proof" else {}
    try:
        data = samples.as_bytes(samples.signed(made or {"a": new}))
    except ProofProblem:
        return
    assert report_of(data).findings


@given(st.binary(max_size=500))
def test_any_bytes_are_refused(data):
    for beginning in (b"", b"{", b"eyJ", b"<svg>", b"\x89PNG\r\n\x1a\n"):
        assert report_of(beginning + data).verdict == Verdict.BAD
