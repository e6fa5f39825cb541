from datetime import date

import polars as pl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.kernel.register.models import RosterRefusal
from jiangxin.kernel.register.roster.context import AMBIGUOUS, plain_name
from jiangxin.kernel.register.roster.facets import all_columns
from jiangxin.kernel.register.roster.problems import TEXTS, sentence
from tests.kernel.register.roster.making import (
    EMPLOYERS,
    certificate,
    checked,
    found,
    id_number,
    row,
    with_certificate,
)

# Those that only the register knows of: tests of comparing, and of credentials.
ASKED_OF_THE_REGISTER = {
    "name_differs",
    "more_trusted_kept",
    "register_is_newer",
    "joined_on_differs",
    "certificate_of_another",
    "certificate_differs",
    "certificate_not_valid",
}
REFUSED = [
    ("name", "missing", {"name": None}, {"name": "王芳"}),
    ("id_number", "missing", {"id_number": None}, {}),
    ("name", "too_long", {"name": "王" * 65}, {"name": "王" * 64}),
    ("post", "too_long", {"post": "x" * 65}, {"post": "x" * 64}),
    ("sex", "sex_unknown", {"sex": "未知"}, {"sex": "男"}),
    ("sex", "sex_contradicts_id", {"sex": "女"}, {"sex": " Ｍ "}),
    ("birth_on", "date_unreadable", {"birth_on": "某日"}, {"birth_on": "1990/5/1"}),
    ("birth_on", "date_incomplete", {"birth_on": "1990.05"}, {"birth_on": "19900501"}),
    ("birth_on", "birth_contradicts_id", {"birth_on": "1990-05-02"}, {}),
    ("education", "education_unknown", {"education": "很高"}, {"education": "大专"}),
    ("employer", "employer_missing", {"employer": None}, {}),
    ("employer", "employer_unknown", {"employer": "别处"}, {"employer": EMPLOYERS[2]}),
    ("started_on", "date_unreadable", {"started_on": "2020-02-30"}, {}),
    ("started_on", "date_incomplete", {"started_on": "2020年7月"}, {}),
    ("started_on", "date_in_future", {"started_on": "2026-11-24"}, {}),
    (
        "started_on",
        "date_in_future",
        {"started_on": "2099-01-01"},
        {"started_on": "2026-11-23"},
    ),
    (
        "joined_on",
        "date_too_early",
        {"joined_on": "1990-04-30"},
        {"joined_on": "1990-05-01"},
    ),
    ("phone", "ids.phone.landline", {"phone": "0579-88881234"}, {"phone": None}),
    (
        "phone",
        "ids.phone.wrong_length",
        {"phone": "1540000"},
        {"phone": "+86 154 0000 0009"},
    ),
    (
        "skill_grade",
        "grade_unknown",
        {"skill_grade": "很熟练"},
        {"skill_grade": "高级工"},
    ),
    ("skill_grade", "grade_missing", {"certificate_number": certificate()}, {}),
    (
        "certificate_issuer",
        "too_long",
        {"certificate_issuer": "x" * 129},
        {"certificate_issuer": "x" * 128},
    ),
    (
        "certificate_issued_on",
        "date_in_future",
        {"certificate_issued_on": "2027-01-01"},
        {"certificate_issued_on": "2026-01-01"},
    ),
    (
        "certificate_number",
        "ids.certificate_number.other_grade",
        {"skill_grade": "技师", "certificate_number": certificate(rank=3)},
        {"skill_grade": "高级工", "certificate_number": certificate(rank=3)},
    ),
    (
        "certificate_number",
        "ids.certificate_number.issued_before_number",
        {
            "skill_grade": "高级工",
            "certificate_number": certificate(rank=3, year=2022),
            "certificate_issued_on": "2021-12-31",
        },
        {},
    ),
]
WARNED = [
    (
        "occupation",
        "occupation_unknown",
        {"occupation": "说不清的活"},
        {"occupation": "6-18-01-01"},
    ),
    (
        "joined_on",
        "no_union",
        {"employer": EMPLOYERS[3], "joined_on": "2020-01-01"},
        {"joined_on": "2020-01-01"},
    ),
]


def problems_of(prepared, number):
    return {problem[1:] for problem in found(prepared) if problem[0] == number}


