"""Each dependency says what it is for; the locks have hashes and name no host."""

import json
import re

import pytest

from tests.architecture.tree import ROOT, name_of

REQUIREMENTS = ROOT / "requirements"


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.in")), ids=name_of)
def test_each_requirement_says_what_it_is_for(path):
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-c"))
    ]
    assert [line for line in lines if not re.search(r"\S\s+# \S+", line)] == []


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.txt")), ids=name_of)
def test_lock_has_hashes_and_names_no_host(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--(index|extra|find|trusted)", text, re.MULTILINE)
    pinned = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?==.*?(?=^[\w]|\Z)", text, re.MULTILINE | re.DOTALL
    )
    hashed = re.findall(r"^([\w.-]+)[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert pinned == hashed


def test_each_front_end_package_says_what_it_is_for():
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert set(declared["purposes"]) == set(declared["dependencies"])


def test_front_end_lock_has_hashes_and_names_no_host():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
