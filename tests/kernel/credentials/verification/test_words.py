import re
from pathlib import Path

import pytest
from django.utils import translation

from jiangxin.kernel.credentials import proofs
from jiangxin.kernel.credentials.enums import IssueStatus
from jiangxin.kernel.credentials.proofs.report import (
    Check,
    Finding,
    Outcome,
    Verdict,
)
from jiangxin.kernel.credentials.verification.words import (
    CHECKS,
    OUTCOMES,
    TEXTS,
    VERDICTS,
    explained,
)
from tests.kernel.credentials.proofs.samples import GOOD_FILES, report_of

_CODES = re.compile(
    r'(?:ProofProblem\(\s*|(?:PASSED|FAILED|UNKNOWN), )"([a-z_]+)"', re.MULTILINE
)
# Problems of making documents and of published lists: no file that is checked has them.
NOT_OF_FILES = {"did"}


SOURCE = "".join(path.read_text() for path in Path(*proofs.__path__).glob("*.py"))


def codes():
    return set(_CODES.findall(SOURCE)) - NOT_OF_FILES


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_problem_is_put_into_words(code):
    assert code in TEXTS


@pytest.mark.parametrize("status", IssueStatus)
def test_every_status_is_put_into_words(status):
    assert f"status_{status}" in TEXTS


@pytest.mark.parametrize("form", ["json", "jwt", "png", "svg", "pdf", "bundle"])
def test_every_form_is_put_into_words(form):
    assert f"form_{form}" in TEXTS


def test_every_check_outcome_and_verdict_is_put_into_words():
    assert set(CHECKS) == set(Check)
    assert set(OUTCOMES) == set(Outcome)
    assert set(VERDICTS) == set(Verdict)


@pytest.mark.parametrize("make", GOOD_FILES.values(), ids=GOOD_FILES)
def test_no_text_of_a_problem_stands_beside_a_check_that_was_passed(make):
    """A code is of a problem or of what is in order, never of both."""
    problems = {code for code in codes() if f'ProofProblem("{code}"' in SOURCE}
    passed = {finding.code for finding in report_of(make()).findings}
    assert passed <= set(TEXTS)
    assert passed & problems == set()


def test_what_fails_is_said_in_both_languages():
    revoked = Finding(Check.STATUS, Outcome.FAILED, "status_revoked")
    with translation.override("en"):
        assert str(explained(revoked)) == "The issuer has revoked it."
    with translation.override("zh-hans"):
        assert str(explained(revoked)) == "签发机构已撤销该证书。"
