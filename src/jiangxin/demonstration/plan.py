"""The plan of the demonstration, as read from data/plan.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from jiangxin.demonstration.chance import DATA

# Workers an employer, where the plan does not say.
MEAN_SIZE = 15.0


@dataclass(frozen=True)
class Group:
    """People drawn alike: how many, how old, what they hold, for whom they work."""

    key: str
    count: int
    ages: tuple[int, int]
    education: str
    grades: Mapping[int, float] | None = None
    sector: str = ""
    is_above_scale: bool | None = None
    is_member: bool | None = None
    union: str = ""

    def scaled(self, scale: float) -> "Group":
        return Group(**{**vars(self), "count": scaled(self.count, scale)})


@dataclass(frozen=True)
class Place:
    """A county, or the provincial power union, with its employers and people."""

    key: str
    region: str
    employers: int
    foreign_employers: int
    tail: float
    mean_size: float
    industries: Mapping[str, float]
    groups: tuple[Group, ...]
    banks: int
    schools: int

    @property
    def has_makers_union(self) -> bool:
        return any(group.union.startswith("M") for group in self.groups)

    @property
    def people(self) -> int:
        return sum(group.count for group in self.groups)


@dataclass(frozen=True)
class Plan:
    seed: int
    educations: Mapping[str, Mapping[str, float]]
    places: tuple[Place, ...]
    partners: tuple[str, ...]

    def place(self, key: str) -> Place:
        return next(place for place in self.places if place.key == key)


def scaled(count: int, scale: float) -> int:
    """Return the count at this scale; what there was at all, there is at least once."""
    return max(round(count * scale), min(count, 1))


@cache
def read_plan(scale: float = 1.0) -> Plan:
    """Read the plan, its large places shrunk to `scale`."""
    content = yaml.safe_load((DATA / "plan.yaml").read_text("utf-8"))
    return Plan(
        seed=content["seed"],
        educations=content["educations"],
        places=tuple(_place(entry, scale) for entry in content["places"]),
        partners=tuple(content["partners"]),
    )


@cache
def words() -> Mapping[str, Any]:
    """Return the Chinese wording of made-up records."""
    found: Mapping[str, Any] = yaml.safe_load((DATA / "words.yaml").read_text("utf-8"))
    return found


def _place(entry: Mapping[str, Any], scale: float) -> Place:
    scale = scale if entry.get("scales") else 1.0
    employers = entry["employers"]
    return Place(
        key=entry["key"],
        region=entry["region"],
        employers=scaled(employers["count"], scale),
        foreign_employers=scaled(employers.get("foreign", 0), scale),
        tail=employers["tail"],
        mean_size=employers.get("mean_size", MEAN_SIZE),
        industries=entry["industries"],
        groups=tuple(_group(group, scale) for group in entry["groups"]),
        banks=entry.get("banks", 0),
        schools=entry.get("schools", 0),
    )


def _group(entry: Mapping[str, Any], scale: float) -> Group:
    group = Group(**{**entry, "ages": tuple(entry["ages"])})
    return group.scaled(scale)
