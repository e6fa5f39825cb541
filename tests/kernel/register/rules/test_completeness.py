from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.register.rules.completeness import Gap, largest_gaps

counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50))


def test_the_three_largest_gaps_come_first():
    missing = {"phone": 3, "education": 9, "grade": 0, "union": 9, "occupation": 1}
    assert largest_gaps(missing, 10) == [
        Gap("education", 9, 10),
        Gap("union", 9, 10),
        Gap("phone", 3, 10),
    ]


def test_nobody_has_no_gaps():
    assert largest_gaps({"phone": 0}, 0) == []
    assert largest_gaps({}, 5) == []


@given(counts, st.integers(50, 10_000))
def test_no_gap_left_out_is_larger_than_one_shown(missing, people):
    shown = largest_gaps(missing, people)
    left_out = [n for key, n in missing.items() if key not in {g.key for g in shown}]
    assert len(shown) == min(3, sum(n > 0 for n in missing.values()))
    assert all(0 < gap.percent <= 100 for gap in shown)
    assert all(gap.missing >= n for gap in shown for n in left_out)


def test_what_a_policy_reads_weighs_twice():
    missing = {"phone": 5, "education": 3, "grade": 2}
    keys = [gap.key for gap in largest_gaps(missing, 10, {"education", "grade"})]
    assert keys == ["education", "phone", "grade"]


@given(counts, st.sets(st.sampled_from("abcdef")))
def test_needing_a_field_never_lowers_its_place(missing, needed):
    plain = [gap.key for gap in largest_gaps(missing, 100)]
    for key in needed & set(plain):
        weighed = [gap.key for gap in largest_gaps(missing, 100, {key})]
        assert weighed.index(key) <= plain.index(key)
