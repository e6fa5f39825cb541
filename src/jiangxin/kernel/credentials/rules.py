"""What a stranger is shown of a claim: enough to compare, too little to learn."""

import unicodedata
from datetime import date, datetime, timedelta, tzinfo

NUMBER_SHOWN = 4


def masked_name(name: str) -> str:
    """Return a person's name with all but its ends hidden: 王*, 张*丰.

    Only its length and its ends are told; of a name of one sign, that it is one.
    """
    shortest_with_both_ends = 3
    if len(name) < shortest_with_both_ends:
        return name[:1] + "*" if len(name) > 1 else "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def masked_number(number: str) -> str:
    """Return a number with its last signs only; a short one is hidden whole."""
    if len(number) <= NUMBER_SHOWN * 2:
        return "*" * len(number)
    return "*" * (len(number) - NUMBER_SHOWN) + number[-NUMBER_SHOWN:]


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings are of one name: width, spaces and dots aside."""
    return _plain(one) == _plain(other) != ""


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        sign for sign in folded if unicodedata.category(sign)[0] in {"L", "N", "M"}
    )


def first_day(since: datetime, zone: tzinfo) -> date:
    return since.astimezone(zone).date()


def last_day(until: datetime, zone: tzinfo) -> date:
    """Return the last day on which it counts; `until` is the first moment it does not.

    Raises OverflowError at the beginning of the calendar.
    """
    return (until - timedelta(microseconds=1)).astimezone(zone).date()


def standing(
    status: str, *, valid_from: datetime, valid_until: datetime | None, now: datetime
) -> str:
    """Return how an issue stands: its status, or "expired", "not_yet".

    What was revoked, replaced or suspended is called so, whatever its days say.
    """
    if status != "valid":
        return status
    if valid_until is not None and now >= valid_until:
        return "expired"
    return "not_yet" if now < valid_from else "valid"
