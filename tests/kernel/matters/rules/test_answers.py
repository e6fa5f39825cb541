"""What may stand in the fields of an application."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.matters.enums import FieldKind
from jiangxin.kernel.matters.rules.answers import LINE, TEXT, Fault, fault_of
from jiangxin.kernel.matters.rules.service import Choice, FormField
from jiangxin.kernel.policy.rules.tree import Sentence

LABEL = Sentence("名称", "Name")
FIELDS = {kind: FormField("a", LABEL, kind) for kind in FieldKind}
FIELDS[FieldKind.CHOICE] = replace(
    FIELDS[FieldKind.CHOICE], choices=(Choice("3", LABEL), Choice("5", LABEL))
)


@pytest.mark.parametrize(
    ("kind", "answer", "fault"),
    [
        (FieldKind.TEXT, "李明", None),
        (FieldKind.TEXT, "x" * LINE, None),
        (FieldKind.TEXT, "x" * (LINE + 1), Fault.TOO_LONG),
        (FieldKind.LONG_TEXT, "x" * TEXT, None),
        (FieldKind.LONG_TEXT, "x" * (TEXT + 1), Fault.TOO_LONG),
        (FieldKind.DATE, "2024-02-29", None),
        (FieldKind.DATE, "2026-02-29", Fault.NOT_A_DATE),
        (FieldKind.DATE, "20260101", Fault.NOT_A_DATE),
        (FieldKind.DATE, "2026-W01-1", Fault.NOT_A_DATE),
        (FieldKind.WHOLE_NUMBER, "120", None),
        (FieldKind.WHOLE_NUMBER, "-3", None),
        (FieldKind.WHOLE_NUMBER, "1_000", Fault.NOT_A_NUMBER),
        (FieldKind.WHOLE_NUMBER, "１２", Fault.NOT_A_NUMBER),
        (FieldKind.WHOLE_NUMBER, "1.5", Fault.NOT_A_NUMBER),
        (FieldKind.WHOLE_NUMBER, "9" * 19, Fault.NOT_A_NUMBER),
        (FieldKind.CHOICE, "5", None),
        (FieldKind.CHOICE, "4", Fault.NOT_IN_LIST),
        (FieldKind.PHONE, "13800138000", None),
        (FieldKind.PHONE, "1380013", Fault.NOT_A_PHONE),
        (FieldKind.CREDIT_CODE, "81330726MC0000012D", None),
        (FieldKind.CREDIT_CODE, "81330726MC00000120", Fault.NOT_A_CREDIT_CODE),
        (FieldKind.CONFIRMATION, "yes", None),
        (FieldKind.CONFIRMATION, "no", Fault.NOT_CONFIRMED),
        (FieldKind.CONFIRMATION, "", Fault.NOT_CONFIRMED),
        (FieldKind.TEXT, "", Fault.MISSING),
    ],
)
def test_an_answer_is_right_or_its_fault_is_named(kind, answer, fault):
    assert fault_of(FIELDS[kind], answer) is fault


@pytest.mark.parametrize("kind", FieldKind)
def test_what_need_not_be_answered_may_be_empty(kind):
    assert fault_of(replace(FIELDS[kind], is_needed=False), "") is None


@given(st.sampled_from(sorted(FieldKind)), st.text(min_size=1))
def test_whatever_is_typed_is_answered_with_a_fault_or_none(kind, answer):
    field = FIELDS[FieldKind(kind)]
    found = fault_of(field, answer)
    assert found is None or found in Fault
    # Whether a field has to be filled in changes nothing about what stands in it.
    assert fault_of(replace(field, is_needed=False), answer) is found


@given(st.dates())
def test_every_day_may_be_answered_as_it_is_stored(day):
    assert fault_of(FIELDS[FieldKind.DATE], day.isoformat()) is None


@given(st.integers(min_value=-(10**17), max_value=10**17))
def test_every_number_may_be_answered_as_it_is_written(number):
    assert fault_of(FIELDS[FieldKind.WHOLE_NUMBER], str(number)) is None