@pytest.mark.parametrize(("column", "code", "wrong", "right"), REFUSED)
def test_a_row_is_refused_for_what_is_wrong_and_the_row_beside_it_is_not(
    column, code, wrong, right
):
    prepared = checked(row(1, **wrong), row(2, **right))
    assert problems_of(prepared, 2) == {(column, code, False)}
    assert problems_of(prepared, 3) == set()
    assert prepared.accepted["row"].to_list() == [3]


@pytest.mark.parametrize(("column", "code", "odd", "plain"), WARNED)
def test_a_row_is_warned_of_and_accepted_all_the_same(column, code, odd, plain):
    prepared = checked(row(1, **odd), row(2, **plain))
    assert found(prepared) == {(2, column, code, True)}
    assert prepared.accepted.height == 2


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("3307811", "wrong_length"),
        ("330781900501123", "fifteen_digits"),
        ("3.30781E+17", "lost_digits"),
        ("3307**********1234", "masked"),
        ("330781199005O10011", "bad_character"),
        ("330781199002300011", "no_such_date"),
        ("330781209902100011", "born_in_future"),
        (id_number()[:17] + "?", "bad_character"),
    ],
)
def test_an_id_number_is_refused_for_its_own_reason(number, code):
    prepared = checked(row(1, id_number=number), row(2))
    assert found(prepared) == {(2, "id_number", f"ids.resident_id.{code}", False)}


def test_made_up_people_are_refused_outside_demonstrations():
    prepared = checked(row(), allow_demonstration=False)
    assert found(prepared) == {(2, "id_number", "ids.resident_id.demonstration", False)}


def test_every_problem_of_a_row_is_said():
    prepared = checked(row(name=None, sex="?", phone="12", education="?"))
    assert {problem[1] for problem in found(prepared)} == {
        "name",
        "sex",
        "phone",
        "education",
    }


def test_an_employer_of_a_name_that_two_have_is_asked_for_by_code():
    employers = {plain_name(EMPLOYERS[1]): AMBIGUOUS, "E1": 1}
    prepared = checked(row(1), row(2, employer="e1"), employers=employers)
    assert found(prepared) == {(2, "employer", "employer_ambiguous", False)}


def test_a_row_without_employer_is_of_the_rosters_own():
    prepared = checked(row(employer=None), own_employer_id=2)
    assert prepared.accepted["employer_id"].to_list() == [2]


def test_the_second_row_of_a_person_names_the_first():
    prepared = checked(row(1), row(2), row(1, phone=None))
    assert found(prepared) == {(4, "id_number", "duplicate_row", False)}
    values = prepared.problems.frame()["values"].item()
    assert values == '{"other_row": 2}'


def test_the_second_row_of_a_certificate_names_the_first():
    prepared = checked(with_certificate(1), with_certificate(2, serial=1))
    assert found(prepared) == {(3, "certificate_number", "certificate_repeated", False)}


def test_an_occupation_that_is_not_known_is_kept_as_the_post():
    rows = checked(
        row(1, occupation="说不清的活"), row(2, occupation="说不清的活", post="组长")
    ).accepted
    assert rows["post"].to_list() == ["说不清的活", "组长"]


def test_a_members_union_is_that_of_the_employer_or_else_the_rosters_own():
    joined = row(joined_on="2020-01-01")
    assert checked(joined).accepted["union_id"].to_list() == [11]
    assert checked(joined, own_union_id=9).accepted["union_id"].to_list() == [9]
    assert checked(joined, unions={}).accepted["union_id"].to_list() == [None]


def test_a_name_spread_to_the_width_of_three_is_drawn_together():
    names = [
        row(n, name=name) for n, name in enumerate(["王 芳", "欧 阳 一", "A B"], 1)
    ]
    assert checked(*names).accepted["name"].to_list() == ["王芳", "欧阳一", "A B"]


def test_what_a_column_is_not_in_the_file_for_is_said_nowhere():
    bare = {"name": "王芳", "id_number": id_number()}
    prepared = checked(bare, own_employer_id=1)
    assert found(prepared) == set()
    assert prepared.accepted["sex_code"].to_list() == ["1"]


def test_every_registered_sentence_is_tried_by_a_case():
    tried = {case[1] for case in REFUSED + WARNED}
    others = {"duplicate_row", "certificate_repeated", "employer_ambiguous"}
    assert set(TEXTS) == (
        {code for code in tried if not code.startswith("ids.")}
        | others
        | ASKED_OF_THE_REGISTER
    )


