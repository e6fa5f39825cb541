from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from jiangxin.foundation.web.listing.columns import Column, cell, display

ROW = SimpleNamespace(
    name="Wang",
    town=SimpleNamespace(name="Youbu"),
    employer=None,
    get_grade_display=lambda: "senior",
)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (Column("name", "Name"), "Wang"),
        (Column("town", "Town", "town.name"), "Youbu"),
        (Column("employer", "Employer", "employer.name"), None),
        (Column("grade", "Grade", "get_grade_display"), "senior"),
        (Column("both", "Both", lambda row: row.name + row.town.name), "WangYoubu"),
    ],
)
def test_column_reads_by_path_call_or_function(column, value):
    assert column.read(ROW) == column.for_export(ROW) == value


def test_column_may_export_another_value():
    column = Column("name", "Name", export="town.name")
    assert (column.read(ROW), column.for_export(ROW)) == ("Wang", "Youbu")


def test_cell_knows_where_it_leads():
    column = Column("name", "Name", link=lambda row: f"/{row.name}/")
    assert cell(column, ROW).url == "/Wang/"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (74000, "74,000"),
        (0, "0"),
        ("text", "text"),
        (1.5, "1.5"),
    ],
)
def test_values_are_shown_as_people_write_them(value, shown):
    assert display(value) == shown


def test_moments_are_shown_on_the_federations_clock():
    early = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert "23" in display(early)
    assert display(date(2026, 11, 22)) != display(early)


@pytest.mark.parametrize(
    ("value", "is_whole"),
    [
        (date(2026, 11, 22), True),
        ("Y000033990002264000841", True),
        ("职业技能等级证书", True),
        ("兰溪职业技能等级认定机构", False),
        ("Secondary school", False),
        (74_000, True),
    ],
)
def test_days_codes_and_short_words_are_not_broken(value, is_whole):
    assert cell(Column("it", "It", value=lambda _row: value), None).is_whole is is_whole
