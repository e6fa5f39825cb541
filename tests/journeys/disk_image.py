"""Looking for plain identity numbers and phones in bytes: files, and rows as text.

Found are the numbers themselves, their hexadecimal, and their base64 however it is
aligned. What is encrypted or compressed is not opened; so the rows are searched too, as
the database gives them out.
"""

import base64
import re
from contextlib import suppress

PLAIN = re.compile(rb"(?=([0-9]{17}[0-9Xx]|1[0-9]{10}))")
HEXADECIMAL = re.compile(rb"(?=((?:3[0-9]){17}(?:3[0-9]|[57]8)|31(?:3[0-9]){10}))")
# Three digits make four letters, the first of them M, N or O.
BASE64 = re.compile(rb"(?=((?:[MNO][A-Za-z][A-Za-z][A-Za-z0-9+/]){3}))")
DIGITS_IN_BASE64 = 9

LOOKS = 5


class Needles:
    """The numbers that must not be found."""

    def __init__(self, numbers):
        self.numbers = {number.upper().encode() for number in numbers}
        self.parts = {
            number[start : start + DIGITS_IN_BASE64]
            for number in self.numbers
            for start in range(3)
        }

    def found_in(self, content):
        """Return what of the numbers, in which guise, is in some bytes."""
        found = set()
        for match in PLAIN.finditer(content):
            found |= self._known("plain", match[1])
        for match in HEXADECIMAL.finditer(content):
            found |= self._known("hexadecimal", bytes.fromhex(match[1].decode()))
        for match in BASE64.finditer(content):
            part = base64.b64decode(match[1])
            if part in self.parts:
                found.add(("base64", part))
        return {(guise, number.decode()) for guise, number in found}

    def _known(self, guise, number):
        """Of what looks like an identity number, the first eleven may be a phone."""
        candidates = {number.upper(), number[:11]} & self.numbers
        return {(guise, each) for each in candidates}


def files_in(*folders):
    return sorted(
        path for folder in folders for path in folder.rglob("*") if path.is_file()
    )


def search(needles, lies_there):
    """Return {file name: what was found}, and how many bytes were read.

    `lies_there` lists the files. A database at work takes files away and renames them:
    if one is gone between listing and reading, all is looked through again.
    """
    for _ in range(LOOKS - 1):
        with suppress(FileNotFoundError):
            return _looked_through(needles, lies_there())
    return _looked_through(needles, lies_there())


def _looked_through(needles, files):
    found, read = {}, 0
    for path in files:
        content = path.read_bytes()
        read += len(content)
        if seen := needles.found_in(content):
            found[path.name] = sorted(seen)
    return found, read
