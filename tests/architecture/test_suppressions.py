"""E13: whoever silences a check names its rule and says why."""

import re
import tokenize

from tests.architecture.tree import PACKAGE, ROOT, name_of, python_files

_SILENCES = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|fmt:)")
_SAYS_WHY = re.compile(
    r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \S+"
    r"|# type: ignore\[[\w, -]+\]  # \S+"
    r"|# pragma: no cover -- \S+"
)


def test_each_silenced_check_names_its_rule_and_reason():
    silent = [
        f"{name_of(path)}:{number}: {comment}"
        for path in python_files(
            PACKAGE, ROOT / "tests", ROOT / "tools", ROOT / "benchmarks"
        )
        for number, comment in _comments(path)
        if _SILENCES.match(comment) and not _SAYS_WHY.match(comment)
    ]
    assert silent == []


def _comments(path):
    with path.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
