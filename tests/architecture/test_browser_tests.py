"""A browser test waits for what it expects; a look at one moment is a coin tossed."""

import ast

from tests.architecture.tree import ROOT, name_of, python_files

AT_ONCE = {
    "all",
    "all_inner_texts",
    "content",
    "get_attribute",
    "input_value",
    "inner_text",
    "is_checked",
    "is_hidden",
    "is_visible",
    "text_content",
}
SCREENS = {"page", "phone", "screen"}


def test_what_a_browser_test_asserts_of_a_page_is_waited_for():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(ROOT / "tests" / "browser")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert) and any(map(_looks_once, ast.walk(node.test)))
    ]
    assert found == [], "say it with expect(…) of playwright"


def _looks_once(node):
    if not isinstance(node, ast.Attribute):
        return False
    if node.attr == "url":
        return isinstance(node.value, ast.Name) and node.value.id in SCREENS
    return node.attr in AT_ONCE
