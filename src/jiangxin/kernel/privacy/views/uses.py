"""For auditors: who was shown personal data, and who took lists of it away."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    Search,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.privacy import permissions
from jiangxin.kernel.privacy.enums import SealedValue, ViewPurpose
from jiangxin.kernel.privacy.models import PersonalDataExport
from jiangxin.kernel.privacy.queries.uses import exports_visible_to, views_visible_to
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.views.finding import FoundBy

LONGEST_NUMBER = 15


def _filters_of(export: PersonalDataExport) -> str:
    return "; ".join(f"{label}: {value}" for label, value in export.filters)


def _of_person(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(person=text) if is_number(text) else rows.none()


def _numbered(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(pk=text) if is_number(text) else rows.none()


def is_number(text: str) -> bool:
    """Whether it can be the key of a row: more digits no column holds."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


VIEWS = Listing(
    key="personal-data-views",
    columns=[
        Column("seen_at", gettext_lazy("Seen at"), sort=("seen_at",)),
        Column("seen_by", gettext_lazy("Seen by"), "seen_by_label"),
        Column(
            "person", gettext_lazy("Person number"), lambda view: str(view.person_id)
        ),
        Column("value", gettext_lazy("What"), "get_value_display"),
        Column("purpose", gettext_lazy("Purpose"), "get_purpose_display"),
        Column("note", gettext_lazy("In their words")),
    ],
    filters=[
        Search(("seen_by_label__contains",), hint=gettext_lazy("Who saw it")),
        FoundBy((), gettext_lazy("Person number"), key="person", find=_of_person),
        ChoiceFilter("value", gettext_lazy("What"), SealedValue.choices),
        ChoiceFilter("purpose", gettext_lazy("Purpose"), ViewPurpose.choices),
        DateRangeFilter("seen", gettext_lazy("Seen at"), field="seen_at__date"),
    ],
    sort="-seen_at",
    export=True,
    is_personal=True,
    noun=gettext_lazy("showings"),
)

EXPORTS = Listing(
    key="personal-data-exports",
    columns=[
        Column("number", gettext_lazy("Number"), lambda export: str(export.pk)),
        Column("exported_at", gettext_lazy("Exported at"), sort=("exported_at",)),
        Column("exported_by", gettext_lazy("Exported by"), "exported_by_label"),
        Column("list", gettext_lazy("List"), "list_title"),
        Column("filters", gettext_lazy("Filters"), _filters_of),
        Column("rows", gettext_lazy("Rows"), sort=("rows",), align="end"),
        Column("reason", gettext_lazy("Reason")),
    ],
    filters=[
        Search(
            ("exported_by_label__contains", "list_title__contains", "reason__contains"),
            hint=gettext_lazy("Who, which list or why"),
        ),
        FoundBy((), gettext_lazy("Number"), key="number", find=_numbered),
        DateRangeFilter(
            "exported", gettext_lazy("Exported at"), field="exported_at__date"
        ),
    ],
    sort="-exported_at",
    export=True,
    noun=gettext_lazy("exports"),
)


@login_required
@answers_personal_list
def view_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.VIEW_USES)
    return listing_page(
        request,
        VIEWS,
        queryset=views_visible_to(request.actor),
        title=_("Who was shown personal data"),
        purpose=_(
            "Every showing of an identity number or phone in full, and what it was for."
        ),
        crumbs=[Crumb(_("Who was shown personal data"))],
        empty=Empty(_("Nobody was shown anything yet"), icon="eye"),
    )


@login_required
@require_safe
def export_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.VIEW_USES)
    return listing_page(
        request,
        EXPORTS,
        queryset=exports_visible_to(request.actor),
        title=_("Exported lists of people"),
        purpose=_("Each file carries its number, so that a copy leads back here."),
        crumbs=[Crumb(_("Exported lists of people"))],
        empty=Empty(_("Nothing was exported yet"), icon="download"),
    )
