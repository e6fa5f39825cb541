"""E13: whoever silences a check names its rule and says why."""

import re
import tokenize

from tests.architecture.tree import PACKAGE, ROOT, name_of, python_files, tokens

_SILENCES = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|fmt:)")
_SAYS_WHY = re.compile(
    r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \S+"
    r"|# type: ignore\[[\w, -]+\]  # \S+"
    r"|# pragma: no cover -- \S+"
)


def test_each_silenced_check_names_its_rule_and_reason():
    silent = [
        f"{name_of(path)}:{token.start[0]}: {token.string}"
        for path in python_files(
            PACKAGE, ROOT / "tests", ROOT / "tools", ROOT / "benchmarks"
        )
        for token in tokens(path)
        if token.type == tokenize.COMMENT
        and _SILENCES.match(token.string)
        and not _SAYS_WHY.match(token.string)
    ]
    assert silent == []
