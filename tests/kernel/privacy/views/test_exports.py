import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.privacy.models import PersonalDataExport

pytestmark = pytest.mark.django_db
PEOPLE = "/desk/people/"
REASON = {"reason": "Check-up in December"}


@pytest.fixture
def bound(monkeypatch):
    def set_to(rows):
        monkeypatch.setattr(
            "jiangxin.kernel.privacy.operations.exports.limit", lambda key, on: rows
        )

    return set_to


@pytest.fixture
def large(person, bound):
    bound(0)


def content(response):
    return b"".join(response)


def test_small_list_leaves_at_once_and_is_recorded(as_officer, person):
    response = as_officer.get(PEOPLE, {"export": "csv", "sex": "2"})
    rows = list(csv.reader(StringIO(content(response).decode("utf-8-sig"))))
    kept = PersonalDataExport.objects.get()
    assert (kept.list_key, kept.rows, kept.format, kept.reason) == (
        "people",
        len(rows) - 1,
        "csv",
        "",
    )
    assert kept.exported_by_label == "Officer"
    event = events_of(f"export:{kept.pk}").get()
    assert event.kind == "privacy.personal_data_exported"


def test_large_list_asks_for_a_reason_first(as_officer, large):
    response = as_officer.get(PEOPLE, {"export": "xlsx"})
    assert "Why is this list needed?" in response.content.decode()
    assert "The list has 1 rows" in response.content.decode()
    assert not PersonalDataExport.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "x", "x" * 201])
def test_without_a_reason_nothing_leaves(as_officer, large, reason):
    response = as_officer.post(f"{PEOPLE}?export=xlsx", {"reason": reason})
    assert "reason" in response.context["form"].errors
    assert not PersonalDataExport.objects.exists()


def test_reason_is_kept_and_the_filters_hold(as_officer, large):
    response = as_officer.post(f"{PEOPLE}?export=csv&sex=2", REASON)
    rows = list(csv.reader(StringIO(content(response).decode("utf-8-sig"))))
    assert len(rows) == 1  # the one person is a man
    assert not PersonalDataExport.objects.exclude(rows=0).exists()
    content(as_officer.post(f"{PEOPLE}?export=csv&sex=1", REASON))
    kept = PersonalDataExport.objects.get(rows=1)
    assert kept.reason == REASON["reason"]
    assert [label for label, _value in kept.filters] == ["Sex"]


def test_bound_itself_needs_no_reason(as_officer, person, bound):
    bound(1)
    assert as_officer.get(PEOPLE, {"export": "csv"})["Content-Type"].startswith(
        "text/csv"
    )


def test_words_searched_for_are_not_kept(as_officer, person):
    content(as_officer.get(PEOPLE, {"export": "csv", "q": "王芳"}))
    kept = PersonalDataExport.objects.get()
    assert kept.filters == [["Search", "(searched)"]]


def test_workbook_carries_who_when_and_its_number(as_officer, large):
    response = as_officer.post(f"{PEOPLE}?export=xlsx", REASON)
    kept = PersonalDataExport.objects.get()
    assert f"-{kept.pk}.xlsx" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    book = load_workbook(BytesIO(content(response)))
    people, origin = book.worksheets
    mark = f"Export no. {kept.pk}, Officer, "
    for sheet in (people, origin):
        assert sheet.oddHeader.center.text.startswith(mark)
        assert sheet.oddFooter.center.text.startswith(mark)
    rows = {row[0]: row[1] for row in origin.iter_rows(values_only=True)}
    assert rows["Origin of this file"].startswith(mark)
    assert rows["Reason"] == REASON["reason"]
    assert rows["List"] == "People"
    assert people.max_row == 2


def test_each_line_of_text_carries_it_in_the_last_column(as_officer, person):
    response = as_officer.get(PEOPLE, {"export": "csv"})
    kept = PersonalDataExport.objects.get()
    assert f"-{kept.pk}.csv" in response["Content-Disposition"]
    heading, *rows = csv.reader(StringIO(content(response).decode("utf-8-sig")))
    assert heading[-1] == "Origin of this file"
    assert all(row[-1].startswith(f"Export no. {kept.pk}, Officer, ") for row in rows)


def test_nothing_whole_leaves_that_is_masked_on_the_screen(as_officer, person):
    for kind in ("csv", "xlsx"):
        response = as_officer.get(PEOPLE, {"export": kind})
        assert person.id_number.encode() not in content(response)


@pytest.mark.parametrize("path", ["/desk/credentials/", "/desk/people/"])
def test_lists_about_people_are_all_recorded(as_officer, person, path):
    content(as_officer.get(path, {"export": "csv"}))
    assert PersonalDataExport.objects.count() == 1
