"""Filters of the register's lists that need more than a field's lookup."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import ChoiceFilter, Search
from jiangxin.foundation.web.listing.filters import Bound
from jiangxin.kernel.register.queries.regions import towns_to_choose
from jiangxin.kernel.register.queries.visibility import within

Rows = QuerySet[Any]


@dataclass(frozen=True)
class FoundBy(Search):
    """A search box whose text, or each word of it, narrows the rows by a function.

    doubt: says what is wrong with a word, "" if nothing is.
    """

    find: Callable[[Rows, str], Rows] = lambda rows, _text: rows
    by_word: bool = False
    doubt: Callable[[str], str] = lambda _text: ""

    def bind(self, request: HttpRequest) -> Bound:
        bound = super().bind(request)
        text = bound.values[self.key]
        words = text.split()[:5] if self.by_word else [text]
        words = list(filter(None, words))
        doubts = list(filter(None, map(self.doubt, words)))

        def narrow(rows: Rows) -> Rows:
            for word in words:
                rows = self.find(rows, word)
            return rows

        return replace(bound, narrow=narrow, problem=" ".join(doubts))


def town_filter(field: str, permission: str) -> ChoiceFilter:
    """Narrow by the towns (or counties, or cities) of the actor's place."""

    def towns(request: HttpRequest) -> list[tuple[str, str]]:
        return towns_to_choose(cast("Request", request).actor, permission)

    def narrow(rows: Rows, code: str) -> Rows:
        return rows.filter(within(code, field))

    return ChoiceFilter("town", _("Region"), towns, narrow=narrow)


def yes_no_filter(key: str, label: Any, condition: Callable[[], Q]) -> ChoiceFilter:
    """Narrow to rows that meet a condition, or that do not."""

    def narrow(rows: Rows, value: str) -> Rows:
        return rows.filter(condition() if value == "yes" else ~condition())

    return ChoiceFilter(key, label, [("yes", _("yes")), ("no", _("no"))], narrow=narrow)
