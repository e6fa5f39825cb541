"""What some places want and others do not, from a day to another: plain rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LocalRule:
    """Whether a material that the service lists as not needed is wanted in a place.

    region_code: a prefix, "" everywhere. until: its last day; None: it has no end yet.
    """

    service: str
    material: str
    region_code: str
    since: date
    until: date | None
    is_wanted: bool
    source: str
    is_demonstration: bool = False

    def applies(self, region_code: str, on: date) -> bool:
        in_force = self.since <= on and (self.until is None or on <= self.until)
        return in_force and region_code.startswith(self.region_code)


def wanted_at(
    rules: Iterable[LocalRule], service: str, region_code: str, on: date
) -> list[LocalRule]:
    """Return the rules by which a place wants something on a day.

    Of several about one material the narrower place decides, then the later day.
    """
    deciding: dict[str, LocalRule] = {}
    for rule in sorted(rules, key=lambda one: (len(one.region_code), one.since)):
        if rule.service == service and rule.applies(region_code, on):
            deciding[rule.material] = rule
    return [rule for rule in deciding.values() if rule.is_wanted]
