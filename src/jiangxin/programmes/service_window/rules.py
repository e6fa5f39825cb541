"""What follows from dates and answers: terms, standing, invitations, changes."""

from collections.abc import Mapping
from datetime import date, timedelta

from jiangxin.programmes.service_window.enums import (
    CertificateStanding,
    CertificateState,
)

# How many days before the end a union is invited to renew, the last one first.
INVITATIONS = (30, 60, 90)
# What may change, and the answer that says what it becomes.
CHANGES: Mapping[str, str] = {
    "name": "new_name",
    "legal_representative": "new_legal_representative",
    "domicile": "new_domicile",
    "authority": "new_authority",
}
APPROVED = frozenset({"name", "legal_representative"})
STATED = frozenset({"domicile", "authority"})


def last_day(start: date, years: int) -> date:
    """Return the last day of a term of so many years that begins on `start`.

    A term that begins on 29 February ends on 28 February.
    """
    try:
        following = start.replace(year=start.year + years)
    except ValueError:
        following = start.replace(year=start.year + years, month=3, day=1)
    return following - timedelta(days=1)


# Trade Union Law, art. 16.
TERMS = (3, 5)


def years_of(valid_from: date, valid_to: date) -> int | None:
    """Return the years of the term that a certificate belongs to; None for neither.

    A certificate is issued some time after its term began, never before: the shortest
    term that it fits into.
    """
    return next(
        (years for years in TERMS if valid_to <= last_day(valid_from, years)), None
    )


def standing(state: str, valid_to: date, on: date) -> CertificateStanding:
    """Return how a certificate stands on a day. valid_to: its last day."""
    if state != CertificateState.VALID:
        return CertificateStanding(state)
    return CertificateStanding.GOOD if on <= valid_to else CertificateStanding.EXPIRED


def days_left(valid_to: date, on: date) -> int:
    """Return how many days after `on` the last day is; below 0 once it is over."""
    return (valid_to - on).days


def invitation_due(valid_to: date, on: date) -> int | None:
    """Return which invitation a union should have by a day: 90, 60 or 30 days before.

    None when it is too early, and once the term is over: then it is late, not invited.
    """
    left = days_left(valid_to, on)
    if left < 0:
        return None
    return next((days for days in INVITATIONS if left <= days), None)


def changes_of(
    answers: Mapping[str, str], present: Mapping[str, str]
) -> dict[str, str]:
    """Return what becomes different of `present`; what is said to stay is no change."""
    asked = {name: answers.get(key, "").strip() for name, key in CHANGES.items()}
    return {
        name: value
        for name, value in asked.items()
        if value and value != present.get(name, "")
    }


def papers_for(changes: Mapping[str, str]) -> set[str]:
    """Return the materials that these changes need beside the form.

    A new domicile or authority needs no approval: a stamped statement will do (guides
    of Anhui 2021 and Rizhao 2022).
    """
    needed = set()
    if APPROVED & changes.keys():
        needed.add("change_approval")
    if STATED & changes.keys():
        needed.add("change_statement")
    if "legal_representative" in changes:
        needed.add("chair_id")
    return needed


def demonstration_number(region_code: str, year: int, matter_id: int) -> str:
    """Return a number that nobody takes for one of the national system."""
    return f"DEMO-{region_code[:6]}-{year}-{matter_id:06}"


def masked_name(name: str) -> str:
    """Return a name of which strangers read the first character only."""
    return name[:1] + "*" * (len(name) - 1)
