"""The desk's queue of matters."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from jiangxin.kernel.matters.views.batch_acts import batch_acts_of
from jiangxin.kernel.matters.views.showing import flags_today, subject_of, title_of
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.register.permissions import check_anywhere


def matter_url(matter: Matter) -> str:
    return reverse("matters:matter-detail", args=[matter.pk])


def service_choices(_request: HttpRequest) -> list[tuple[str, str]]:
    return [(one.code, say(one.title)) for one in services()]


MATTERS = Listing(
    key="matters",
    columns=[
        Column(
            "number",
            gettext_lazy("Matter number"),
            sort=("id",),
            template="matters/_matter_number.html",
        ),
        Column("service", gettext_lazy("Service"), title_of),
        Column("subject", gettext_lazy("About whom"), subject_of),
        Column(
            "state",
            gettext_lazy("State"),
            flags_today,
            template="matters/_matter_state.html",
            export="get_state_display",
        ),
        Column("due_on", gettext_lazy("Due"), sort=("due_on",)),
        Column("assigned_label", gettext_lazy("In the hands of")),
        Column("channel", gettext_lazy("Channel"), "get_channel_display"),
        Column(
            "submitted_at",
            gettext_lazy("Submitted at"),
            sort=("submitted_at",),
            is_never_empty=True,
        ),
    ],
    filters=[
        Search(
            (
                "number__startswith",
                "organisation__name__contains",
                "person__name__contains",
            ),
            hint=gettext_lazy("Number, organisation or person"),
        ),
        ChoiceFilter(
            "service", gettext_lazy("Service"), service_choices, lookup="service"
        ),
        ChoiceFilter("state", gettext_lazy("State"), MatterState.choices[1:]),
        ChoiceFilter("channel", gettext_lazy("Channel"), Channel.choices),
        DateRangeFilter("due", gettext_lazy("Due"), field="due_on"),
        DateRangeFilter(
            "submitted", gettext_lazy("Submitted at"), field="submitted_at__date"
        ),
    ],
    sort="due_on",
    export=True,
    noun=gettext_lazy("matters"),
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
        act = Act(_("File a matter"), reverse("matters:desk-services"), "plus")
    is_settled = queue == SETTLED_QUEUE
    context = {
        "tabs": _tabs(request, queue),
        "batch_acts": [] if is_settled else batch_acts_of(request.actor),
        "above_rows": "matters/_batch_bar.html",
    }
    return listing_page(
        request,
        SETTLED if is_settled else MATTERS,
        queryset=queue_of(queue, request.actor, day),
        title=_("Matters"),
        purpose=_("What was applied for in your places, what is due first on top."),
        act=act,
        crumbs=[Crumb(_("Matters"))],
        empty=Empty(
            _("Nothing in this queue"),
            _("Look into another queue, or set other filters."),
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
    tabs.append(Tab(_("Settled"), _queue_url(SETTLED_QUEUE), current == SETTLED_QUEUE))
    return tabs


def _queue_url(key: str) -> str:
    if key == "open":
        return reverse("matters:matter-list")
    return reverse("matters:matter-queue", args=[key])
