"""Sites, titles, honours and namings of the places, as data/holdings.yaml lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import yaml

from jiangxin.demonstration.chance import DATA
from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record_many
from jiangxin.kernel.credentials.events import CredentialRecorded
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.register.events import SiteOpened
from jiangxin.kernel.register.models import Site

OPENED_ON = date(2021, 6, 1)
# Groups larger than this hold nothing but what their roster says.
MOST_HOLDERS = 1_000


@dataclass(frozen=True)
class Holder:
    id: int
    name: str
    region: str


@dataclass(frozen=True)
class Holders:
    """Which organisations of a place can hold something; the largest first.

    names: what stands for {place} and {short}.
    """

    place: str
    names: Mapping[str, str]
    region: str
    federation: int
    employers: Sequence[Holder]
    unions: Sequence[Holder]

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
            name=entry["name"].format(**holders.names, holder=holder.name, n=number),
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


def give_to_organisations(holders: Holders, *, chance: Random, now: datetime) -> None:
    """Give a place's organisations what the list says.

    To be called before its people come: what an employer holds is true of them too.
    """
    given = [
        _credential(entry, holders.names, chance, now, organisation_id=holder.id)
        for entry, first in _from_where(holders.place)
        if entry["of"] != "people"
        for holder in _turns(holders.of(entry["of"]), first + entry["count"])[first:]
    ]
    _give(given, now)


def give_to_people(
    place: str,
    people: Mapping[str, Sequence[int]],
    names: Mapping[str, str],
    *,
    chance: Random,
    now: datetime,
) -> list[int]:
    """Give a place's people, by group, what the list says; return who got something."""
    given = [
        _credential(entry, names, chance, now, person_id=person_id)
        for entry, first in _from_where(place)
        if entry["of"] == "people"
        for person_id in people[entry["group"]][first : first + entry["count"]]
    ]
    _give(given, now)
    return [credential.person_id for credential in given if credential.person_id]


def _from_where(place: str) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Yield what is given, and how many holders have the same kind of thing already.

    Nobody gets the same kind twice, so that holders add up like credentials.
    """
    taken: dict[tuple[str, str], int] = {}
    for entry in _entries("credentials", place):
        key = (entry["of"] + entry.get("group", ""), entry["kind"])
        yield entry, taken.get(key, 0)
        taken[key] = taken.get(key, 0) + entry["count"]


def _credential(
    entry: Mapping[str, Any],
    names: Mapping[str, str],
    chance: Random,
    now: datetime,
    **holder: int,
) -> Credential:
    first, last = entry["issued"]
    issued = first + timedelta(days=chance.randint(0, (last - first).days))
    until = (
        issued.replace(year=issued.year + entry["years"]) if "years" in entry else None
    )
    return Credential(
        kind=entry["kind"],
        title=entry["title"].format(**names),
        ladder=entry.get("ladder", ""),
        grade=entry.get("grade"),
        quantity=_quantity(entry, chance),
        issuer=entry["issuer"].format(**names),
        issued_on=issued,
        valid_from=issued,
        valid_to=until,
        recorded_at=now,
        **holder,
    )


def _quantity(entry: Mapping[str, Any], chance: Random) -> Decimal | None:
    """In halves, as hours are counted."""
    if "quantity" not in entry:
        return None
    least, most = entry["quantity"]
    return Decimal(chance.randint(least * 2, most * 2)) / 2


def _give(credentials: Sequence[Credential], now: datetime) -> None:
    Credential.objects.bulk_create(credentials)
    record_many(
        [
            (
                subject("person", one.person_id)
                if one.person_id
                else subject("organisation", one.organisation_id or 0),
                CredentialRecorded(
                    credential_id=one.pk, kind=one.kind, valid_from=one.valid_from
                ),
            )
            for one in credentials
        ],
        actor=SYSTEM,
        at=now,
    )
