"""Checking what was typed into an application, field by field."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum

from jiangxin.foundation.ids.credit_code import check_credit_code
from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.kernel.matters.enums import FieldKind
from jiangxin.kernel.matters.rules.service import FormField, Service

LINE = 200
TEXT = 4_000
CONFIRMED = "yes"
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


class Fault(Enum):
    """What is wrong with an answer; screens have a sentence for each."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_IN_LIST = "not_in_list"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_CREDIT_CODE = "not_a_credit_code"
    NOT_CONFIRMED = "not_confirmed"


def faults(service: Service, answers: Mapping[str, str]) -> dict[str, Fault]:
    """Return what is wrong with the answers, by the field's key; nothing when all is well.

    answers: the stored form of each: dates as ISO, a confirmation as "yes".
    """
    found = {}
    for field in service.fields:
        fault = fault_of(field, answers.get(field.key, "").strip())
        if fault is not None:
            found[field.key] = fault
    return found


def fault_of(field: FormField, answer: str) -> Fault | None:
    if not answer:
        return _without(field) if field.is_needed else None
    longest = TEXT if field.kind is FieldKind.LONG_TEXT else LINE
    if len(answer) > longest:
        return Fault.TOO_LONG
    fault, reads = _CHECKS.get(field.kind, (None, str))
    try:
        reads(answer)
    except (ValueError, IdProblem):
        return fault
    known = {one.key for one in field.choices}
    return Fault.NOT_IN_LIST if known and answer not in known else None


def _without(field: FormField) -> Fault:
    is_tick = field.kind is FieldKind.CONFIRMATION
    return Fault.NOT_CONFIRMED if is_tick else Fault.MISSING


def _day(answer: str) -> None:
    """Only as it is stored: Python reads `20260101` and week dates too."""
    if date.fromisoformat(answer).isoformat() != answer:
        raise ValueError


def _whole_number(answer: str) -> None:
    """Digits and a sign: Python reads `1_000` and other scripts' digits too."""
    if not WHOLE_NUMBER.fullmatch(answer):
        raise ValueError


def _confirmed(answer: str) -> None:
    if answer != CONFIRMED:
        raise ValueError


_CHECKS: Mapping[FieldKind, tuple[Fault, Callable[[str], object]]] = {
    FieldKind.DATE: (Fault.NOT_A_DATE, _day),
    FieldKind.WHOLE_NUMBER: (Fault.NOT_A_NUMBER, _whole_number),
    FieldKind.CONFIRMATION: (Fault.NOT_CONFIRMED, _confirmed),
    FieldKind.PHONE: (Fault.NOT_A_PHONE, check_phone),
    FieldKind.CREDIT_CODE: (Fault.NOT_A_CREDIT_CODE, check_credit_code),
}
