"""What the expressions look like; that they say the right thing is test_agreement's."""

from datetime import date
from typing import get_args

import pytest
from sqlglot import parse_one

from jiangxin.kernel.policy.rules.sql import Dialect, grant, granting, predicate
from jiangxin.kernel.policy.rules.tree import Amount, Share
from tests.kernel.policy.making import TODAY, any_of, leaf, policy, row, table

GRANTS = table(
    [
        row(leaf("grade", "at_least", 5), gives=Amount(200)),
        row(gives=Share("fee", 6000, cap=100)),
    ]
)
SOME = policy(
    leaf("born", "within_months", 6),
    leaf("industry", "starts_with_none_of", ("A", "C13")),
    region="33",
    ends=date(2026, 12, 31),
    grants=GRANTS,
)


@pytest.mark.parametrize("dialect", get_args(Dialect))
def test_each_dialect_reads_what_is_written_for_it(dialect):
    text = granting(SOME, TODAY, dialect, profiles="profile").whole()
    assert parse_one(text, read=dialect)


def test_nobody_is_selected_and_nothing_given_out_of_force():
    over = date(2027, 1, 1)
    assert predicate(SOME, over, "sqlite") == "1 = 0"
    assert grant(SOME, over, "sqlite")[:2] == ("NULL", "NULL")


def test_policy_without_a_table_gives_nothing():
    one = policy(leaf("grade", "at_least", 3))
    assert grant(one, TODAY, "duckdb")[:2] == ("NULL", "NULL")


def test_dates_are_typed_where_a_text_would_be_compared_as_one():
    assert "CAST('2026-05-22' AS DATE)" in predicate(SOME, TODAY, "spark")
    assert "CAST" not in predicate(SOME, TODAY, "sqlite")


def test_duckdb_compares_the_outcome_of_what_it_would_take_row_by_row():
    one = policy(
        any_of(leaf("grade", "at_least", 5), leaf("industry", "equals", "A")),
        leaf("industry", "one_of", ("A", "B")),
        leaf("grade", "at_most", 8),
    )
    assert predicate(one, TODAY, "duckdb").count("= TRUE") == 2
    assert "= TRUE" not in predicate(one, TODAY, "postgres")


def test_rows_that_differ_in_the_rate_alone_are_reckoned_once():
    graded = table(
        [
            row(leaf("grade", "at_least", 5), gives=Share("fee", 6000, cap=100)),
            row(gives=Share("fee", 3000, cap=100)),
        ]
    )
    fen = grant(
        policy(leaf("grade", "at_least", 3), grants=graded), TODAY, "duckdb"
    ).fen
    assert fen.count("LEAST") == 1
    assert "WHEN 1 THEN 6000 WHEN 2 THEN 3000" in fen
