import pytest
from django.utils.translation import override

from jiangxin.kernel.policy.registry.because import because


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        (None, ""),
        ({"why": "policy"}, "The policy changed"),
        ({"why": "record"}, "The record changed"),
        (
            {"why": "record", "changed": {"is_union_member": [False, True]}},
            "Union member: no → yes",
        ),
        ({"why": "record", "changed": {"birth_on": None}}, "Date of birth changed"),
        ({"why": "record", "changed": {"gone": [1, 2]}}, "gone"),
        (
            {"why": "record", "changed": {"member_since": [None, "2026-01-02"]}},
            "Union member since: Not recorded → 2026-01-02",
        ),
    ],
)
def test_cause_is_written_in_words(kept, text):
    with override("en"):
        assert because(kept) == text
