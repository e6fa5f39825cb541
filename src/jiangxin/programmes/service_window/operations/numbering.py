"""Entering the number of the national system, which numbers certificates, not we.

A demonstration may make one up, which says so itself and wherever it is shown.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.ids.credit_code import check_credit_code, make_credit_code
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import MatterState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.register.models import Organisation
from jiangxin.programmes.service_window.events import NumberEntered
from jiangxin.programmes.service_window.models import NumberEntry, UnionCertificate
from jiangxin.programmes.service_window.queries.certificates import in_force
from jiangxin.programmes.service_window.registry import ISSUES
from jiangxin.programmes.service_window.rules import demonstration_number, last_day

STEP = "number"


class NotAtThisStep(Refused):
    code = "service_window.not_at_this_step"
    text = _("The number is entered while the matter is at the step for it.")


class NumberTaken(Refused):
    code = "service_window.number_taken"
    text = _("%(name)s has a certificate with the number %(number)s already.")


class DaysWrong(Refused):
    code = "service_window.days_wrong"
    text = _(
        "A certificate is issued today or earlier, is valid from then or earlier, and"
        " ends after it begins. Compare the days with the national system."
    )


class CreditCodeWrong(Refused):
    code = "service_window.credit_code_wrong"
    text = _("%(problem)s")


class CreditCodeNeeded(Refused):
    code = "service_window.credit_code_needed"
    text = _("The union has no credit code yet. Enter the one of the certificate.")


class CreditCodeDiffers(Refused):
    code = "service_window.credit_code_differs"
    text = _(
        "The register has the credit code %(known)s for this union. Correct whichever is"
        " wrong first."
    )


class DemonstrationOnly(Refused):
    code = "service_window.demonstration_only"
    text = _("Numbers are made up in a demonstration only. Enter the real one.")


@dataclass(frozen=True)
class NumberFacts:
    """As the national system gave them. valid_to: the last day."""

    number: str
    issued_on: date
    valid_from: date
    valid_to: date
    credit_code: str = ""


@opens_transaction
def enter_number(
    *, matter_id: int, facts: NumberFacts, actor: Actor, now: datetime
) -> NumberEntry:
    """Keep the number until the matter is granted; entered again it is corrected.

    Raises NotFound, NotPermitted, NotAtThisStep, NumberTaken, DaysWrong,
    CreditCodeWrong, CreditCodeNeeded, CreditCodeDiffers.
    """
    matter = _lock(matter_id, actor)
    return _enter(matter, facts, actor=actor, now=now)


@opens_transaction
def make_up_number(*, matter_id: int, actor: Actor, now: datetime) -> NumberEntry:
    """Number a certificate of a demonstration; made up already, it stays.

    Raises DemonstrationOnly, and what `enter_number` raises.
    """
    if not settings.DEMONSTRATION:
        raise DemonstrationOnly
    matter = _lock(matter_id, actor)
    day = today(now)
    number = demonstration_number(matter.region_code, day.year, matter.pk)
    facts = suggested(matter, day, number=number)
    if not facts.credit_code:
        facts = replace(facts, credit_code=_made_up_code(matter))
    return _enter(matter, facts, actor=actor, now=now, is_demonstration=True)


def suggested(matter: Matter, day: date, *, number: str = "") -> NumberFacts:
    """Return the days as the application has them: the new term's, or the old ones."""
    answers = matter.answers
    present = in_force(matter.organisation_id or 0)
    ends = present.valid_to if present else day
    if answers.get("term_from") and answers.get("term_years"):
        start = date.fromisoformat(answers["term_from"])
        ends = last_day(start, int(answers["term_years"]))
    organisation = matter.organisation
    code = (organisation.credit_code or "") if organisation else ""
    begins = present.valid_from if present and ends == present.valid_to else day
    return NumberFacts(number, day, begins, ends, code)


def _made_up_code(matter: Matter) -> str:
    """Return a code of the range for grassroots unions, by the matter's number."""
    return make_credit_code(
        authority="81",
        division_code=matter.region_code[:6].ljust(6, "0"),
        serial=f"MW{matter.pk:06}",
    )


@needs_transaction
def _lock(matter_id: int, actor: Actor) -> Matter:
    rows = Matter.objects.select_for_update(of=("self",))
    matter = rows.select_related("organisation").filter(pk=matter_id).first()
    if matter is None or not permissions.can_view(actor, matter):
        raise NotFound
    permissions.check_office(actor, matter)
    if matter.service not in ISSUES:
        raise NotFound
    if matter.state != MatterState.ACCEPTED or matter.step != STEP:
        raise NotAtThisStep
    return matter


@needs_transaction
def _enter(
    matter: Matter,
    facts: NumberFacts,
    *,
    actor: Actor,
    now: datetime,
    is_demonstration: bool = False,
) -> NumberEntry:
    organisation = matter.organisation
    assert organisation is not None  # noqa: S101 -- these services are for unions
    number = facts.number.strip()
    check_number(ISSUES[matter.service].kind, number)
    check_days(facts, today(now))
    code = check_code(organisation, facts.credit_code)
    entry, _made = NumberEntry.objects.update_or_create(
        matter=matter,
        defaults={
            "number": number,
            "credit_code": code,
            "issued_on": facts.issued_on,
            "valid_from": facts.valid_from,
            "valid_to": facts.valid_to,
            "is_demonstration": is_demonstration,
            "entered_at": now,
            "entered_by": actor.account_id,
            "entered_by_label": actor.label,
        },
    )
    event = NumberEntered(matter.pk, number, is_demonstration)
    about = subject("organisation", organisation.pk)
    record(event, subject=about, actor=actor, at=now)
    return entry


def check_number(kind: str, number: str) -> None:
    """Raises NumberTaken."""
    taken = UnionCertificate.objects.filter(kind=kind, number=number).first()
    if taken is not None:
        raise NumberTaken(name=taken.name, number=number)


def check_days(facts: NumberFacts, on: date) -> None:
    """Raises DaysWrong."""
    in_order = facts.valid_from <= facts.issued_on <= on < facts.valid_to
    if not in_order:
        raise DaysWrong


def check_code(organisation: Organisation, text: str) -> str:
    """Return the credit code that counts.

    Raises CreditCodeWrong, CreditCodeNeeded, CreditCodeDiffers.
    """
    known = organisation.credit_code or ""
    if not text.strip():
        if not known:
            raise CreditCodeNeeded
        return known
    try:
        code = check_credit_code(text).code
    except IdProblem as problem:
        raise CreditCodeWrong(problem=problem.message) from problem
    if known and code != known:
        raise CreditCodeDiffers(known=known)
    return code
