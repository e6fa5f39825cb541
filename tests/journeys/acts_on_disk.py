"""What people do in a day, in a deployment of its own whose disk is looked at after.

    python -m tests.journeys.acts_on_disk KNOWN

KNOWN: a file outside the deployment that is told, one a line, every identity number and
phone that came into it, and the rows of every table as the database gives them out.
"""

import json
import sys
from pathlib import Path
from unittest import mock

import django

PASSWORD = "Walking-the-day-1"
TYPED_BY_STRANGERS = ("15400001111", "330781199001011234")
NEW_PHONE = "15400002222"
MISTYPED_PHONE = "154000033331"
OFFICER, WORKER = "image.officer", "image.worker"


def main(known):
    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("demo_load", scale=0.002)
    setup_test_environment()
    person = people()[0]
    roster = next((Path(settings().VAR) / "demo").glob("roster.xlsx"))
    in_roster = numbers_of(roster)
    officer, worker, stranger = (
        Client(raise_request_exception=False) for _each in range(3)
    )
    open_accounts(person)
    come_in(stranger, officer, worker)
    search_by_number(officer, person)
    change_the_phone(officer, person)
    hand_in(officer, roster)
    take_lists_out(officer, person)
    use_the_portal(worker)
    break_down(officer, person)
    call_command("worker", until_idle=True)
    numbers = {*TYPED_BY_STRANGERS, NEW_PHONE, *in_roster, *numbers_on_record()}
    write = {"numbers": sorted(numbers), "rows": rows_as_text()}
    Path(known).write_text(json.dumps(write), "utf-8")


def settings():
    from django.conf import settings

    return settings


def people():
    from jiangxin.kernel.register.models import Person

    return Person.objects.exclude(phone_index="").filter(
        employments__valid_to=None, region_code__startswith="330781"
    )


def employer(person):
    return person.employments.get(valid_to=None).organisation


def numbers_of(roster):
    from tests.journeys.reading import numbers_in_workbook

    return numbers_in_workbook(roster.read_bytes())


def open_accounts(person):
    from django.utils import timezone

    from jiangxin.foundation.actor import SYSTEM
    from jiangxin.kernel.access.operations.accounts import create_account
    from jiangxin.kernel.access.operations.grants import grant_role

    for username, roles, place in (
        (OFFICER, ("federation_officer", "town_union_clerk"), "330781"),
        (WORKER, ("worker",), ""),
    ):
        account = create_account(
            username=username,
            display_name=username,
            password=PASSWORD,
            person_id=person.pk if username == WORKER else None,
            actor=SYSTEM,
            now=timezone.now(),
        )
        for role in roles:
            grant_role(
                account_id=account.pk,
                role=role,
                region_code=place,
                actor=SYSTEM,
                now=timezone.now(),
            )


def sign_in(client, username, password=PASSWORD):
    return client.post("/sign-in/", {"username": username, "password": password})


def come_in(stranger, officer, worker):
    """People type their phone for a name, and anything for a password."""
    for typed in TYPED_BY_STRANGERS:
        sign_in(stranger, typed, typed)
        sign_in(stranger, OFFICER, typed)
    for client, username in ((officer, OFFICER), (worker, WORKER)):
        assert sign_in(client, username).status_code == 302, username


def search_by_number(officer, person):
    for typed in (person.id_number, person.phone, person.id_number[-4:]):
        answer = officer.get("/desk/people/", {"q": typed})
        assert answer.status_code in {200, 302}, answer.status_code
    officer.get(f"/desk/people/{person.phone}/")
    officer.get(f"/desk/nothing/{person.id_number}/")


def change_the_phone(officer, person):
    from datetime import date

    address = f"/desk/people/{person.pk}/change/"
    facts = {"name": person.name, "effective_on": date.today()}  # noqa: DTZ011 -- of this machine
    refused = officer.post(address, {**facts, "phone": MISTYPED_PHONE})
    assert refused.status_code == 200
    changed = officer.post(address, {**facts, "phone": NEW_PHONE})
    assert changed.status_code == 302, changed.status_code
    known_already = {
        **facts,
        "id_number": person.id_number,
        "phone": person.phone,
        "employer": employer(person).code,
    }
    assert officer.post("/desk/people/new/", known_already).status_code == 200


def hand_in(officer, roster):
    from datetime import date

    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from jiangxin.kernel.register.models import RosterImport

    handed_in = officer.post(
        "/desk/rosters/new/",
        {
            "organisation": employer(people()[0]).code,
            "effective_on": date.today(),  # noqa: DTZ011 -- of this machine
            "file": SimpleUploadedFile("r.xlsx", roster.read_bytes()),
        },
    )
    assert handed_in.status_code == 302, handed_in.content.decode()
    call_command("worker", until_idle=True)
    made = RosterImport.objects.latest("pk")
    officer.get(f"/desk/rosters/{made.pk}/")
    confirmed = officer.post(f"/desk/rosters/{made.pk}/confirm/")
    assert confirmed.status_code == 302
    call_command("worker", until_idle=True)


def take_lists_out(officer, person):
    for kind in ("xlsx", "csv"):
        asked = {"export": kind, "reason": "for the file", "q": person.name[0]}
        answer = officer.get("/desk/people/", asked)
        assert b"".join(answer.streaming_content)
    shown = officer.post(
        f"/desk/people/{person.pk}/show/",
        {"value": "id_number", "purpose": "contact", "note": "to call back"},
    )
    assert person.id_number in shown.content.decode()


def use_the_portal(worker):
    for path in ("/portal/", "/portal/record/", "/portal/privacy/"):
        assert worker.get(path).status_code == 200
    for kind in ("json", "xlsx"):
        copy = worker.post("/portal/privacy/copy/", {"format": kind})
        assert copy.status_code == 200
    asked = {"kind": "correction", "text": f"My phone is {NEW_PHONE} now"}
    assert worker.post("/portal/privacy/request/", asked).status_code == 302


def break_down(officer, person):
    """A fault whose own words hold a number, of a page that was asked for one."""
    words = f"cannot find {person.id_number} / {person.phone}"
    place = "jiangxin.kernel.register.views.people.listing_page"
    with mock.patch(place, side_effect=RuntimeError(words)):
        answer = officer.get("/desk/people/", {"q": "王"})
    assert answer.status_code == 500


def numbers_on_record():
    from jiangxin.kernel.register.models import Person, PersonPast

    for model in (Person, PersonPast):
        for row in model._base_manager.all():
            yield from filter(None, (row.phone, getattr(row, "id_number", "")))


def rows_as_text():
    """Every row of every table and every session, opened."""
    from django.contrib.sessions.models import Session
    from django.db import connection

    texts = [str(session.get_decoded()) for session in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our own names
            texts += [f"{table} {row}" for row in cursor.fetchall()]
    return texts


if __name__ == "__main__":
    main(*sys.argv[1:])
