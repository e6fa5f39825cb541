"""Policies and explanations in the words and components of a page."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import prose_date
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Condition, Fact, Tone
from jiangxin.foundation.ui.components import Verdict as ConditionVerdict
from jiangxin.kernel.policy.enums import Finding, Verdict
from jiangxin.kernel.policy.registry import attribute
from jiangxin.kernel.policy.registry.wording import limit_of, say, value_read
from jiangxin.kernel.policy.rules.explaining import Explanation
from jiangxin.kernel.policy.rules.looking import Found
from jiangxin.kernel.policy.rules.settling import Settled
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.views import outlook
from jiangxin.kernel.policy.views.outlook import GrantText, Missing

TONES: dict[Verdict, Tone] = {
    Verdict.ELIGIBLE: "ok",
    Verdict.NEED_INFORMATION: "warn",
    Verdict.NOT_ELIGIBLE: "bad",
    Verdict.NOT_APPLICABLE: "off",
}

WORDS: dict[Finding, ConditionVerdict] = {
    Finding.MET: "met",
    Finding.NOT_MET: "not_met",
    Finding.UNKNOWN: "unknown",
}

# Why not, before why.
FAILING_FIRST = (Finding.NOT_MET, Finding.UNKNOWN, Finding.MET)


@dataclass(frozen=True)
class PolicyText:
    """A policy in the active language."""

    code: str
    title: str
    summary: str
    note: str
    is_demonstration: bool
    source: str
    in_force: str
    tier: Text
    url: str


def policy_text(policy: Policy) -> PolicyText:
    return PolicyText(
        code=policy.code,
        title=say(policy.title),
        summary=say(policy.summary),
        note=say(policy.note) if policy.note else "",
        is_demonstration=policy.is_demonstration,
        source=f"{policy.document} {policy.clause}",
        in_force=in_force(policy),
        tier=policy.tier.label,
        url=reverse("policy:policy-detail", args=[policy.code]),
    )


def in_force(policy: Policy) -> str:
    first = prose_date(policy.in_force_from)
    if policy.in_force_to is None:
        return _("from %(first)s") % {"first": first}
    last = prose_date(policy.in_force_to)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def region_text(policy: Policy) -> str:
    if not policy.region:
        return _("Whole country")
    shows = attribute("region").shows
    return str(shows(policy.region)) if shows else policy.region


def facts(policy: Policy) -> list[Fact]:
    return [
        Fact(_("Issued by"), policy.issuer),
        Fact(_("Document"), policy.document, note=policy.clause),
        Fact(_("Applies in"), region_text(policy)),
        Fact(_("In force"), in_force(policy)),
        Fact(_("How it is granted"), policy.tier.label),
        Fact(_("Version"), policy.version),
    ]


@dataclass(frozen=True)
class Answer:
    """What one policy says about one person.

    missing: what would have to be recorded before it can be decided. grant: what is
    given to whoever is eligible. ways: when one condition is short, what would meet it.
    turn: when the answer will be another. settled: what becomes of it beside the other
    policies that serve the person. quota: what is left for whoever it serves.
    """

    policy: PolicyText
    verdict: Verdict
    tone: Tone
    rows: list[Condition]
    missing: list[Missing]
    why_not_applicable: Text
    on: date
    is_folded: bool
    grant: GrantText | None = None
    ways: list[str] = field(default_factory=list)
    turn: str = ""
    settled: str = ""
    quota: str = ""

    @property
    def is_eligible(self) -> bool:
        return self.verdict is Verdict.ELIGIBLE


def nearness(one: Answer) -> int:
    """Order answers: what serves, what nearly does, what lacks a record, the rest."""
    if one.is_eligible:
        return 0
    if one.ways:
        return 1
    return 2 if one.missing else 3


def answer(
    explanation: Explanation,
    *,
    turn: Explanation | None = None,
    settled: Settled | None = None,
    person_id: int | None = None,
    quota: str = "",
) -> Answer:
    """Put an explanation into words.

    turn: the next answer that differs. person_id: whose page at the desk to link to, for
    those who may record there what is missing; None for the person's own view.
    """
    found = sorted(explanation.found, key=lambda one: FAILING_FIRST.index(one.finding))
    why = explanation.why_not_applicable
    return Answer(
        policy=policy_text(explanation.policy),
        verdict=explanation.verdict,
        tone=TONES[explanation.verdict],
        rows=[_row(one, explanation) for one in found],
        missing=[outlook.missing(key, person_id) for key in explanation.missing],
        why_not_applicable=why.label if why else "",
        on=explanation.on,
        is_folded=explanation.verdict is Verdict.NOT_APPLICABLE,
        grant=outlook.grant_text(explanation),
        ways=outlook.ways(explanation),
        turn=outlook.turn_text(turn) if turn else "",
        settled=outlook.settled_text(settled) if settled else "",
        quota=quota if explanation.verdict is Verdict.ELIGIBLE else "",
    )


def _row(found: Found, explanation: Explanation) -> Condition:
    return Condition(
        name=say(found.condition.says),
        value=value_read(found),
        limit=limit_of(found.condition, explanation.on),
        verdict=WORDS[found.finding],
        clause=found.condition.clause,
        note=outlook.effect_of(found),
    )
