"""Sites, titles, honours and namings of the places, as data/holdings.yaml lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import yaml

from jiangxin.demonstration.chance import DATA
from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.db import bulk_insert, for_database, reserve_ids
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record_many
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register.events import SiteOpened
from jiangxin.kernel.register.models import Site

OPENED_ON = date(2021, 6, 1)
# Groups larger than this hold nothing but what their roster says.
MOST_HOLDERS = 1_000

_COLUMNS = (
    "id",
    "person_id",
    "organisation_id",
    "kind",
    "title",
    "ladder",
    "grade",
    "occupation",
    "number",
    "issuer",
    "issued_on",
    "valid_from",
    "valid_to",
    "status",
    "evidence",
    "recorded_at",
)


@dataclass(frozen=True)
class Holder:
    id: int
    name: str
    region: str


@dataclass(frozen=True)
class Holders:
    """Who can hold something at a place; employers and unions largest first."""

    place: str
    around_names: Mapping[str, str]
    region: str
    federation: int
    employers: Sequence[Holder]
    unions: Sequence[Holder]
    people: Mapping[str, Sequence[int]]

    def of(self, kind: str) -> Sequence[Holder]:
        if kind == "federation":
            return [Holder(self.federation, "", self.region)]
        return self.employers if kind == "employers" else self.unions


@cache
def listed() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.safe_load(
        (DATA / "holdings.yaml").read_text("utf-8")
    )
    return found


def _entries(kind: str, place: str) -> Iterator[Mapping[str, Any]]:
    return (entry for entry in listed()[kind] if entry["place"] == place)


def open_sites(holders: Holders, *, now: datetime) -> None:
    """Open the sites of a place, each with its trail event."""
    sites = [
        Site(
            organisation_id=holder.id,
            kind=entry["kind"],
            name=entry["name"].format(
                **holders.around_names, holder=holder.name, n=number
            ),
            region_id=holder.region,
            valid_from=OPENED_ON,
        )
        for entry in _entries("sites", holders.place)
        for number, holder in enumerate(
            _turns(holders.of(entry["of"]), entry["count"]), 1
        )
    ]
    Site.objects.bulk_create(sites)
    record_many(
        [
            (
                subject("organisation", site.organisation_id),
                SiteOpened(site_id=site.pk, kind=site.kind, valid_from=site.valid_from),
            )
            for site in sites
        ],
        actor=SYSTEM,
        at=now,
    )


def _turns(holders: Sequence[Holder], count: int) -> list[Holder]:
    """Return the first `count` holders; from the start again when they do not suffice."""
    return [holders[i % len(holders)] for i in range(count)]


def give_credentials(holders: Holders, *, chance: Random, now: datetime) -> list[int]:
    """Give a place's people and organisations what the list says.

    Nobody gets the same kind of thing twice, so that holders add up like credentials.
    Returns the people who got something.
    """
    taken: dict[tuple[str, str], int] = {}
    rows: list[tuple[Any, ...]] = []
    people: list[int] = []
    for entry in _entries("credentials", holders.place):
        key = (entry["of"] + entry.get("group", ""), entry["kind"])
        first = taken.get(key, 0)
        taken[key] = first + entry["count"]
        if entry["of"] == "people":
            ids = holders.people[entry["group"]][first : first + entry["count"]]
            people += ids
        else:
            turns = _turns(holders.of(entry["of"]), first + entry["count"])[first:]
            ids = [holder.id for holder in turns]
        rows += [
            _row(entry, holder_id, holders.around_names, chance, now)
            for holder_id in ids
        ]
    keys = reserve_ids(Credential, len(rows))
    bulk_insert(
        Credential,
        _COLUMNS,
        ((pk, *row) for pk, row in zip(keys, rows, strict=True)),
    )
    return people


def _row(
    entry: Mapping[str, Any],
    holder_id: int,
    names: Mapping[str, str],
    chance: Random,
    now: datetime,
) -> tuple[Any, ...]:
    first, last = entry["issued"]
    issued = first + timedelta(days=chance.randint(0, (last - first).days))
    until = (
        issued.replace(year=issued.year + entry["years"]) if "years" in entry else None
    )
    day = for_database(Credential, "valid_from")
    is_person = entry["of"] == "people"
    return (
        holder_id if is_person else None,
        None if is_person else holder_id,
        entry["kind"],
        entry["title"].format(**names),
        entry.get("ladder", ""),
        entry.get("grade"),
        "",
        "",
        entry["issuer"].format(**names),
        day(issued),
        day(issued),
        None if until is None else day(until),
        "valid",
        "",
        for_database(Credential, "recorded_at")(now),
    )
