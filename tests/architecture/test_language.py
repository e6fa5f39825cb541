"""E15: code and texts are English; Chinese is in catalogues and data."""

import ast
import re

from tests.architecture.tree import PACKAGE, name_of, python_files, templates

_CHINESE = re.compile(r"[\u3400-\u9fff]")

# How Chinese writes dates and numbers: data that Django wants as modules.
FORMATS = PACKAGE / "project/formats"


def test_no_chinese_stands_in_the_texts_of_code():
    found = [
        f"{name_of(path)}:{constant.lineno}"
        for path in python_files(PACKAGE, migrations=True)
        if FORMATS not in path.parents
        for constant in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if _CHINESE.search(constant.value)
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


def _texts(module):
    """Every text but docstrings, which may quote what Chinese looks like."""
    docstrings = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]
