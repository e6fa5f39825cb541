import csv

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.ids.certificate_number import LEVEL_BY_RANK
from jiangxin.foundation.ids.occupation_code import check_occupation_code
from jiangxin.kernel.register import classifications
from jiangxin.kernel.register.classifications import (
    education_from_text,
    education_name,
    education_names,
    industry_from_text,
    industry_name,
    occupation_from_text,
    occupation_name,
    ownership_from_text,
    scale_from_text,
    skill_grade_from_text,
    skill_grade_name,
    skill_grade_names,
)
from jiangxin.kernel.register.enums import Ownership, Scale

LISTS = {
    "industries": classifications.industries,
    "education": classifications.education,
    "occupations": classifications.occupations,
    "skill_grades": classifications.skill_grades,
    "scales": classifications._scales,
    "ownership": classifications._ownership,
}


def rows_of(name):
    path = classifications.DATA / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_complete_and_there_once(name):
    entries = LISTS[name]().entries
    assert len(entries) == len(rows_of(name))
    for entry in entries.values():
        assert entry.name_zh
        assert entry.name_en.isascii()
        assert entry.source


@pytest.mark.parametrize("name", LISTS)
def test_every_word_of_a_list_is_understood(name):
    lists = LISTS[name]()
    for entry in lists.entries.values():
        for word in (entry.name_zh, entry.name_en, *entry.synonyms):
            # A division may bear the name of its section; the section is meant then.
            assert lists.from_text(f" {word} ") is not None
            assert entry.code.startswith(lists.from_text(word))


def test_industries_are_complete_to_two_digits():
    codes = list(classifications.industries().entries)
    sections = [code for code in codes if len(code) == 1]
    divisions = [code for code in codes if len(code) == 3]
    assert "".join(sections) == "ABCDEFGHIJKLMNOPQRST"
    assert [int(code[1:]) for code in divisions] == list(range(1, 98))
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [
        (
            "A",
            "农、林、牧、渔业",
            "Agriculture, forestry, animal husbandry and fishery",
        ),
        ("A0141", "农业", "Crop farming"),
        ("C348", "通用设备制造业", "Manufacture of general-purpose machinery"),
        ("Z9", "Z9", "Z9"),
        ("", "", ""),
    ],
)
def test_an_industry_is_named_after_its_division(code, chinese, english):
    assert industry_name(code, "zh-hans") == chinese
    assert industry_name(code, "en") == english


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("纺织业", "C17"),
        ("c17", "C17"),
        ("Ａ0141", "A0141"),
        ("农、林、牧、渔业", "A"),
        ("教育", "P"),
        ("A99", None),
        ("A9912", None),
        ("", None),
    ],
)
def test_industries_are_understood(text, code):
    assert industry_from_text(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("大专", "31"),
        ("大学专科", "31"),
        ("大专（专科）", "31"),
        (" 本 科 ", "21"),
        ("硕士", "14"),
        ("研究生", "10"),
        ("中专/中技", None),
        ("中专", "41"),
        ("技校", "47"),
        ("３１", "31"),
        ("本科/大专", None),
        ("01", None),
        ("", None),
    ],
)
def test_education_is_understood(text, code):
    assert education_from_text(text) == code


def test_education_is_named():
    assert education_name("31", "zh-hans") == "大学专科毕业"
    assert education_name("31", "en") == "College diploma"
    assert education_name("99", "en") == "99"
    assert "大学本科毕业" in education_names("zh-hans")
    assert "大学本科肄业" not in education_names("zh-hans")


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("学徒工", 0),
        ("五级/初级工", 1),
        ("中级工（四级）", 2),
        ("高级工", 3),
        ("三级", 3),
        ("高级技师", 5),
        ("技师", 4),
        ("二级/技师", 4),
        ("特级技师", 6),
        ("首席技师", 7),
        ("Senior technician", 5),
        ("四级/高级工", None),
        ("3", None),
        ("高级工程师", None),
        ("", None),
    ],
)
def test_skill_grades_are_understood(text, rank):
    assert skill_grade_from_text(text) == rank


def test_skill_grades_run_from_apprentice_to_chief():
    assert len(skill_grade_names("zh-hans")) == 8
    assert skill_grade_name(0, "zh-hans") == "学徒工"
    assert skill_grade_name(7, "en") == "Chief technician"


def test_the_digit_on_certificates_agrees_with_the_check_of_their_numbers():
    levels = {
        int(row["rank"]): row["legacy_level"]
        for row in rows_of("skill_grades")
        if row["legacy_level"]
    }
    assert levels == LEVEL_BY_RANK


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("车工", "6-18-01-01"),
        ("数控车工", "6-18-01-01"),
        ("电工（维修电工）", "6-31-01-03"),
        ("焊工（二保焊）", "6-18-02-04"),
        ("6180204", "6-18-02-04"),
        ("6-18-02-04 焊工", "6-18-02-04"),
        ("6-99-99-99", "6-99-99-99"),
        ("外卖骑手", "4-02-07-10"),
        ("班组长", None),
        ("", None),
    ],
)
def test_occupations_are_understood(text, code):
    assert occupation_from_text(text) == code


def test_every_occupation_has_a_sound_code():
    for code in classifications.occupations().entries:
        assert check_occupation_code(code).code == code
    assert occupation_name("6-18-01-01", "zh-hans") == "车工"
    assert occupation_name("6-99-99-99", "en") == "6-99-99-99"


def test_scales_and_ownership_are_those_of_the_register():
    assert set(LISTS["scales"]().entries) == set(Scale.values)
    assert set(LISTS["ownership"]().entries) == set(Ownership.values)
    assert scale_from_text("中型企业") == Scale.MEDIUM
    assert scale_from_text("巨型") is None
    assert ownership_from_text("港澳台资") == Ownership.HMT
    assert ownership_from_text("") is None


def test_names_follow_the_language_that_is_active():
    with translation.override("zh-hans"):
        assert occupation_name("6-18-02-04") == "焊工"
    with translation.override("en"):
        assert occupation_name("6-18-02-04") == "Welder"


@given(st.text())
def test_no_text_is_too_odd_to_be_looked_up(text):
    for understand in (
        education_from_text,
        industry_from_text,
        occupation_from_text,
        ownership_from_text,
        scale_from_text,
        skill_grade_from_text,
    ):
        understand(text)


def test_a_word_with_two_meanings_is_a_fault_of_the_list(tmp_path, monkeypatch):
    (tmp_path / "twice.csv").write_text(
        "code,name_zh,name_en,synonyms,source\n1,甲,One,x,s\n2,乙,Two,X,s\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(classifications, "DATA", tmp_path)
    with pytest.raises(ValueError, match="means 1 and 2"):
        classifications._read("twice")
