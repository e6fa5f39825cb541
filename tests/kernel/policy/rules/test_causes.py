from datetime import date
from decimal import Decimal

from jiangxin.kernel.policy.rules.causes import Circumstances, cause

READS = Circumstances(reads=["grade", "since", "share"], personal={"since"})
BEFORE = {"grade": 2, "since": date(2020, 1, 1), "share": Decimal("1.5"), "other": 1}


def test_changed_attributes_that_the_policy_reads_are_named_with_both_values():
    now = {**BEFORE, "grade": 3, "share": Decimal("2.5"), "other": 9}
    assert cause(READS, BEFORE, now) == {
        "why": "record",
        "changed": {"grade": [2, 3], "share": ["1.5", "2.5"]},
    }


def test_personal_attributes_are_named_without_their_values():
    now = {**BEFORE, "since": date(2021, 1, 1)}
    assert cause(READS, BEFORE, now) == {"why": "record", "changed": {"since": None}}


def test_whoever_is_new_in_the_register_or_gone_has_a_changed_record():
    assert cause(READS, None, BEFORE) == {"why": "record"}
    assert cause(READS, BEFORE, None) == {"why": "record"}


def test_record_explains_more_than_the_policy_and_the_policy_more_than_the_day():
    around = Circumstances(["grade"], has_new_text=True, has_day_passed=True)
    assert cause(around, BEFORE, {**BEFORE, "grade": 3})["why"] == "record"
    assert cause(around, BEFORE, BEFORE) == {"why": "policy"}
    around = Circumstances(["grade"], has_day_passed=True)
    assert cause(around, None, None) == {"why": "day"}


def test_nothing_is_said_where_nothing_is_known():
    assert cause(READS, BEFORE, dict(BEFORE)) is None
