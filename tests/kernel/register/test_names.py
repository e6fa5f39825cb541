import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.register.names import (
    INITIALS_LENGTH,
    PINYIN_LENGTH,
    initials,
    pinyin,
    read_name,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王芳", ("wangfang", "wf")),
        ("单雄信", ("shanxiongxin", "sxx")),
        ("曾国藩", ("zengguofan", "zgf")),
        ("区适", ("oushi", "os")),
        ("仇英", ("qiuying", "qy")),
        ("任长霞", ("renzhangxia", "rzx")),
        ("查良镛", ("zhaliangyong", "zly")),
        ("尉迟恭", ("yuchigong", "ycg")),
        ("欧阳修", ("ouyangxiu", "oyx")),
        ("单于单", ("chanyudan", "cyd")),
        ("吕布", ("lvbu", "lb")),
        ("曾", ("zeng", "z")),
        ("查 良镛", ("zhaliangyong", "zly")),
        ("阿依古丽·买买提", ("ayigulimaimaiti", "ayglmmt")),
        ("解·买买提", ("jiemaimaiti", "jmmt")),
        ("John Smith", ("johnsmith", "js")),
        ("José García", ("josegarcia", "jg")),
        ("李John", ("lijohn", "lj")),
        ("", ("", "")),
        ("123", ("", "")),
    ],
)
def test_name_is_read_as_people_type_it(name, expected):
    assert read_name(name) == expected
    assert (pinyin(name), initials(name)) == expected


@given(st.text(max_size=64))
def test_any_text_is_read_as_plain_letters_that_fit(name):
    reading = read_name(name)
    assert len(reading.pinyin) <= PINYIN_LENGTH
    assert len(reading.initials) <= INITIALS_LENGTH
    assert (reading.pinyin + reading.initials).encode("ascii").decode().islower() or (
        reading == ("", "")
    )


def test_a_roster_of_names_is_read_in_moments():
    characters = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超文华建国志平"
    names = [f"王{a}{b}" for a in characters for b in characters] * 40
    read_name.cache_clear()
    start = time.perf_counter()
    for name in names:
        read_name(name)
    # 25,000 names; the whole roster of 135,000 then takes about half a second.
    assert time.perf_counter() - start < 1.0
