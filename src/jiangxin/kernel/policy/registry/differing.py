"""Two versions of a policy side by side, in words that need no other page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.parts import Text
from jiangxin.kernel.policy.registry.attributes import attribute
from jiangxin.kernel.policy.registry.wording import limit_of, money, named, say
from jiangxin.kernel.policy.rules.tree import (
    Amount,
    Condition,
    GrantRow,
    Leaf,
    Parameter,
    Policy,
)


@dataclass(frozen=True)
class Difference:
    """what: of which part. before, after: "" where there was, or is, nothing."""

    what: Text
    before: str
    after: str


def differences(old: Policy, new: Policy, on: date) -> list[Difference]:
    """Return what is different, in the order of the file; limits as of a day."""
    return [
        *_terms(old, new),
        *_conditions(old.conditions, new.conditions, max(on, new.in_force_from)),
        *_rows(old.rows, new.rows, max(on, new.in_force_from)),
        *_rest(old, new),
    ]


def _terms(old: Policy, new: Policy) -> Iterator[Difference]:
    fields: list[tuple[Text, Callable[[Policy], Any]]] = [
        (_("Title"), lambda one: say(one.title)),
        (_("In a sentence"), lambda one: say(one.summary)),
        (_("Issued by"), lambda one: one.issuer),
        (_("Document"), lambda one: one.document),
        (_("Clause"), lambda one: one.clause),
        (_("In force from"), lambda one: table_date(one.in_force_from)),
        (_("In force to"), _ends),
        (_("How it is granted"), lambda one: str(one.tier.label)),
    ]
    for what, read in fields:
        before, after = read(old), read(new)
        if before != after:
            yield Difference(what, before, after)
    # Names of regions lie in the database: they are read only where they differ.
    if old.region != new.region:
        yield Difference(_("Applies in"), _region(old), _region(new))


def _region(one: Policy) -> str:
    if not one.region:
        return _("Whole country")
    shows = attribute(one.region_attribute).shows
    return str(shows(one.region)) if shows else one.region


def _ends(one: Policy) -> str:
    return table_date(one.in_force_to) if one.in_force_to else _("open")


def _conditions(
    old: Sequence[Condition], new: Sequence[Condition], on: date
) -> Iterator[Difference]:
    for place, before, after in _paired(old, new):
        what = _("Condition %(number)s") % {"number": place}
        asked = [_asked(one, on) if one else "" for one in (before, after)]
        if asked[0] != asked[1]:
            yield Difference(what, *asked)
        if before and after and _said(before) != _said(after):
            wording = _("%(what)s, wording") % {"what": what}
            yield Difference(wording, _said(before), _said(after))


def _paired(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, Any, Any]]:
    """What changed, with its place, counted from 1 in what is new where it stands."""
    matcher = SequenceMatcher(None, list(map(repr, old)), list(map(repr, new)), False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(last - first, end - start)):
            before = old[first + step] if first + step < last else None
            after = new[start + step] if start + step < end else None
            place = start + step + 1 if after is not None else first + step + 1
            yield place, before, after


def _asked(condition: Condition, on: date) -> str:
    if isinstance(condition, Leaf):
        text = named(condition, limit_of(condition, on))
        if isinstance(condition.given, Parameter):
            return _("%(condition)s (by “%(parameter)s”)") % {
                "condition": text,
                "parameter": say(condition.given.title),
            }
        return text
    members = _("; ").join(_asked(member, on) for member in condition.members)
    return _("%(attribute)s: %(value)s") % {
        "attribute": condition.junction.label,
        "value": members,
    }


def _said(condition: Condition) -> str:
    return f"{say(condition.says)} ({condition.clause})"


def _rows(
    old: Sequence[GrantRow], new: Sequence[GrantRow], on: date
) -> Iterator[Difference]:
    for place, before, after in _paired(old, new):
        what = _("Line %(number)s of the table") % {"number": place}
        lines = [_row(one, on) if one else "" for one in (before, after)]
        yield Difference(what, *lines)


def _row(row: GrantRow, on: date) -> str:
    when = _("; ").join(_asked(one, on) for one in row.when) or _("Everybody else")
    return _("%(attribute)s: %(value)s") % {
        "attribute": when,
        "value": f"{say(row.says)} {_amount(row, on)}".strip(),
    }


def _amount(row: GrantRow, on: date) -> str:
    return money(row.gives.fen(on)) if isinstance(row.gives, Amount) else ""


def _rest(old: Policy, new: Policy) -> Iterator[Difference]:
    terms = (old.not_with, old.ceiling, old.quota)
    if terms != (new.not_with, new.ceiling, new.quota):
        yield Difference(_("Together with other policies"), "", _("changed"))
    if old.cases != new.cases:
        counts = [
            _("%(count)s cases") % {"count": len(one.cases)} for one in (old, new)
        ]
        same = counts[0] == counts[1]
        yield Difference(
            _("Worked cases"), counts[0], _("changed") if same else counts[1]
        )
