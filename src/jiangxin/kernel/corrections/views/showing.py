"""How a value of a correction is shown: in words, and masked where it is masked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jiangxin.foundation.sealing import mask_bank_account, mask_phone
from jiangxin.foundation.ui.components import Tone
from jiangxin.kernel.corrections.enums import (
    CorrectedField,
    CorrectionState,
    Verdict,
)
from jiangxin.kernel.corrections.models import CorrectionValue
from jiangxin.kernel.corrections.queries.present import Present
from jiangxin.kernel.register.classifications import education_name, occupation_name

TONES: Mapping[str, Tone] = {
    CorrectionState.WAITING: "wait",
    CorrectionState.DECIDED: "ok",
    CorrectionState.WITHDRAWN: "off",
}
VERDICT_TONES: Mapping[str, Tone] = {
    Verdict.OPEN: "wait",
    Verdict.APPROVED: "ok",
    Verdict.REFUSED: "bad",
}

_IN_WORDS: Mapping[str, Callable[[str], str]] = {
    CorrectedField.PHONE: mask_phone,
    CorrectedField.BANK_ACCOUNT: mask_bank_account,
    CorrectedField.EDUCATION: education_name,
    CorrectedField.OCCUPATION: occupation_name,
}


def in_words(field: str, text: str) -> str:
    """Return how a value reads: a code by its name, a number masked."""
    shows = _IN_WORDS.get(field)
    return shows(text) if shows and text else text


@dataclass(frozen=True)
class Line:
    """A value side by side: on record when asked and now, and as it should be."""

    label: str
    old: str
    now: str
    source: str
    new: str
    verdict: str
    tone: Tone
    reason: str


def line_of(value: CorrectionValue, present: Mapping[str, Present]) -> Line:
    known = present.get(value.field)
    return Line(
        label=value.get_field_display(),
        old=in_words(value.field, value.old),
        now=in_words(value.field, known.value) if known else "",
        source=str(known.source.label) if known and known.source else "",
        new=in_words(value.field, value.new),
        verdict=value.get_verdict_display(),
        tone=VERDICT_TONES[value.verdict],
        reason=value.reason,
    )
