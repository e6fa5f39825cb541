"""The window board: figures of a month or quarter, by window and clerk, and the red flag."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.actor import Actor, holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.i18n import listed
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Crumb, Empty, Tab
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import Column, Listing, listing_page
from jiangxin.foundation.web.listing.exporting import FORMATS, export
from jiangxin.kernel.counter import declared
from jiangxin.kernel.counter.permissions import VIEW_BOARD
from jiangxin.kernel.counter.queries.board import (
    ALL,
    CLERK,
    MATTERS_OF,
    RATINGS_OF,
    TICKETS_OF,
    WINDOW,
    Counted,
    Row,
    behind,
    counted,
    first_day,
    rows_by_clerk,
    rows_by_window,
    whole,
)
from jiangxin.kernel.counter.rules.board import Figures, rank
from jiangxin.kernel.counter.rules.periods import (
    Period,
    after,
    before,
    month_of,
    period_of,
    periods_to_choose,
)
from jiangxin.kernel.counter.views.listing import TICKETS
from jiangxin.kernel.counter.views.showing import service_title
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.permissions import FOLLOW
from jiangxin.kernel.ratings.queries.ratings import followed_by
from jiangxin.kernel.ratings.views.listing import FOLLOWED, RATINGS
from jiangxin.kernel.register.permissions import check_anywhere

LACKS = {
    "settled": gettext_lazy("too few settled"),
    "rated": gettext_lazy("too few ratings"),
    "on_time": gettext_lazy("not always on time"),
    "good": gettext_lazy("share of good ratings too small"),
    "unanswered": gettext_lazy("a bad rating is not answered"),
}
ROWS: dict[str, Callable[[Any], list[Row]]] = {
    CLERK: rows_by_clerk,
    WINDOW: rows_by_window,
}


def percent(share: float | None) -> str:
    """Return one decimal, unless it is a whole number: 97.3%, 100%."""
    return "" if share is None else f"{share * 100:.1f}".removesuffix(".0") + "%"


# Key, heading, what is shown, what stands behind it.
COLUMNS: tuple[tuple[str, Text, Callable[[Figures], str]], ...] = (
    ("settled", gettext_lazy("Settled"), lambda one: str(one.settled)),
    ("on-time", gettext_lazy("On time"), lambda one: percent(one.on_time)),
    ("early", gettext_lazy("Ahead of time"), lambda one: percent(one.early)),
    (
        "first-time",
        gettext_lazy("At the first go"),
        lambda one: percent(one.first_time),
    ),
    ("proxies", gettext_lazy("Full proxy"), lambda one: str(one.proxies)),
    ("visits", gettext_lazy("Visits a matter"), lambda one: _two(one.visits)),
    ("served", gettext_lazy("Numbers served"), lambda one: str(one.served)),
    ("rated", gettext_lazy("Rated"), lambda one: str(one.rated)),
    ("good", gettext_lazy("Good ratings"), lambda one: percent(one.good)),
    ("bad", gettext_lazy("Bad ratings"), lambda one: str(one.bad)),
    (
        "put-right",
        gettext_lazy("Bad ones put right"),
        lambda one: percent(one.put_right),
    ),
)
LABELS = {key: label for key, label, _read in COLUMNS}
MINUTES: tuple[tuple[str, Text, Callable[[Figures], str]], ...] = (
    (
        "waiting",
        gettext_lazy("Waited, minutes"),
        lambda one: _pair(one.waiting_median, one.waiting_p90),
    ),
    (
        "service",
        gettext_lazy("Served, minutes"),
        lambda one: _pair(one.service_median, one.service_p90),
    ),
)


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _pair(middle: float | None, nine_tenths: int | None) -> str:
    return "" if middle is None else f"{middle:g} / {nine_tenths}"


def _of_row(read: Callable[[Figures], str]) -> Callable[[Row], str]:
    return lambda row: read(row.figures)


class Rows(list[Row]):
    """Lines that an export reads as it would read a query."""

    def iterator(self, chunk_size: int) -> Iterator[Row]:
        del chunk_size  # they are all here
        return iter(self)


BOARD = Listing(
    key="window-board",
    columns=[
        Column("label", gettext_lazy("Who"), "label"),
        *(
            Column(key, label, _of_row(read))
            for key, label, read in (*COLUMNS, *MINUTES)
        ),
    ],
    filters=[],
)


def _matter_url(row: Matter) -> str:
    return reverse("matters:matter-detail", args=[row.pk])


MATTERS = Listing(
    key="board-matters",
    columns=[
        Column(
            "number",
            gettext_lazy("Matter number"),
            sort=("number",),
            link=_matter_url,
        ),
        Column(
            "service", gettext_lazy("Service"), lambda row: service_title(row.service)
        ),
        Column("clerk", gettext_lazy("In the hands of"), "assigned_label"),
        Column("channel", gettext_lazy("Channel"), "get_channel_display"),
        Column("accepted", gettext_lazy("Accepted at"), "accepted_at"),
        Column("due", gettext_lazy("Due"), "due_on"),
        Column(
            "settled", gettext_lazy("Settled at"), "settled_at", sort=("settled_at",)
        ),
        Column("on_time", gettext_lazy("On time"), "is_on_time"),
        Column("visits", gettext_lazy("Visits to the window"), align="end"),
    ],
    filters=[],
    sort="-settled",
    export=True,
    noun=pgettext_lazy("board", "matters"),
)


@login_required
@require_safe
def board(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, VIEW_BOARD)
    day = today(request.now)
    period = period_of(request.GET.get("period", "")) or month_of(day)
    by = request.GET.get("by", CLERK)
    by = by if by in ROWS else CLERK
    found = counted(request.actor, period)
    rows = ROWS[by](found)
    rule = declared.flag_rule(on=period.first)
    kind = request.GET.get("export", "")
    if kind in FORMATS:
        lines = cast("QuerySet[Any]", Rows(rows))
        return export(BOARD, lines, kind=kind, on=day)
    context = {
        "title": _("Window board"),
        "crumbs": [Crumb(_("Window board"))],
        **_periods(request.actor, period, day),
        "by": by,
        "tabs": _tabs(period, by),
        "whole": _cells(whole(found), period, ALL),
        "headings": [label for _key, label, _read in (*COLUMNS, *MINUTES)],
        "rows": [(row, _cells(row.figures, period, row.key)) for row in rows],
        "ranking": _ranking(rows, period),
        "rule": rule,
        "rule_on_time": percent(rule.rule.on_time),
        "rule_good": percent(rule.rule.good),
    }
    return page(request, "counter/window_board.html", context)


def _periods(actor: Actor, period: Period, day: date) -> dict[str, object]:
    since = first_day(actor, day)
    return {
        "period": period,
        "periods": periods_to_choose(day, since=since, chosen=period),
        "before": before(period),
        "after": after(period) if period.last < day else None,
    }


def _tabs(period: Period, by: str) -> list[Tab]:
    address = reverse("counter:window-board")
    return [
        Tab(label, f"{address}?period={period.key}&by={key}", is_current=key == by)
        for key, label in ((CLERK, _("By clerk")), (WINDOW, _("By window")))
    ]


def _cells(found: Figures, period: Period, who: str) -> list[dict[str, object]]:
    """Return what is shown of each figure, with the way to what stands behind it."""
    cells: list[dict[str, object]] = []
    for key, label, read in (*COLUMNS, *MINUTES):
        behind_it = key if key in {one[0] for one in COLUMNS} else "served"
        url = reverse("counter:board-records", args=[period.key, behind_it, who])
        cells.append({"key": key, "label": label, "text": read(found), "url": url})
    return cells


def _ranking(rows: list[Row], period: Period) -> list[dict[str, object]]:
    rule = declared.flag_rule(on=period.first).rule
    labels = {row.key: row.label for row in rows}
    return [
        {
            "place": one.place,
            "label": labels[one.key],
            "wins": one.wins and period.is_month,
            "lacks": listed(LACKS[key] for key in one.lacks),
        }
        for one in rank(((row.key, row.figures) for row in rows), rule)
    ]


@login_required
@require_safe
def board_records(
    request: Request, period_key: str, figure: str, who: str
) -> HttpResponseBase:
    """The records behind one figure."""
    check_anywhere(request.actor, VIEW_BOARD)
    period = period_of(period_key)
    if period is None:
        raise NotFound
    found = behind(counted(request.actor, period), who)
    listing, rows = _records(found, figure, request.actor)
    label = LABELS.get(figure, gettext_lazy("Late"))
    board_url = f"{reverse('counter:window-board')}?period={period.key}"
    return listing_page(
        request,
        listing,
        queryset=rows,
        title=label,
        purpose=_("What stands behind the figure, from %(first)s to %(last)s.")
        % {"first": period.first, "last": period.last},
        crumbs=[Crumb(_("Window board"), board_url), Crumb(label)],
        empty=Empty(_("Nothing stands behind it"), icon="list-check"),
    )


def _records(
    found: Counted, figure: str, actor: Actor
) -> tuple[Listing, QuerySet[Any]]:
    """Return the list of what a figure counts. Raises NotFound for no figure."""
    if figure in MATTERS_OF:
        return MATTERS, found.matters.filter(MATTERS_OF[figure])
    if figure in TICKETS_OF:
        return TICKETS, found.tickets
    if figure not in RATINGS_OF:
        raise NotFound
    rated = found.ratings.filter(RATINGS_OF[figure])
    if holds(actor, FOLLOW):
        return FOLLOWED, rated.filter(pk__in=followed_by(actor).values("pk"))
    return RATINGS, rated
