"""The next day on which an answer turns, held to asking every single day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.policy.enums import Absence, Verdict
from jiangxin.kernel.policy.rules.explaining import explain
from jiangxin.kernel.policy.rules.tree import DatedValue, Parameter
from jiangxin.kernel.policy.rules.turning import Stretch, next_turn
from tests.kernel.policy.making import WORDS, all_of, any_of, leaf, policy

DAY = timedelta(days=1)
ON = date(2026, 11, 22)
UNTIL = ON + 900 * DAY

AGE = Parameter(
    "tests.age",
    WORDS,
    WORDS,
    (
        DatedValue(date(2019, 1, 1), 45, "甲"),
        DatedValue(date(2027, 3, 1), 46, "乙"),
        DatedValue(date(2028, 1, 1), 40, "丙"),
    ),
)
LEAVES = st.one_of(
    st.builds(
        lambda comparison, years: leaf("born", comparison, years),
        st.sampled_from(["age_at_least", "age_at_most", "years_since_at_least"]),
        st.integers(0, 3) | st.integers(44, 47) | st.just(AGE),
    ),
    st.builds(lambda months: leaf("got", "within_months", months), st.integers(0, 30)),
    st.builds(lambda days: leaf("got", "within_days", days), st.integers(0, 400)),
    st.builds(
        lambda grade: leaf("grade", "at_least", grade, Absence.NONE), st.integers(2, 4)
    ),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda members: st.builds(
        lambda make, some: make(*some),
        st.sampled_from([any_of, all_of]),
        st.lists(members, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
POLICIES = st.builds(
    lambda conditions, starts, ends: policy(*conditions, starts=starts, ends=ends),
    st.lists(CONDITIONS, min_size=1, max_size=3),
    st.sampled_from([date(2020, 1, 1), date(2027, 1, 1)]),
    st.sampled_from([None, date(2027, 12, 31)]),
)
NEAR = st.dates(ON - 900 * DAY, ON + 300 * DAY)
PROFILES = st.fixed_dictionaries(
    {
        "born": st.none()
        | st.dates(date(1979, 1, 1), date(1983, 12, 31))
        | st.just(date(1980, 2, 29))
        | NEAR,
        "got": st.none() | NEAR | st.just(date(2026, 8, 31)),
        "grade": st.none() | st.integers(1, 4),
    }
)
STRETCHES = st.lists(
    st.tuples(st.integers(1, 800), PROFILES), max_size=3, unique_by=lambda one: one[0]
)


def by_asking_every_day(one, stretches):
    answers = []
    for days in range((UNTIL - ON).days + 1):
        day = ON + DAY * days
        current = [stretch for stretch in stretches if stretch.start <= day][-1]
        answers.append(explain(one, current.profile, day))
    is_now = answers[0].verdict is Verdict.ELIGIBLE
    return next(
        (one for one in answers if (one.verdict is Verdict.ELIGIBLE) is not is_now),
        None,
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=POLICIES, first=PROFILES, later=STRETCHES)
def test_it_is_the_first_day_that_asking_every_day_would_find(one, first, later):
    stretches = [
        Stretch(ON, first),
        *(Stretch(ON + DAY * days, profile) for days, profile in sorted_by_day(later)),
    ]
    found = next_turn(one, stretches, UNTIL)
    expected = by_asking_every_day(one, stretches)
    assert (found and found.on) == (expected and expected.on)
    assert (found and found.verdict) == (expected and expected.verdict)


def sorted_by_day(later):
    return sorted(later, key=lambda one: one[0])


@pytest.mark.parametrize(
    ("born", "comparison", "years", "on"),
    [
        (date(1981, 12, 1), "age_at_most", 45, date(2027, 12, 1)),
        (date(2000, 3, 1), "age_at_least", 27, date(2027, 3, 1)),
        (date(1980, 2, 29), "age_at_most", 46, date(2027, 3, 1)),
        (date(1990, 1, 1), "age_at_least", 18, None),
    ],
)
def test_a_birthday_turns_it(born, comparison, years, on):
    one = policy(leaf("born", comparison, years))
    found = next_turn(one, [Stretch(ON, {"born": born})], UNTIL)
    assert (found and found.on) == on
