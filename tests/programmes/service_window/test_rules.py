"""Terms, standing, invitations, changes: values in, values out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.programmes.service_window.enums import (
    CertificateStanding,
    CertificateState,
)
from jiangxin.programmes.service_window.rules import (
    changes_of,
    demonstration_number,
    invitation_due,
    last_day,
    papers_for,
    standing,
)

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
PRESENT = {"name": "甲工会", "domicile": "一路1号", "authority": "县总工会"}


@pytest.mark.parametrize(
    ("start", "years", "ends"),
    [
        (date(2026, 3, 1), 5, date(2031, 2, 28)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2026, 1, 1), 3, date(2028, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_the_next_begins(start, years, ends):
    assert last_day(start, years) == ends


@given(days, st.sampled_from([3, 5]))
def test_terms_follow_each_other_without_a_gap(start, years):
    following = last_day(start, years) + timedelta(days=1)
    assert following.year == start.year + years
    assert following.month in {start.month, 3}


@given(days, days)
def test_a_certificate_in_force_is_good_until_its_last_day(ends, on):
    found = standing(CertificateState.VALID, ends, on)
    assert found is (
        CertificateStanding.GOOD if on <= ends else CertificateStanding.EXPIRED
    )


@pytest.mark.parametrize("state", ["replaced", "cancelled"])
def test_what_was_replaced_or_cancelled_stays_so_after_its_end(state):
    ends = date(2026, 1, 1)
    assert standing(state, ends, date(2027, 1, 1)) == state
    assert standing(state, ends, date(2025, 1, 1)) == state


@pytest.mark.parametrize(
    ("left", "due"),
    [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30), (-1, None)],
)
def test_a_union_is_invited_90_60_and_30_days_before(left, due):
    on = date(2026, 11, 23)
    assert invitation_due(on + timedelta(days=left), on) == due


def test_only_what_differs_is_a_change():
    answers = {"new_name": "乙工会", "new_domicile": " 一路1号 ", "new_authority": ""}
    assert changes_of(answers, PRESENT) == {"name": "乙工会"}


@pytest.mark.parametrize(
    ("changes", "papers"),
    [
        ({"domicile": "二路"}, {"change_statement"}),
        ({"authority": "市总工会"}, {"change_statement"}),
        ({"name": "乙"}, {"change_approval"}),
        ({"legal_representative": "周"}, {"change_approval", "chair_id"}),
        ({}, set()),
    ],
)
def test_an_address_needs_a_statement_and_a_chair_an_approval(changes, papers):
    assert papers_for(changes) == papers


@given(st.dictionaries(st.sampled_from(sorted(PRESENT)), st.text(min_size=1)))
def test_the_papers_of_two_changes_are_those_of_each(changes):
    apart = [papers_for({name: value}) for name, value in changes.items()]
    assert papers_for(changes) == set().union(*apart)


def test_a_made_up_number_says_that_it_is():
    assert demonstration_number("330726100", 2026, 12) == "DEMO-330726-2026-000012"
