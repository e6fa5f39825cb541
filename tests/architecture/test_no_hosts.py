"""A clone works anywhere: no file names a package host or a folder of one machine."""

import re

from tests.architecture.tree import name_of, tracked_files

# Spelled so that this file does not find itself.
_NAMED = re.compile(
    "|".join(
        [
            r"registry\.npm" + r"js",
            r"registry\.npm" + r"mirror",
            r"pypi" + r"\.org/simple",
            r"python" + r"hosted\.org",
            r"pypi\.tuna" + r"\.",
            r"deb\.debian" + r"\.org",
            r"(?<![\w.$}~/-])/(?:work|root|tmp|home)/",
        ]
    )
)


def test_no_file_names_a_package_host_or_a_folder_of_one_machine():
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {hit[0]}" for hit in _NAMED.finditer(text)]
    assert found == []
