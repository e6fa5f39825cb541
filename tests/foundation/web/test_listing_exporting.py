import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jiangxin.foundation.web.listing import Column, ExportKeeper, keeping
from jiangxin.foundation.web.listing.exporting import (
    FORMULA_STARTS,
    _headings,
    neutral,
)
from tests.foundation.web.addresses import ACCOUNTS

FORMULA = '=HYPERLINK("http://elsewhere.example","prize")'


def body(response):
    return b"".join(response)


@pytest.fixture
def account(django_user_model, now):
    def made(name):
        return django_user_model.objects.create(
            username=name[:9], display_name=name, created_at=now, person_id=len(name)
        )

    return made


@given(st.text())
def test_no_text_is_ever_a_formula(text):
    assert not str(neutral(text)).lstrip(" ").startswith(FORMULA_STARTS)


@given(st.text().filter(lambda text: not text.lstrip(" ").startswith(FORMULA_STARTS)))
def test_harmless_text_is_left_alone(text):
    assert neutral(text) == text


@pytest.mark.parametrize(
    ("value", "exported"),
    [
        (-5, -5),
        (None, None),
        (True, "yes"),
        (False, "no"),
        (Decimal("1.50"), 1.5),
        (date(2026, 11, 22), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 1, tzinfo=UTC), datetime(2026, 11, 22, 9)),  # noqa: DTZ001 -- a workbook knows no zones
        ("-5", "'-5"),
        ("＝1+1", "'＝1+1"),
    ],
)
def test_values_keep_their_type(value, exported):
    assert neutral(value) == exported


def test_columns_of_one_name_are_told_apart():
    columns = [Column(key, "Grade") for key in "abc"]
    assert _headings(columns) == ["Grade", "Grade (2)", "Grade (3)"]


@pytest.mark.django_db
def test_workbook_holds_what_the_filters_leave(client, account):
    account(FORMULA)
    account("Wang")
    response = client.get("/accounts/?export=xlsx&q=HYPER&page=9")
    assert response["Content-Disposition"].startswith('attachment; filename="accounts-')
    sheet = load_workbook(BytesIO(body(response))).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == [
        "Name",
        "Sign-in name",
        "Person",
        "Made",
        "Active",
        "Phone",
    ]
    assert len(rows) == 2
    assert rows[1][0].value == f"'{FORMULA}"
    assert rows[1][2].value == len(FORMULA)
    assert rows[1][3].value == datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 -- as above
    assert rows[1][5].value == "138****0000"
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d", "b"}


@pytest.mark.django_db
def test_text_opens_in_excel_with_its_characters_and_no_formula(client, account):
    account("欧阳建国")
    account(FORMULA)
    text = body(client.get("/accounts/?export=csv")).decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == ["Name", f"'{FORMULA}", "欧阳建国"]
    assert rows[2][3] == "2026-11-23 09:30:00"


@pytest.mark.django_db
def test_empty_list_exports_its_headings(client):
    sheet = load_workbook(BytesIO(body(client.get("/accounts/?export=xlsx")))).active
    assert [cell.value for cell in next(sheet.iter_rows())][:2] == [
        "Name",
        "Sign-in name",
    ]


@pytest.fixture
def personal(monkeypatch):
    monkeypatch.setitem(ACCOUNTS.__dict__, "is_personal", True)


@pytest.mark.django_db
def test_list_about_people_is_handed_to_whoever_keeps_account(
    client, account, personal, monkeypatch
):
    account("Wang")
    kept = []

    def keep(leaving, actor, now):
        kept.append((leaving.list_key, leaving.rows, leaving.filters, actor.label))
        return 12

    keeper = ExportKeeper(rows_without_reason=lambda on: 1, keep=keep)
    monkeypatch.setattr(keeping, "brought", lambda kind: [keeper])
    client.get("/accounts/")
    client.get("/accounts/?export=pdf")
    assert kept == []
    text = body(client.get("/accounts/?export=csv&q=Wang&active=yes")).decode()
    assert "Export no. 12, system, " in text
    searched = [("Search", "(searched)"), ("Active", "yes")]
    assert kept == [("accounts", 1, searched, "system")]


@pytest.mark.django_db
def test_list_about_people_does_not_leave_unaccounted_for(
    client, account, personal, monkeypatch
):
    monkeypatch.setattr(keeping, "brought", lambda kind: [])
    with pytest.raises(ImproperlyConfigured, match="keeps account"):
        client.get("/accounts/?export=csv")
