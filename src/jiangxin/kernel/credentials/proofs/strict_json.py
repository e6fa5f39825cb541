"""Reading JSON that somebody else wrote, as one meaning or not at all.

What two readers could take differently is refused: names given twice, numbers that are
none or do not fit, half characters, and characters that turn or hide the text around
them. So is what only serves to tie a reader up.
"""

import json
import math
import re
from typing import Any

from jiangxin.kernel.credentials.proofs.problems import ProofProblem

LARGEST_JSON = 1_000_000  # bytes
DEEPEST_JSON = 32
MOST_VALUES = 20_000
LONGEST_NUMBER = 32  # characters
LARGEST_INTEGER = 2**53 - 1  # what every reader of JSON reads alike (RFC 7493)

# Control characters other than line breaks and tabs, and those that change direction.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_HALF = re.compile("[\ud800-\udfff]")


def read_object(data: bytes) -> dict[str, Any]:
    """Return the JSON object in `data`.

    Raises ProofProblem: `json_large`, `json_encoding`, `json_syntax`, `json_deep`,
    `json_duplicate`, `json_number`, `json_text`, `json_kind` (another value).
    """
    if len(data) > LARGEST_JSON:
        raise ProofProblem("json_large", str(len(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProofProblem("json_encoding") from None
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ProofProblem("json_deep") from None
    except json.JSONDecodeError as problem:
        raise ProofProblem("json_syntax", str(problem.pos)) from None
    _check_values(value)
    if not isinstance(value, dict):
        raise ProofProblem("json_kind")
    return value


def _check_values(value: Any) -> None:
    """Look at every value, level by level, without calls into each other."""
    level, seen = [value], 0
    for _depth in range(DEEPEST_JSON):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += one.values()
                below += one
            elif isinstance(one, list):
                below += one
            elif isinstance(one, str):
                _check_text(one)
        seen += len(below)
        if seen > MOST_VALUES:
            raise ProofProblem("json_large", str(seen))
        if not below:
            return
        level = below
    raise ProofProblem("json_deep")


def _check_text(text: str) -> None:
    if _HALF.search(text) or _HIDDEN.search(text):
        raise ProofProblem("json_text")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ProofProblem("json_duplicate")
    return found


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER or abs(int(text)) > LARGEST_INTEGER:
        raise ProofProblem("json_number")
    return int(text)


def _float(text: str) -> float:
    number = float(text) if len(text) <= LONGEST_NUMBER else math.inf
    if not math.isfinite(number):
        raise ProofProblem("json_number")
    return number


def _no_constant(name: str) -> Any:
    raise ProofProblem("json_number", name)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates,
    parse_int=_integer,
    parse_float=_float,
    parse_constant=_no_constant,
)
