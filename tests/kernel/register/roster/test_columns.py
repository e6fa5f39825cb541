import pytest

from jiangxin.kernel.register.roster.columns import (
    missing_required,
    own_columns,
    plain_heading,
    recognise,
)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("姓名", "name"),
        ("姓 名", "name"),
        ("职工姓名：", "name"),
        ("身份证号", "id_number"),
        ("公民身份号码（必填）", "id_number"),
        ("ID Number", "id_number"),
        ("id_number", "id_number"),
        ("手机号\n(11位)", "phone"),
        ("ＰＨＯＮＥ", "phone"),
        ("入会时间", "joined_on"),
    ],
)
def test_a_heading_is_recognised_however_it_is_written(heading, key):
    assert recognise([heading], own_columns()) == {key: heading}


def test_a_heading_that_means_nothing_is_left_alone():
    assert recognise(["备注", "序号"], own_columns()) == {}


def test_the_first_of_two_headings_for_one_column_wins():
    found = recognise(["联系电话", "手机号"], own_columns())
    assert found == {"phone": "联系电话"}


def test_no_two_columns_claim_the_same_heading():
    claimed = {}
    for column in own_columns():
        for heading in column.headings:
            owner = claimed.setdefault(plain_heading(heading), column.key)
            assert owner == column.key, heading


def test_required_columns_that_are_missing_are_named():
    missing = missing_required({"name": "姓名"}, own_columns())
    assert [column.key for column in missing] == ["id_number"]


def test_every_column_has_a_title_in_both_languages():
    for column in own_columns():
        assert column.title_in("zh-hans")
        assert column.title_in("en")
