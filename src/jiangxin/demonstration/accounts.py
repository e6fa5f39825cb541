"""Accounts to try the demonstration with, and the text that says how to sign in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db.models import QuerySet

from jiangxin.demonstration.chance import DATA
from jiangxin.demonstration.organisations import sector_of
from jiangxin.demonstration.people import years_before
from jiangxin.demonstration.sample_roster import Employer, draw_roster, write_roster
from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.operations import create_account, grant_role, set_password
from jiangxin.kernel.access.rules import new_password
from jiangxin.kernel.register.enums import OrganisationKind
from jiangxin.kernel.register.models import Organisation, Person

LANXI, TIANTAI, PUJIANG = "330781", "331023", "330726"
ROSTER_ROWS = 300
ROSTER_FAULTS = 0.1
ROSTER_SEED = 526
COLLEGE = ("1", "2", "3")
OLDEST_MAKER = 45


@dataclass(frozen=True)
class Seat:
    """One account: who it is, what it may do where, and what to say of it."""

    username: str
    name: str
    role: Role
    says: Mapping[str, str]
    region: str = ""
    organisation: str = ""
    person_id: int | None = None


def folder() -> Path:
    """Return where the sign-in text and the sample roster lie."""
    return Path(settings.VAR) / "demo"


def sign_in_text() -> Path:
    return folder() / "sign-in.txt"


def open_accounts(*, now: datetime) -> Sequence[Seat]:
    """Open the accounts and write how to sign in, with one new password for all.

    Calling it again gives the accounts that are there a new password.
    """
    password = new_password()
    seats = [_seat(entry, today(now)) for entry in _entries()]
    for seat in seats:
        _open(seat, password, now)
    _write_text(seats, password, today(now))
    return seats


def _entries() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = yaml.safe_load(
        (DATA / "accounts.yaml").read_text("utf-8")
    )
    return found


def _open(seat: Seat, password: str, now: datetime) -> None:
    known = Account.objects.filter(username=seat.username).first()
    if known is not None:
        set_password(account_id=known.pk, password=password, actor=SYSTEM, now=now)
        return
    account = create_account(
        username=seat.username,
        display_name=seat.name,
        password=password,
        person_id=seat.person_id,
        actor=SYSTEM,
        now=now,
    )
    grant_role(
        account_id=account.pk,
        role=seat.role,
        region_code=seat.region,
        organisation_code=seat.organisation,
        actor=SYSTEM,
        now=now,
    )


def _seat(entry: Mapping[str, Any], on: date) -> Seat:
    person = (
        PEOPLE[entry["person"]](on).order_by("id")[0] if "person" in entry else None
    )
    union = _UNIONS[entry["organisation"]]() if "organisation" in entry else None
    return Seat(
        username=entry["username"],
        name=person.name if person else entry["name"],
        role=Role(entry["role"]),
        says=entry["says"],
        region=entry.get("region", ""),
        organisation=union.code if union else "",
        person_id=person.pk if person else None,
    )


def _working_at(**employer: object) -> QuerySet[Person]:
    conditions = {f"employments__organisation__{k}": v for k, v in employer.items()}
    return Person.objects.filter(employments__valid_to__isnull=True, **conditions)


def _lanxi_farmers() -> QuerySet[Person]:
    return _working_at(region__code__startswith=LANXI, industry__startswith="A")


def _makers(on: date) -> QuerySet[Person]:
    """Young makers first, so that the example stays one for long."""
    young = years_before(on, 35)
    return _lanxi_farmers().filter(education__in=_college(), birth_on__gt=young)


def _nearly_makers(on: date) -> QuerySet[Person]:
    limit = years_before(on, OLDEST_MAKER + 1)
    return _lanxi_farmers().filter(education__in=_college(), birth_on__lte=limit)


def _skilled(_on: date) -> QuerySet[Person]:
    return _working_at(region__code__startswith=TIANTAI, is_above_scale=True).filter(
        credentials__grade__gte=4, memberships__valid_to__isnull=True
    )


def _college() -> list[str]:
    codes = Person.objects.order_by().values_list("education", flat=True).distinct()
    return [code for code in codes if code.startswith(COLLEGE)]


def _lanxi_farm_union() -> Organisation:
    """Return the union of a farming employer."""
    return _employers_union(region__code__startswith=LANXI, industry__startswith="A")


def _tiantai_large_union() -> Organisation:
    return _employers_union(region__code__startswith=TIANTAI, is_above_scale=True)


def pujiang_unions() -> list[Organisation]:
    """Return the unions that come to Pujiang's window, in the order in which they do."""
    rows = Organisation.objects.filter(
        kind__in=(OrganisationKind.GRASSROOTS_UNION, OrganisationKind.JOINT_UNION),
        region__code__startswith=PUJIANG,
    )
    return list(rows.order_by("pk"))


def _pujiang_union() -> Organisation:
    """Return one whose certificate ends soon (window.yaml: the third of them)."""
    return pujiang_unions()[2]


def _employers_union(**employer: object) -> Organisation:
    return _employers_unions(**employer)[0]


def _employers_unions(**employer: object) -> QuerySet[Organisation]:
    conditions = {f"employer__{key}": value for key, value in employer.items()}
    return Organisation.objects.filter(**conditions).order_by("id")


PEOPLE: Mapping[str, Callable[[date], QuerySet[Person]]] = {
    "maker": _makers,
    "nearly_maker": _nearly_makers,
    "skilled": _skilled,
}
_UNIONS: Mapping[str, Callable[[], Organisation]] = {
    "lanxi_farm_union": _lanxi_farm_union,
    "tiantai_large_union": _tiantai_large_union,
    "pujiang_union": _pujiang_union,
}


def _write_text(seats: Sequence[Seat], password: str, on: date) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    roster = folder() / "roster.xlsx"
    employer = _lanxi_farm_union().employer
    sample = draw_roster(
        rows=ROSTER_ROWS,
        seed=ROSTER_SEED,
        faulty=ROSTER_FAULTS,
        employers=[Employer(None, sector_of(employer.industry if employer else ""))],
        division=LANXI,
        on=on,
    )
    known = write_roster(sample, roster)
    wide = max(len(seat.username) for seat in seats)
    lines = [
        f"  {seat.username:<{wide}}  {seat.says['zh']}\n  {'':<{wide}}  {seat.says['en']}"
        for seat in seats
    ]
    text = (
        (DATA / "sign_in.txt")
        .read_text("utf-8")
        .format(
            password=password,
            accounts="\n".join(lines),
            rows=ROSTER_ROWS,
            faults=len(sample.faults),
            roster=roster,
            known=known,
        )
    )
    path = sign_in_text()
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")
