"""E10: nothing in a template that the Content-Security-Policy would have to allow."""

import re

import pytest

from tests.architecture.tree import name_of, templates

FORBIDDEN = {
    "an inline script": r"<script(?![^>]*\bsrc=)",
    "an inline style sheet": r"<style\b",
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event attribute": r"<[^>]*\s(?:on[a-z]+|hx-on[\w:.-]*)\s*=",
    "a script address": r"javascript:",
    "unescaped output": r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off",
    "a file of another host": r"(?:\ssrc|<link[^>]*\shref)\s*=\s*[\"'](?:https?:)?//",
}


@pytest.mark.parametrize(("what", "pattern"), FORBIDDEN.items())
def test_no_template_holds(what, pattern):
    found = [
        f"{name_of(path)}: {what}"
        for path in templates()
        if re.search(pattern, _without_comments(path), re.IGNORECASE)
    ]
    assert found == []


def _without_comments(path):
    return re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"))
