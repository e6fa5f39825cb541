"""E15: code and texts are English; Chinese is in catalogues and data."""

import ast
import re
import tokenize

from tests.architecture.tree import PACKAGE, name_of, python_files, templates, tokens

_CHINESE = re.compile(r"[\u3400-\u9fff]")

# How Chinese writes dates and numbers: data that Django wants as modules.
FORMATS = PACKAGE / "project/formats"


def test_no_chinese_stands_in_the_texts_of_code():
    found = [
        f"{name_of(path)}:{token.start[0]}"
        for path in python_files(PACKAGE, migrations=True)
        if FORMATS not in path.parents
        for token in _texts(path)
        if _CHINESE.search(token.string)
    ]
    assert found == []


def test_no_chinese_stands_in_templates():
    found = [
        f"{name_of(path)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _CHINESE.search(line)
    ]
    assert found == []


def _texts(path):
    """Every text but docstrings, which may quote what Chinese looks like."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        (node.lineno, node.col_offset)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        token
        for token in tokens(path)
        if token.type not in {tokenize.COMMENT, tokenize.NAME}
        and token.start not in docstrings
    ]
