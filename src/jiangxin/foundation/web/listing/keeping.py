"""Exports of lists about people: a reason for the large ones, a record of each, a mark.

The record itself belongs to a part above, which brings an `ExportKeeper`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.parts import Text, brought
from jiangxin.foundation.web.listing.exporting import Mark, export
from jiangxin.foundation.web.listing.filters import Search
from jiangxin.foundation.web.pages import page
from jiangxin.foundation.web.request import Request

if TYPE_CHECKING:  # which imports this module
    from jiangxin.foundation.web.listing.view import ListState

# A list about people is also posted to: with the reason for a large export.
answers_personal_list = require_http_methods(["GET", "HEAD", "POST"])

LONGEST_REASON = 200


@dataclass(frozen=True)
class Export:
    """What is about to leave. filters: label and value of each that is set."""

    list_key: str
    list_title: str
    filters: list[tuple[str, str]]
    format: str
    rows: int
    reason: str = ""


@dataclass(frozen=True)
class ExportKeeper:
    """Brought by the part that keeps account of exports.

    rows_without_reason: up to how many rows a list leaves without a reason, on a day.
    keep: records an export before its file is made and returns the record's number.
    """

    rows_without_reason: Callable[[date], int]
    keep: Callable[[Export, Actor, datetime], int]


class ExportReason(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What the list is needed for"),
        help_text=gettext_lazy("It is kept with your name, and stands in the file."),
        min_length=2,
        max_length=LONGEST_REASON,
    )


def export_personal(
    request: Request, state: "ListState", kind: str, title: Text
) -> HttpResponseBase:
    """Answer with the file, or first ask for a reason when it is a large one."""
    leaving = Export(
        list_key=state.listing.key,
        list_title=str(title),
        filters=chosen(state),
        format=kind,
        rows=state.rows.count(),
    )
    mark = release(request, leaving, back_url=state.address("export"))
    if not isinstance(mark, Mark):
        return mark
    return export(
        state.listing, state.rows, kind=kind, on=timezone.localdate(), mark=mark
    )


def release(request: Request, leaving: Export, *, back_url: str) -> Mark | HttpResponse:
    """Record what is about to leave, or ask why first when it is much.

    For files about people that are no lists, too; the answer to the question comes to
    the same address, by POST.
    """
    keeper = next(iter(brought(ExportKeeper)), None)
    if keeper is None:
        message = "no installed part keeps account of exports of personal data"
        raise ImproperlyConfigured(message)
    most = keeper.rows_without_reason(timezone.localdate())
    form = ExportReason(request.POST if "reason" in request.POST else None)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if leaving.rows > most and not reason:
        context = {
            "title": _("Why is this list needed?"),
            "list_title": leaving.list_title,
            "form": form,
            "count": leaving.rows,
            "most": most,
            "back_url": back_url,
        }
        return page(request, "ui/listing/export_reason.html", context)
    leaving = replace(leaving, reason=reason)
    number = keeper.keep(leaving, request.actor, request.now)
    return Mark(number, request.actor.label, request.now, _facts(leaving))


def chosen(state: "ListState") -> list[tuple[str, str]]:
    """Return the filters that are set; of a search only that there was one.

    What is typed into a search may be somebody's number or name.
    """
    pairs = zip(state.listing.filters, state.bound, strict=True)
    return [
        (str(bound.label), _("(searched)") if isinstance(each, Search) else bound.shown)
        for each, bound in pairs
        if bound.shown
    ]


def _facts(leaving: Export) -> list[tuple[str, str]]:
    return [
        (_("List"), leaving.list_title),
        *leaving.filters,
        (_("Rows"), str(leaving.rows)),
        (_("Reason"), leaving.reason or _("none asked for")),
        (
            _("Handle with care"),
            _("This file holds personal data: use it for this reason only, delete it."),
        ),
    ]
