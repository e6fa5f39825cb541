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

_CODES = re.compile(
    r'(?:ProofProblem\(\s*|(?:PASSED|FAILED|UNKNOWN), )"([a-z_]+)"', re.MULTILINE
)
# Problems of making documents and of published lists: no file that is checked has them.
NOT_OF_FILES = {"did", "status_list"}


def codes():
    (folder,) = proofs.__path__
    found = {
        code
        for path in Path(folder).glob("*.py")
        for code in _CODES.findall(path.read_text())
    }
    return found - NOT_OF_FILES


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_problem_is_put_into_words(code):
    assert code in TEXTS


@pytest.mark.parametrize("status", IssueStatus)
def test_every_status_is_put_into_words(status):
    assert f"status_{status}" in TEXTS


@pytest.mark.parametrize("form", ["json", "jwt", "png", "svg", "pdf"])
def test_every_form_is_put_into_words(form):
    assert f"form_{form}" in TEXTS


def test_every_check_outcome_and_verdict_is_put_into_words():
    assert set(CHECKS) == set(Check)
    assert set(OUTCOMES) == set(Outcome)
    assert set(VERDICTS) == set(Verdict)


def test_what_was_passed_says_so_without_a_text_of_its_own():
    finding = Finding(Check.CONTEXT, Outcome.PASSED, "context")
    with translation.override("en"):
        assert str(explained(finding)) == "In order"


def test_what_fails_is_said_in_both_languages():
    revoked = Finding(Check.STATUS, Outcome.FAILED, "status_revoked")
    with translation.override("en"):
        assert str(explained(revoked)) == "The issuer has revoked it."
    with translation.override("zh-hans"):
        assert str(explained(revoked)) == "签发机构已撤销该证书。"
