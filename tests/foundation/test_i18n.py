from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation import i18n

DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)  # already the 23rd in Zhejiang


@pytest.mark.parametrize(
    ("language", "prose"),
    [
        ("zh-hans", "2026年11月2日"),
        ("en", "2 November 2026"),
    ],
)
def test_dates_are_words_in_prose_and_iso_in_tables(language, prose):
    with translation.override(language):
        assert i18n.prose_date(DAY) == prose
        assert i18n.table_date(DAY) == "2026-11-02"
        assert i18n.table_moment(AT) == "2026-11-23 00:05"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-02",
        "2026/11/2",
        "2026.11.2",
        "20261102",
        "2026年11月2日",
        "2026年11月02日",
    ],
)
def test_a_date_field_reads_every_common_way_of_writing(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == DAY


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_digits_are_grouped_by_three(language):
    with translation.override(language):
        assert i18n.grouped(135000) == "135,000"
        assert i18n.grouped(Decimal("1234.50")) == "1,234.50"
        assert i18n.grouped(-74000) == "-74,000"


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (0, "0", "0"),
        (9999, "9,999", "9,999"),
        (10_000, "1 万", "10,000"),
        (74_000, "7.4 万", "74,000"),
        (135_000, "13.5 万", "135,000"),
        (106_250, "10.6 万", "106,250"),
        (-74_000, "-7.4 万", "-74,000"),
        (22_000_000, "2,200 万", "22,000,000"),
        (1_460_000_000, "14.6 亿", "1,460,000,000"),
        (Decimal("74000.00"), "7.4 万", "74,000.00"),
    ],
)
def test_large_numbers_are_told_in_the_units_of_the_language(number, chinese, english):
    with translation.override("zh-hans"):
        assert i18n.in_words(number) == chinese
    with translation.override("en"):
        assert i18n.in_words(number) == english


def test_more_decimals_can_be_asked_for():
    with translation.override("zh-hans"):
        assert i18n.in_words(714_321, 2) == "71.43 万"


def test_without_a_language_numbers_are_told_in_full():
    with translation.override(None):
        assert i18n.in_words(74_000) == "74000"


@given(st.integers(10_000, 99_949_999))
def test_what_is_told_lies_within_half_a_tenth_of_the_unit(number):
    with translation.override("zh-hans"):
        amount, unit = i18n.in_words(number).split()
    assert unit == "万"
    assert abs(Decimal(amount.replace(",", "")) * 10_000 - number) <= 500


def test_templates_have_both_filters():
    template = Template(
        "{% load numbers %}{{ n|in_words }};{{ n|grouped }};"
        "{{ none|in_words }};{{ none|grouped }}"
    )
    with translation.override("zh-hans"):
        shown = template.render(Context({"n": 74_000, "none": None}))
    assert shown == "7.4 万;74,000;;"


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "甲、2"), ("en", "甲, 2")])
def test_a_list_of_words_is_parted_as_the_language_does(language, said):
    with translation.override(language):
        assert i18n.listed(["甲", 2]) == said
        assert i18n.listed([]) == ""