VALUES = {"most": 64, "other_row": 7, "day": "2026-01-05"}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_registered_code_is_a_sentence_and_fits_its_column(code):
    with override("en"):
        text = sentence(code, VALUES)
    assert text.endswith(".")
    assert "%(" not in text
    assert len(code) <= RosterRefusal._meta.get_field("code").max_length


def test_codes_of_numbers_are_sentences_too():
    most = RosterRefusal._meta.get_field("code").max_length
    for problem in IdProblem.__subclasses__():
        assert len(problem.code) <= most
    with override("en"):
        assert "landline" in sentence("ids.phone.landline", {})
        assert sentence("ids.phone.wrong_length", {"length": 7}).count("7") == 1


def test_a_code_that_nobody_knows_any_more_stands_for_itself():
    assert sentence("long_gone", {}) == "long_gone"


def test_no_problem_tells_a_number_that_is_written_in_a_row():
    prepared = checked(
        row(1, id_number=id_number()[:17] + "Z", phone="15400000", sex="女")
    )
    kept = prepared.problems.frame().write_csv()
    assert id_number()[:17] not in kept
    assert "15400000" not in kept


chinese = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
days = st.dates(date(2008, 1, 1), date(2026, 1, 1)).map(str)
sound_rows = st.lists(
    st.builds(
        with_certificate,
        st.integers(1, 499),
        rank=st.integers(1, 5),
        name=st.text(chinese, min_size=2, max_size=4),
        sex=st.sampled_from([None, "男", "M", "male", "男性"]),
        education=st.sampled_from([None, "初中", "大专", "大学本科", "硕士研究生"]),
        employer=st.sampled_from(list(EMPLOYERS.values())),
        birth_on=st.sampled_from([None, "1990-05-01", "1990年5月1日", "19900501"]),
        joined_on=st.none() | days,
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each["id_number"],
)


@settings(deadline=None, max_examples=25)
@given(sound_rows)
def test_sound_rows_are_accepted(rows):
    prepared = checked(*rows)
    assert prepared.problems.refused_rows().height == 0
    assert prepared.accepted.height == len(rows)


@settings(deadline=None, max_examples=25)
@given(sound_rows)
def test_what_was_made_uniform_is_read_the_same_again(rows):
    once = checked(*rows)
    columns = [name for name in rows[0] if name in once.rows.columns]
    again = checked(*once.rows.select(columns).iter_rows(named=True))
    assert again.rows.equals(once.rows)


untidy_cells = st.fixed_dictionaries(
    {
        "phone": st.sampled_from([None, "15400000001", "123", "0579-88881234"]),
        "education": st.sampled_from([None, "大专", "很高"]),
        "employer": st.sampled_from([None, EMPLOYERS[1], "别处"]),
        "joined_on": st.sampled_from([None, "2020-01-01", "2020-01", "2099-01-01"]),
        "occupation": st.sampled_from([None, "说不清的活"]),
    }
)
untidy_rows = st.lists(st.tuples(st.integers(1, 3), untidy_cells), min_size=1)


def kinds(prepared):
    found = prepared.problems.frame()
    return sorted(found.group_by("column", "code").len().rows())


@settings(deadline=None, max_examples=25)
@given(untidy_rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_to_what_is_found(people, chance):
    rows = [row(person, **cells) for person, cells in people]
    shuffled = list(rows)
    chance.shuffle(shuffled)
    one, other = checked(*rows), checked(*shuffled)
    assert kinds(one) == kinds(other)
    # Which of a person's rows is the first may differ, not how many are refused for it.
    by_itself = pl.col("code") != "duplicate_row"
    faulty = [
        prepared.problems.frame().filter(by_itself & ~pl.col("is_warning"))["row"]
        for prepared in (one, other)
    ]
    assert faulty[0].n_unique() == faulty[1].n_unique()


texts_of_any_kind = st.dictionaries(
    st.sampled_from([column.key for column in all_columns()]), st.text(max_size=30)
)


@settings(deadline=None, max_examples=25)
@given(texts_of_any_kind)
def test_no_text_breaks_the_check(cells):
    prepared = checked(row(1, **cells), row(2))
    assert prepared.rows.height == 2
