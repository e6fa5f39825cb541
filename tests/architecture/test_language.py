"""E15: code and texts are English; Chinese is in catalogues and data."""

import re

from tests.architecture.tree import PACKAGE, name_of, python_files, templates

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def test_no_chinese_stands_in_code_or_templates():
    found = [
        f"{name_of(path)}:{number}"
        for path in [*python_files(PACKAGE, migrations=True), *templates()]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _CHINESE.search(line)
    ]
    assert found == []
