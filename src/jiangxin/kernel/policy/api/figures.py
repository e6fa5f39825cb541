"""Values as JSON: dates by ISO, money as yuan with both digits of fen, in strings."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from jiangxin.kernel.policy.enums import AttributeType
from jiangxin.kernel.policy.registry import attribute
from jiangxin.kernel.policy.rules.tree import HUNDREDTHS, Leaf
from jiangxin.kernel.policy.rules.vocabulary import COUNTED_IN_YEARS

Yuan = Annotated[
    str, Field(pattern=r"^-?\d+\.\d{2}$", description="Yuan with fen, as 1234.50.")
]
Value = Annotated[
    bool | int | str | None,
    Field(description="Decimals, dates and money are strings; null: not on record."),
]


def yuan(fen: int) -> str:
    whole, rest = divmod(abs(fen), HUNDREDTHS)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02}"


def yuan_or_none(fen: int | None) -> str | None:
    return None if fen is None else yuan(fen)


def plain(leaf: Leaf, value: Any) -> bool | int | str | None:
    """Write what a condition reads or asks, by the type of its attribute."""
    if value is None or isinstance(value, bool):
        return value
    is_length = leaf.comparison in COUNTED_IN_YEARS
    if attribute(leaf.attribute).type is AttributeType.MONEY and not is_length:
        return yuan(int(value))
    match value:
        case int():
            return value
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
    return str(value)


def plain_limit(leaf: Leaf, limit: Any) -> list[bool | int | str | None]:
    """Write a limit: one value, both ends of a range, or all members of a set."""
    many = limit if isinstance(limit, tuple) else (limit,)
    return [plain(leaf, one) for one in many]
