"""What a stranger is shown of a claim."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.clock.working_days import FEDERATION_ZONE
from jiangxin.kernel.credentials.rules import (
    first_day,
    last_day,
    masked_name,
    masked_number,
    same_name,
    standing,
)

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王", "*"), ("王芳", "王*"), ("张三丰", "张*丰"), ("欧阳小明", "欧**明")],
)
def test_a_name_is_hidden_but_for_its_ends(name, shown):
    assert masked_name(name) == shown


@given(st.text(min_size=1, max_size=30))
def test_a_hidden_name_is_as_long_as_it_is(name):
    assert len(masked_name(name)) == len(name)
    assert "*" in masked_name(name)


def test_a_number_shows_its_last_four_signs():
    assert masked_number("Y000133000001195000001") == "*" * 18 + "0001"


def test_a_short_number_is_hidden_whole():
    assert masked_number("2026-1") == "******"
    assert masked_number("") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王 芳", "王芳"),
        ("买买提·吐尔逊", "买买提•吐尔逊"),
        ("ＡＢ", "ab"),
        ("张䶮", "张䶮 "),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("王芳", "王方"), ("", ""), ("·", " ")])
def test_other_names_and_no_names_are_not_the_same(one, other):
    assert not same_name(one, other)


@pytest.mark.parametrize("status", ["suspended", "revoked", "superseded"])
def test_what_was_done_to_an_issue_is_said_before_its_days(status):
    over = NOW - DAY
    assert standing(status, valid_from=over, valid_until=over, now=NOW) == status


def test_an_issue_counts_from_its_first_moment_until_its_end():
    def at(now):
        return standing("valid", valid_from=NOW, valid_until=NOW + DAY, now=now)

    assert at(NOW - timedelta(seconds=1)) == "not_yet"
    assert at(NOW) == "valid"
    assert at(NOW + DAY) == "expired"
    assert standing("valid", valid_from=NOW, valid_until=None, now=NOW) == "valid"


def test_it_counts_on_its_first_and_on_its_last_day_and_not_on_the_next():
    midnight = datetime(2029, 1, 5, tzinfo=FEDERATION_ZONE)
    assert first_day(midnight, FEDERATION_ZONE) == date(2029, 1, 5)
    assert last_day(midnight, FEDERATION_ZONE) == date(2029, 1, 4)
    assert last_day(midnight + timedelta(hours=8), FEDERATION_ZONE) == date(2029, 1, 5)
