"""E12: one word per idea, written down once, the same in the glossary and on screen."""

import re

import pytest
from django.db.models import Choices
from django.utils import translation

from tests.architecture.tree import ROOT, our_models

GLOSSARY = ROOT / "docs/glossary.md"


def _plain(term):
    return re.sub(r"[^a-z0-9]", "", term.lower())


def _rows():
    """Return {code term: Chinese}, from every table of the glossary."""
    rows = {}
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.lstrip().startswith("|") and len(cells) >= 3:
            rows[_plain(cells[0])] = cells[1]
    return rows


def _enums():
    found, left = set(), [Choices]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if kind.__module__.startswith("jiangxin."):
            found.add(kind)
    return sorted(found, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_model_is_in_the_glossary_under_its_label(model):
    rows = _rows()
    assert _plain(model.__name__) in rows
    with translation.override("zh-hans"):
        assert rows[_plain(model.__name__)] == str(model._meta.verbose_name)


@pytest.mark.parametrize("enum", _enums(), ids=lambda kind: kind.__qualname__)
def test_enum_is_in_the_glossary(enum):
    assert _plain(enum.__name__) in _rows()
