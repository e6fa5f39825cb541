import fastexcel
import pytest
from django.utils.translation import override

from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.models import Employment, Person
from jiangxin.kernel.register.roster import preparing
from jiangxin.kernel.register.roster.checking import _sexes
from jiangxin.kernel.register.roster.columns import recognise
from jiangxin.kernel.register.roster.facets import all_columns
from jiangxin.kernel.register.roster.files import read_roster, refusals_of
from jiangxin.kernel.register.roster.workbook import refused_workbook, template_workbook
from tests.kernel.register.roster.making import (
    counted,
    id_number,
    read_sheet,
    row,
    workbook,
    written,
)

LANGUAGES = ["zh-hans", "en"]


def handed_back(roster):
    return refused_workbook(read_roster(roster), refusals_of(roster), roster.mapping)


@pytest.mark.django_db
def test_refused_rows_come_back_as_they_were_with_row_and_reason(world):
    roster = world.checked(row(1), row(2, phone="123", sex="?"), row(3))
    with override("en"):
        content = handed_back(roster)
        headings, *rows = read_sheet(content)
    assert fastexcel.read_excel(content).sheet_names == ["Refused rows"]
    assert headings[:-2] == list(roster.headings)
    assert headings[-2:] == ["Row in the file", "Why it was refused"]
    [cells] = rows
    assert cells[:2] == ["测试三", id_number(2)]
    number, reasons = cells[-2:]
    assert number == "3"
    assert "性别: This is no sex the register knows." in reasons
    assert "手机号码: A mobile number has 11 digits; this has 3." in reasons


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corrected_workbook_is_taken_as_it_came_back(world, language):
    odd = row(1, phone="123", post="=1+1", employer="E1", remark="keep")
    roster = world.checked(odd)
    with override(language):
        headings, cells = read_sheet(handed_back(roster))
    corrected = dict(zip(headings, cells, strict=True))
    assert corrected["岗位"] == "'=1+1"  # no spreadsheet runs it
    corrected["手机号码"] = "15400000001"
    again = world.write(content=written([corrected]))
    assert counted(again) == (1, 0, 0, 0)
    assert Employment.objects.get().post == "=1+1"
    assert Person.objects.get().phone == "15400000001"


@pytest.mark.django_db
def test_what_is_still_wrong_comes_back_with_one_reason_column_only(world):
    roster = world.checked(row(1, phone="123"))
    with override("en"):
        once = handed_back(roster)
        again = world.checked(content=once, name="refused.xlsx")
        headings, cells = read_sheet(handed_back(again))
    assert headings.count("Why it was refused") == 1
    assert cells[-2] == "2"


@pytest.mark.django_db
def test_csv_comes_back_as_a_workbook_with_every_cell(world):
    text = f"姓名,证件号码,备注,备注,\n王芳,{id_number()[:-1]}?,甲,乙,丙\n"
    roster = world.checked(content=text.encode(), name="a.csv", of=world.employers[0])
    headings, cells = read_sheet(handed_back(roster))
    assert headings[:5] == ["姓名", "证件号码", "备注", "备注 (2)", "(5)"]
    assert cells[2:5] == ["甲", "乙", "丙"]


@pytest.mark.django_db
def test_a_roster_without_refused_rows_comes_back_empty(world):
    assert read_sheet(handed_back(world.checked(row(1)))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_of_the_template_is_recognised(language):
    columns = all_columns()
    with override(language):
        [headings] = read_sheet(template_workbook())
    assert list(recognise(headings, columns)) == [column.key for column in columns]
    assert [c.title_in(language) for c in columns] == headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_template_is_understood(language):
    with override(language):
        _headings, *words = read_sheet(template_workbook(), number=1)
    sexes, educations, grades = (
        {text for text in column if text} for column in zip(*words, strict=True)
    )
    assert {_sexes()[text.lower()] for text in sexes} == {"1", "2"}
    assert all(classifications.education_from_text(text) for text in educations)
    ranks = {classifications.skill_grade_from_text(text) for text in grades}
    assert ranks == set(range(8))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_means_two_columns(language):
    claimed = {}
    for column in all_columns():
        for heading in column.headings:
            assert claimed.setdefault(heading.casefold(), column.key) == column.key


def test_an_english_roster_is_read_as_a_chinese_one():
    tables = [
        preparing.read(workbook(row(), language=one), "a.xlsx") for one in LANGUAGES
    ]
    mappings = [preparing.choose(table.headings, None) for table in tables]
    assert mappings[0].keys() == mappings[1].keys()
    assert tables[0].rows.equals(tables[1].rows)
