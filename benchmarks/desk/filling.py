"""A county's window after years: settled matters without number, a thousand or two open.

    python -m benchmarks.desk.filling MATTERS CLERKS FILE

fills up to so many matters, whatever was there before, and writes the session of each
clerk into FILE. As many are open however many are settled. Rows go straight into the
tables, because how they come there is not what is measured.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.db import connection, transaction  # noqa: E402 -- after setup
from django.test import Client  # noqa: E402 -- after setup
from django.utils import timezone  # noqa: E402 -- after setup

from benchmarks.made_register import COUNTIES, make_register  # noqa: E402 -- after setup
from benchmarks.report import Measure, peak_megabytes, print_measure  # noqa: E402 -- as above
from jiangxin.foundation.db import bulk_insert, for_database, reserve_ids  # noqa: E402 -- as above
from jiangxin.kernel.access.enums import Role  # noqa: E402 -- after setup
from jiangxin.kernel.access.models import Account, RoleGrant  # noqa: E402 -- as above
from jiangxin.kernel.matters.enums import ActKind, MatterState  # noqa: E402 -- as above
from jiangxin.kernel.matters.models import Matter, MatterAct  # noqa: E402 -- as above
from jiangxin.kernel.matters.registry import service  # noqa: E402 -- after setup
from jiangxin.kernel.register.enums import OrganisationKind  # noqa: E402 -- as above
from jiangxin.kernel.register.models import Organisation  # noqa: E402 -- as above

# What stands open in a county's queues at once, whatever was settled before.
OPEN = 1_500
SERVICE = "service_window.legal_person_first"
COUNTY = COUNTIES[0]
# The acts of a matter up to where it stands; of what is settled only the two ends.
COURSE = (
    (ActKind.BEGUN, MatterState.DRAFT),
    (ActKind.SUBMITTED, MatterState.SUBMITTED),
    (ActKind.ACCEPTED, MatterState.ACCEPTED),
)
SETTLED_COURSE = (COURSE[1], (ActKind.GRANTED, MatterState.GRANTED))
AT_ONCE = 20_000
NOW = timezone.now().replace(microsecond=0)


@transaction.atomic
def fill(matters: int) -> None:
    there = Matter.objects.count()
    if not there:
        make_register(3_000)
    unions = list(
        Organisation.objects.filter(
            kind=OrganisationKind.GRASSROOTS_UNION, region__code__startswith=COUNTY
        ).values_list("pk", "code", "region_id")
    )
    chance = Random(there)
    for start in range(there, matters, AT_ONCE):
        stop = min(start + AT_ONCE, matters)
        ids = list(reserve_ids(Matter, stop - start))
        drawn = [
            _matter(pk, unions, chance, is_open=n < OPEN)
            for n, pk in enumerate(ids, start)
        ]
        _insert(Matter, drawn)
        _insert(MatterAct, [act for one in drawn for act in _acts(one)])


def _matter(
    pk: int, unions: list[tuple[int, str, str]], chance: Random, *, is_open: bool
) -> dict[str, Any]:
    union, code, region = unions[pk % len(unions)]
    age = chance.randrange(20) if is_open else 30 + chance.randrange(2_000)
    begun = NOW - timedelta(days=age, minutes=chance.randrange(400))
    due = (begun + timedelta(days=15)).date()
    state = MatterState.GRANTED
    if is_open:
        state = chance.choice([MatterState.SUBMITTED, MatterState.ACCEPTED])
    settled = None if is_open else begun + timedelta(days=2)
    return {
        "id": pk,
        "service": SERVICE,
        "service_version": service(SERVICE).version,
        "number": f"{region[:6]}{begun:%Y%m%d}{pk:06}",
        "token": UUID(int=pk),
        "inquiry_code": f"{pk % 10**6:06}",
        "organisation_id": union,
        "region_code": region,
        "organisation_code": code,
        "channel": "online",
        "state": str(state),
        "step": "",
        "version": len(_course(state)),
        "answers_text": "",
        "applicant_label": "bench",
        "contact_name": "",
        "contact_phone": "",
        "agent_label": "",
        "agent_scope": "",
        "assigned_label": "",
        "begun_at": begun,
        "touched_at": begun,
        "submitted_at": begun,
        "accepted_at": None if state == MatterState.SUBMITTED else begun,
        "settled_at": settled,
        "handed_out_to": "",
        "due_on": due,
        "promised_due_on": due,
        "is_due_provisional": False,
        "is_on_time": None if is_open else True,
        "is_deemed": False,
        "visits": 0,
        "reason": "",
    }


def _course(state: str) -> tuple[tuple[ActKind, MatterState], ...]:
    if state == MatterState.GRANTED:
        return SETTLED_COURSE
    return COURSE[:2] if state == MatterState.SUBMITTED else COURSE


def _acts(matter: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for sequence, (kind, state) in enumerate(_course(matter["state"]), 1):
        yield {
            "matter_id": matter["id"],
            "sequence": sequence,
            "kind": str(kind),
            "seen": sequence - 1,
            "sent": "",
            "actor_label": "bench",
            "at": matter["begun_at"],
            "state_after": str(state),
            "step": "",
            "note": "",
            "is_internal": False,
        }


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    by_column = {field.column: field.name for field in model._meta.concrete_fields}
    convert = {c: for_database(model, by_column[c]) for c in columns}
    bulk_insert(model, columns, ([convert[c](row[c]) for c in columns] for row in rows))


def sessions(clerks: int) -> list[str]:
    """Return the session of each of so many clerks of the county."""
    found = []
    for number in range(clerks):
        account = Account.objects.create(
            username=f"clerk{number}", display_name=f"clerk {number}", created_at=NOW
        )
        RoleGrant.objects.create(
            account=account,
            role=Role.FEDERATION_OFFICER,
            region_code=COUNTY,
            valid_from=date(2026, 1, 1),
        )
        client = Client()
        client.force_login(account)
        found.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return found


def main() -> None:
    matters, clerks, file = sys.argv[1:]
    begun = time.perf_counter()
    fill(int(matters))
    if not Path(file).exists():
        Path(file).write_text(json.dumps(sessions(int(clerks))))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    took = time.perf_counter() - begun
    print_measure(Measure("fill", int(matters), took, peak_megabytes()))


if __name__ == "__main__":
    main()
