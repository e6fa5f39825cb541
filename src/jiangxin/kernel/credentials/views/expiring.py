"""The radar: what ends soon, so that nobody finds out when it is too late."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    Listing,
    Search,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.enums import CredentialKind, Due
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.queries.expiring import due, expiring
from jiangxin.kernel.credentials.views.listing import credential_url, holder_of
from jiangxin.kernel.register.permissions import check_anywhere


def _due(rows: QuerySet[Any], choice: str) -> QuerySet[Any]:
    return due(rows, choice, today(timezone.now()))


def _days_left(credential: Credential) -> int | None:
    """Days until it ends; below zero, since it ended."""
    if credential.valid_to is None:
        return None
    return (credential.valid_to - today(timezone.now())).days


def _days_in_words(credential: Credential) -> str:
    days = _days_left(credential)
    if days is None:
        return ""
    if days < 0:
        return ngettext("ended %(n)s day ago", "ended %(n)s days ago", -days) % {
            "n": -days
        }
    return ngettext("ends in %(n)s day", "ends in %(n)s days", days) % {"n": days}


EXPIRING = Listing(
    key="expiring",
    columns=[
        Column("holder", gettext_lazy("Holder"), value=holder_of, link=credential_url),
        Column("place_name", gettext_lazy("Organisation"), sort=("place_name",)),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort=("kind",)),
        Column("title", gettext_lazy("Title")),
        Column("valid_to", gettext_lazy("Valid to"), sort=("valid_to",)),
        Column(
            "days",
            gettext_lazy("Days left"),
            value=_days_in_words,
            export=_days_left,
            align="end",
        ),
    ],
    filters=[
        Search(
            ("person__name__contains", "organisation__name__contains"),
            hint=gettext_lazy("Holder"),
        ),
        ChoiceFilter("due", gettext_lazy("When it ends"), Due.choices, narrow=_due),
        Search(
            ("place_name__contains",),
            label=gettext_lazy("Organisation"),
            key="organisation",
        ),
        ChoiceFilter("kind", gettext_lazy("Kind"), CredentialKind.choices),
    ],
    sort="valid_to",
    export=True,
    is_personal=True,
    noun=gettext_lazy("credentials"),
)


@login_required
@answers_personal_list
def expiring_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.VIEW)
    rows = expiring(request.actor, today(request.now))
    return listing_page(
        request,
        EXPIRING,
        queryset=rows.select_related("person", "organisation"),
        title=_("Ending soon"),
        purpose=_(
            "What ends within 90 days, or ended within a year, the earliest first."
        ),
        crumbs=[
            Crumb(_("Credentials"), reverse("credentials:credential-list")),
            Crumb(_("Ending soon")),
        ],
        empty=Empty(
            _("Nothing ends soon"),
            _("What has no last day, or a later one, is not shown here."),
            icon="calendar",
        ),
    )
