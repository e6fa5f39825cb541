"""Showing enough of a personal value to recognise it, and no more."""

_PHONE_LENGTH = 11


def mask_id_number(text: str) -> str:
    """Return `3307**********0016`: the first and last four of eighteen characters."""
    return _mask(text, first=4, last=4)


def mask_phone(text: str) -> str:
    """Return `138****1234` for a mobile number; other numbers show less."""
    if len(text) == _PHONE_LENGTH and text.isdecimal():
        return f"{text[:3]}****{text[-4:]}"
    return _mask(text, first=3, last=4)


def mask_bank_account(text: str) -> str:
    """Return `***************1234`: the last four digits, as banks print them."""
    return _mask(text, first=0, last=4)


def _mask(text: str, *, first: int, last: int) -> str:
    """Show at most a quarter of the text at each end; nothing of a very short one."""
    quarter = len(text) // 4
    first, last = min(first, quarter), min(last, quarter)
    hidden = len(text) - first - last
    return text[:first] + "*" * hidden + text[len(text) - last :]
