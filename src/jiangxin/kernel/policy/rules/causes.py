"""Because of what a policy newly serves somebody, or no longer does.

Kept with a match as JSON: {"why": "record", "changed": {"skill_grade": [2, 3]}}. What is
personal about a change is named without its values: {"birth_on": null}.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jiangxin.kernel.policy.enums import Why

Kept = dict[str, Any]


@dataclass(frozen=True)
class Circumstances:
    """What is the same for all that one policy gains and loses in a run.

    reads: the attributes that it reads. personal: those whose values are not repeated.
    has_new_text: its version changed. has_day_passed: since it was last matched.
    """

    reads: Sequence[str]
    personal: Collection[str] = ()
    has_new_text: bool = False
    has_day_passed: bool = False


def cause(
    circumstances: Circumstances,
    before: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
) -> Kept | None:
    """Return because of what the answer changed, None when that is not known.

    before, now: the profile, None while the person is not in the register. A changed
    record explains more than a changed policy, and both more than the calendar.
    """
    if (before is None) is not (now is None):
        return {"why": Why.RECORD.value}
    if before is not None and now is not None:
        changed = {
            key: None
            if key in circumstances.personal
            else [plain(before[key]), plain(now[key])]
            for key in circumstances.reads
            if before[key] != now[key]
        }
        if changed:
            return {"why": Why.RECORD.value, "changed": changed}
    if circumstances.has_new_text:
        return {"why": Why.POLICY.value}
    if circumstances.has_day_passed:
        return {"why": Why.DAY.value}
    return None


def plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value
