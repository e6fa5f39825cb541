"""Rules of access that need no database."""

import secrets
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, timedelta
from hashlib import sha256

# One account and one address: five wrong passwords, then a pause. GB/T 22239 asks for
# a limit on failed sign-ins; the figures are ours.
FAILURES_ALLOWED = 5
FAILURES_COUNT_FOR = timedelta(minutes=15)

# A password holds three of: small letters, capital letters, digits, other characters.
CHARACTER_KINDS_NEEDED = 3
PASSWORDS_REMEMBERED = 5

# Without characters that are read for others when a password is passed on by voice.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUPS = 4
_GROUP_LENGTH = 4


def sign_in_name(text: str) -> str:
    """Return a sign-in name as it is stored: full-width and capital letters do not count.

    Applying it twice changes nothing.
    """
    return unicodedata.normalize(
        "NFKC", unicodedata.normalize("NFKC", text).lower()
    ).strip()


def is_in_force(on: date, *, valid_from: date, valid_to: date | None) -> bool:
    """Return whether `on` lies in [valid_from, valid_to); without an end, for ever."""
    return valid_from <= on and (valid_to is None or on < valid_to)


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Return whether two half-open periods share a day; an empty one shares none."""
    last = max(one[0], other[0])
    return all(end is None or last < end for end in (one[1], other[1]))


def minutes_to_wait(failed_at: Collection[datetime], *, now: datetime) -> int:
    """Return how many minutes until another attempt is allowed; 0 when it is now.

    failed_at: moments of the failures that may still count, in any order.
    """
    counting = sorted(at for at in failed_at if now - at < FAILURES_COUNT_FOR)
    if len(counting) < FAILURES_ALLOWED:
        return 0
    free_at = counting[-FAILURES_ALLOWED] + FAILURES_COUNT_FOR
    return max(1, -(-(free_at - now) // timedelta(minutes=1)))


def character_kinds(password: str) -> int:
    """Return how many of the four kinds of characters a password holds.

    Letters without case, Chinese ones among them, count as other characters.
    """
    kinds = (str.islower, str.isupper, str.isdigit)
    found = sum(any(kind(each) for each in password) for kind in kinds)
    return found + any(not any(kind(each) for kind in kinds) for each in password)


def new_password() -> str:
    """Return a password for someone to be given: about 78 bits, easy to read out."""
    while True:
        password = "-".join(
            "".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH))
            for _ in range(_GROUPS)
        )
        if character_kinds(password) >= CHARACTER_KINDS_NEEDED:
            return password


def is_session_over(
    *,
    began_at: datetime,
    seen_at: datetime,
    now: datetime,
    idle: timedelta,
    life: timedelta,
) -> bool:
    """Return whether a session was left alone for `idle`, or is `life` old."""
    return now - seen_at >= idle or now - began_at >= life


# Looked for in this order: each browser also names those it descends from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return what a browser and its system are called, as well as can be told.

    What is not recognised is returned as it came, cut short; "" stays "".
    """
    found = (
        next((name for mark, name in marks if mark in user_agent), "")
        for marks in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(filter(None, found)) or user_agent[:40]


# Scanners for leaked secrets know a token by how it begins.
TOKEN_MARK = "jx_"  # noqa: S105 -- how every token begins
_TOKEN_BYTES = 32


def new_token() -> str:
    """Return a token nobody can guess: 256 bits, so that a plain digest of it is safe."""
    return TOKEN_MARK + secrets.token_urlsafe(_TOKEN_BYTES)


def token_digest(plain: str) -> str:
    """Return what is kept of a token, by which it is found again."""
    return sha256(plain.encode()).hexdigest()
