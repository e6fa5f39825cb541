"""What a policy gives and on what terms, in words, for the page of the policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import grouped, listed
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Fact
from jiangxin.kernel.policy.enums import QuotaOrder
from jiangxin.kernel.policy.registry import attribute, policies
from jiangxin.kernel.policy.registry.wording import (
    limit_of,
    money,
    named,
    say,
)
from jiangxin.kernel.policy.rules.settling import Remaining
from jiangxin.kernel.policy.rules.tree import (
    HUNDREDTHS,
    Amount,
    Ceiling,
    Condition,
    DatedValue,
    GrantRow,
    Group,
    NotWith,
    Parameter,
    Policy,
    Quota,
    Share,
    value_on,
    whole_on,
)
from jiangxin.kernel.policy.views.outlook import amount_text


@dataclass(frozen=True)
class GrantLine:
    """A row of the table of what is granted."""

    number: int
    says: str
    when: list[str]
    gives: str
    clause: str


def lines(policy: Policy, on: date) -> list[GrantLine]:
    """Return the rows as they stand on a day, or on the policy's first day before it."""
    day = max(on, policy.in_force_from)
    return [
        GrantLine(
            number,
            say(row.says),
            [_condition(one, day) for one in row.when] or [_("Everybody else")],
            _gives(policy, row, day),
            row.clause,
        )
        for number, row in enumerate(policy.rows, start=1)
    ]


def _condition(condition: Condition, on: date) -> str:
    limit = limit_of(condition, on)
    return limit if isinstance(condition, Group) else named(condition, limit)


def _gives(policy: Policy, row: GrantRow, on: date) -> str:
    parts = []
    if isinstance(row.gives, Amount) and policy.grants:
        parts.append(amount_text(row.gives.fen(on), policy.grants.period))
    if isinstance(row.gives, Share):
        parts.append(_share(row.gives, on))
    if row.rate is not None:
        parts.append(_("%(rate)s%% a year") % {"rate": value_on(row.rate, on)})
    return listed(parts)


def _share(share: Share, on: date) -> str:
    floor, cap = share.limits(on)
    parts = [
        _("%(percent)s%% of %(whole)s")
        % {
            "percent": Decimal(share.hundredths(on)) / HUNDREDTHS,
            "whole": attribute(share.attribute).label,
        }
    ]
    if floor is not None:
        parts.append(_("at least %(amount)s") % {"amount": money(floor)})
    if cap is not None:
        parts.append(_("at most %(amount)s") % {"amount": money(cap)})
    return listed(parts)


def left_of(policy: Policy, left: Mapping[str, Remaining]) -> str:
    """Say what is left of a policy's quota; nothing where it has none."""
    if policy.quota is None or policy.code not in left:
        return ""
    found = left[policy.code]
    if found.people == 0 or found.fen == 0:
        return _("The quota of this period is used up.")
    parts = []
    if found.people is not None:
        parts.append(_("%(people)s people") % {"people": grouped(found.people)})
    if found.fen is not None:
        parts.append(money(found.fen))
    return _("Left of the quota: %(left)s") % {"left": listed(parts)}


def terms(
    policy: Policy, on: date, left: Mapping[str, Remaining] | None = None
) -> list[Fact]:
    """Return what it does not go with, what it shares a ceiling with, and its quota.

    left: of quotas, by code; None where that is not shown.
    """
    found = [_exclusion(rule) for rule in policy.not_with]
    if policy.ceiling:
        found.append(_ceiling(policy.ceiling, max(on, policy.in_force_from)))
    if policy.quota:
        found.append(_quota(policy.quota, left_of(policy, left or {})))
    return found


def _exclusion(rule: NotWith) -> Fact:
    titles = [say(one.title) for one in policies() if one.code in rule.codes]
    given = _("Given is: %(which)s") % {"which": rule.wins.label}
    return Fact(_("Not together with"), listed(titles), note=given)


def _ceiling(ceiling: Ceiling, on: date) -> Fact:
    most = amount_text(whole_on(ceiling.most, on), ceiling.period)
    together = [
        say(one.title)
        for one in policies()
        if one.ceiling and one.ceiling.group == ceiling.group
    ]
    return Fact(_("At most, together"), most, note=listed(together))


def _quota(quota: Quota, left: str) -> Fact:
    parts = []
    if quota.people is not None:
        parts.append(_("%(people)s people") % {"people": grouped(quota.people)})
    if quota.fen is not None:
        parts.append(money(quota.fen))
    limit = listed(parts)
    text = _("%(amount)s %(period)s") % {"amount": limit, "period": quota.period.label}
    if quota.order is QuotaOrder.FIRST_COME:
        return Fact(_("Quota"), text, note=_noted(quota.order.label, left))
    ranked = _("%(attribute)s: %(value)s") % {
        "attribute": attribute(quota.attribute).label,
        "value": quota.order.label,
    }
    return Fact(_("Quota"), text, note=_noted(ranked, left))


def _noted(order: Text, left: str) -> str:
    return _("; ").join(filter(None, (str(order), left)))


def figure(parameter: Parameter, dated: DatedValue) -> str:
    """Write a value of a parameter that no condition reads, as its file does."""
    value = Decimal(str(dated.value)) / parameter.scale
    number = int(value) if value == int(value) else value
    return f"{grouped(number)} {say(parameter.unit)}"
