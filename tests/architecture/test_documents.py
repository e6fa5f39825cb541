"""Whoever looks for a page of the documentation finds it, and every link leads somewhere."""

import re

import pytest

from tests.architecture.tree import ROOT

DOCS = ROOT / "docs"
KINDS = ("tutorials", "how-to", "reference", "explanation")
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CONTRIBUTING.md"]
PAGES += sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def test_every_page_is_in_the_table_of_contents():
    contents = (DOCS / "README.md").read_text("utf-8")
    linked = {DOCS / target for target in LINK.findall(contents)}
    pages = {page for kind in KINDS for page in (DOCS / kind).glob("*.md")}
    assert pages - linked == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page):
    targets = LINK.findall(page.read_text("utf-8"))
    paths = [target for target in targets if "://" not in target]
    assert [path for path in paths if not (page.parent / path).exists()] == []
