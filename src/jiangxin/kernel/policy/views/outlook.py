"""What an answer leads to, in words: the grant, what is short, and when it will turn."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import prose_date
from jiangxin.foundation.parts import Text
from jiangxin.kernel.policy.enums import Finding, Period, Verdict
from jiangxin.kernel.policy.registry import attribute, policy
from jiangxin.kernel.policy.registry.wording import (
    limit_of,
    money,
    named,
    say,
    value_read,
)
from jiangxin.kernel.policy.rules.explaining import Explanation
from jiangxin.kernel.policy.rules.looking import Found
from jiangxin.kernel.policy.rules.settling import Settled
from jiangxin.kernel.policy.rules.tree import Group

# Where a person sees what is on record, and asks to have it corrected.
OWN_RECORD = "privacy:own-data"


@dataclass(frozen=True)
class Missing:
    """Something that has to be on record. url: where it is recorded, if known."""

    key: str
    label: Text
    to_record: Text
    url: str


def missing(key: str, person_id: int | None) -> Missing:
    """person_id: whose page at the desk is linked to; None for the person's own view."""
    one = attribute(key)
    if person_id is None:
        url = reverse(OWN_RECORD)
    else:
        url = reverse(one.recorded_at, args=[person_id]) if one.recorded_at else ""
    return Missing(key, one.label, one.to_record, url)


@dataclass(frozen=True)
class GrantText:
    """What is given. row: its line in the policy's table, 0 when no line applies."""

    title: str
    amount: str
    rate: str
    row: int
    clause: str
    missing: list[Text]


def grant_text(explanation: Explanation) -> GrantText | None:
    grant, table = explanation.grant, explanation.policy.grants
    if grant is None or table is None:
        return None
    unknown = [attribute(key).label for key in grant.missing]
    if grant.row is None:
        return GrantText("", amount_text(0, Period.ONCE), "", 0, "", unknown)
    return GrantText(
        title=say(grant.row.says),
        amount="" if grant.fen is None else amount_text(grant.fen, table.period),
        rate=_("%(rate)s%% a year") % {"rate": grant.rate} if grant.rate else "",
        row=grant.number or 0,
        clause=grant.row.clause,
        missing=unknown,
    )


def amount_text(fen: int, period: Period) -> str:
    if period is Period.ONCE:
        return money(fen)
    return _("%(amount)s %(period)s") % {
        "amount": money(fen),
        "period": period.label,
    }


def ways(explanation: Explanation) -> list[str]:
    """Return what would meet the one condition that is short, each way a sentence."""
    return [_way(one, explanation) for one in explanation.near_miss()]


def _way(found: Found, explanation: Explanation) -> str:
    condition = found.condition
    limit = limit_of(condition, explanation.on)
    if isinstance(condition, Group):
        return limit
    return _("%(wanted)s (on record: %(value)s)") % {
        "wanted": named(condition, limit),
        "value": value_read(found),
    }


def turn_text(turn: Explanation) -> str:
    """Say when the answer will be another. turn: that answer, on its first day."""
    if turn.verdict is Verdict.ELIGIBLE:
        return _("Will qualify from %(day)s.") % {"day": prose_date(turn.on)}
    last = prose_date(turn.on - timedelta(days=1))
    failing = [say(one.condition.says) for one in turn.found if _fails(one)]
    if not failing:
        return _("Qualifies until %(day)s.") % {"day": last}
    return _("Qualifies until %(day)s; after that no longer met: %(conditions)s") % {
        "day": last,
        "conditions": _("; ").join(failing),
    }


def _fails(found: Found) -> bool:
    return found.finding is not Finding.MET


def settled_text(settled: Settled) -> str:
    """Say what another policy takes away; nothing when all is given."""
    if settled.excluded_by:
        other = say(policy(settled.excluded_by).title)
        return _("Not given beside “%(policy)s”, which is.") % {"policy": other}
    if settled.cut and settled.fen is not None:
        return _(
            "%(amount)s of it is given: the policies of this group share a ceiling."
        ) % {"amount": money(settled.fen)}
    return ""


def effect_of(found: Found) -> str:
    """Since when the limit is what it is, and where that is written."""
    if found.dated is None:
        return ""
    return _("In effect since %(day)s: %(source)s") % {
        "day": prose_date(found.dated.start),
        "source": found.dated.source,
    }
