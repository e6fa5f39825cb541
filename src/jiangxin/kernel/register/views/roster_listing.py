"""The list of rosters."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.web.listing import ChoiceFilter, Column, Listing, Search
from jiangxin.kernel.register.enums import RosterState
from jiangxin.kernel.register.models import RosterImport

TONES: dict[str, str] = {
    RosterState.CHECKING: "info",
    RosterState.READY: "wait",
    RosterState.UNREADABLE: "warn",
    RosterState.APPLYING: "info",
    RosterState.APPLIED: "ok",
    RosterState.FAILED: "bad",
    RosterState.WITHDRAWN: "off",
}


def _url(roster: RosterImport) -> str:
    return reverse("register:roster-detail", args=[roster.pk])


def _count(name: str) -> Column:
    labels = {
        "rows": _("Rows"),
        "new": _("New"),
        "changed": _("Changed"),
        "refused": _("Refused"),
    }
    return Column(
        name,
        labels[name],
        value=lambda roster: roster.counts.get(name),
        align="end",
    )


ROSTERS = Listing(
    key="rosters",
    columns=[
        Column("file_name", _("File"), sort=("file_name",), link=_url),
        Column("organisation", _("Organisation"), value="organisation.name"),
        Column(
            "state",
            _("State"),
            value=lambda roster: TONES[roster.state],
            sort=("state",),
            template="register/_roster_state.html",
            export=lambda roster: roster.get_state_display(),
        ),
        _count("rows"),
        _count("new"),
        _count("changed"),
        _count("refused"),
        Column("handed_in_at", _("Handed in at"), sort=("handed_in_at",)),
    ],
    filters=[
        Search(("file_name__icontains", "organisation__name__contains")),
        ChoiceFilter("state", _("State"), RosterState.choices),
    ],
    sort="-handed_in_at",
    page_size=25,
    export=True,
    noun=_("rosters"),
)
