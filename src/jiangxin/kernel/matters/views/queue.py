"""The desk's queue of matters."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Tab
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
from jiangxin.kernel.matters.enums import Channel, MatterState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.permissions import FILE, VIEW
from jiangxin.kernel.matters.queries.queues import (
    QUEUES,
    SETTLED_QUEUE,
    counts_of,
    queue_of,
)
from jiangxin.kernel.matters.registry import services
from jiangxin.kernel.matters.views.showing import flags_today, subject_of, title_of
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.register.permissions import check_anywhere


def matter_url(matter: Matter) -> str:
    return reverse("matters:matter-detail", args=[matter.pk])


def _services(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(one.code, say(one.title)) for one in services()]


MATTERS = Listing(
    key="matters",
    columns=[
        Column("number", _("Matter number"), sort=("id",), link=matter_url),
        Column("service", _("Service"), title_of),
        Column("subject", _("About whom"), subject_of),
        Column(
            "state",
            _("State"),
            flags_today,
            template="matters/_matter_state.html",
            export="get_state_display",
        ),
        Column("due_on", _("Due"), sort=("due_on", "id")),
        Column("assigned_label", _("In the hands of")),
        Column("channel", _("Channel"), "get_channel_display"),
        Column("submitted_at", _("Submitted at"), sort=("submitted_at", "id")),
    ],
    filters=[
        Search(
            (
                "number__startswith",
                "organisation__name__contains",
                "person__name__contains",
            ),
            hint=_("Number, organisation or person"),
        ),
        ChoiceFilter("service", _("Service"), _services, lookup="service"),
        ChoiceFilter("state", _("State"), MatterState.choices[1:]),
        ChoiceFilter("channel", _("Channel"), Channel.choices),
        DateRangeFilter("due", _("Due"), field="due_on"),
        DateRangeFilter("submitted", _("Submitted at"), field="submitted_at__date"),
    ],
    sort="due_on",
    export=True,
    noun=_("matters"),
    count_limit=10_000,
    is_personal=True,
)
SETTLED = replace(MATTERS, key="matters-settled", sort="-submitted_at")


@login_required
@answers_personal_list
def matter_list(request: Request, queue: str = "open") -> HttpResponseBase:
    check_anywhere(request.actor, VIEW)
    if queue not in {*QUEUES, SETTLED_QUEUE}:
        raise NotFound
    day = today(request.now)
    act = None
    if holds(request.actor, FILE):
        act = Act(_now("File a matter"), reverse("matters:desk-services"), "plus")
    context = {"tabs": _tabs(request, queue)}
    return listing_page(
        request,
        SETTLED if queue == SETTLED_QUEUE else MATTERS,
        queryset=queue_of(queue, request.actor, day),
        title=_now("Matters"),
        purpose=_now("What was applied for in your places, what is due first on top."),
        act=act,
        crumbs=[Crumb(_now("Matters"))],
        empty=Empty(
            _now("Nothing in this queue"),
            _now("Look into another queue, or set other filters."),
            icon="inbox",
        ),
        template="matters/matter_list.html",
        context=context,
    )


def _tabs(request: Request, current: str) -> list[Tab]:
    counts = counts_of(request.actor, today(request.now))
    tabs = [
        Tab(queue.label, _queue_url(key), key == current, counts[key])
        for key, queue in QUEUES.items()
    ]
    tabs.append(
        Tab(_now("Settled"), _queue_url(SETTLED_QUEUE), current == SETTLED_QUEUE)
    )
    return tabs


def _queue_url(key: str) -> str:
    if key == "open":
        return reverse("matters:matter-list")
    return reverse("matters:matter-queue", args=[key])
