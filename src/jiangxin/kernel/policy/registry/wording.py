"""Explanations in words: values, limits and sentences in the active language."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import grouped, listed, table_date
from jiangxin.foundation.parts import Text
from jiangxin.kernel.policy.enums import Absence, AttributeType, Comparison
from jiangxin.kernel.policy.registry.attributes import Attribute, attribute
from jiangxin.kernel.policy.rules.looking import Found
from jiangxin.kernel.policy.rules.tree import HUNDREDTHS, Group, Leaf, Limit, Sentence
from jiangxin.kernel.policy.rules.vocabulary import COUNTED_IN_YEARS


def say(sentence: Sentence) -> str:
    return sentence.in_language(get_language() or "zh-hans")


def shown(one: Attribute, value: Any) -> str:
    """Write a value; for no value say whether there is none or it is not known."""
    if value is None:
        if one.absent_means is Absence.NONE:
            return _("None on record")
        return _("Not recorded")
    if one.type is AttributeType.MONEY:
        return money(value)
    text = str(one.shows(value)) if one.shows else _plain(value)
    return f"{text} {one.unit}".strip()


def money(fen: int) -> str:
    """Write an amount in yuan, without fen when there are none."""
    yuan, rest = divmod(fen, HUNDREDTHS)
    shown_yuan = f"{grouped(yuan)}.{rest:02}" if rest else grouped(yuan)
    return _("%(yuan)s yuan") % {"yuan": shown_yuan}


def _plain(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case int() | Decimal():
            return grouped(value)
        case date():
            return table_date(value)
    return str(value)


def value_read(found: Found) -> str:
    """What the record holds for one condition; for a group what its parts hold."""
    if isinstance(found.condition, Group):
        return _("; ").join(_named_value(part) for part in found.parts)
    one = attribute(found.condition.attribute)
    if found.condition.comparison in COUNTED_IN_YEARS and isinstance(found.value, int):
        return _years(found.value)
    return shown(one, found.value)


def _named_value(part: Found) -> str:
    if isinstance(part.condition, Group):
        return value_read(part)
    return named(part.condition, value_read(part))


def limit_of(condition: Leaf | Group, on: date) -> str:
    """What a condition asks on a day; for a group, what its members say."""
    if isinstance(condition, Group):
        members = _("; ").join(say(member.says) for member in condition.members)
        return _pair(condition.junction.label, members)
    if condition.comparison is Comparison.IS_TRUE:
        return _("yes")
    return _("%(comparison)s %(value)s") % {
        "comparison": condition.comparison.label,
        "value": limit_value(condition, condition.limit(on)),
    }


def limit_value(leaf: Leaf, limit: Limit) -> str:
    """Write a limit as a value of its attribute: a grade by its name, an age in years."""
    if isinstance(limit, int) and leaf.comparison in LENGTHS_OF_TIME:
        return LENGTHS_OF_TIME[leaf.comparison](limit)
    one = attribute(leaf.attribute)
    if not isinstance(limit, tuple):
        return shown(one, limit)
    texts = [shown(one, each) for each in limit]
    if leaf.comparison is Comparison.BETWEEN:
        return _("%(low)s and %(high)s") % {"low": texts[0], "high": texts[1]}
    return listed(texts)


def named(leaf: Leaf, text: str) -> str:
    """Put the attribute's name before a value or a limit."""
    return _pair(attribute(leaf.attribute).label, text)


def _pair(label: Text, text: str) -> str:
    return _("%(attribute)s: %(value)s") % {"attribute": label, "value": text}


def _months(months: int) -> str:
    sentence = ngettext("%(months)d month", "%(months)d months", months)
    return sentence % {"months": months}


def _days(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _years(years: int) -> str:
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


LENGTHS_OF_TIME: dict[Comparison, Callable[[int], str]] = {
    **dict.fromkeys(COUNTED_IN_YEARS, _years),
    Comparison.WITHIN_MONTHS: _months,
    Comparison.WITHIN_DAYS: _days,
}
