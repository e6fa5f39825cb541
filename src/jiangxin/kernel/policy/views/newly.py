"""Whom policies newly found, whichever policy: what staff are told of leads here."""

from datetime import timedelta
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.parts import Text
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
from jiangxin.kernel.policy import permissions
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.queries import matches
from jiangxin.kernel.policy.registry import policies, policies_about
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.views.people import (
    REFUSING,
    because_of,
    person_number,
    person_url,
)

RECENT = timedelta(days=30)
MOST_RUNS = 30


def _title(match: PolicyMatch) -> str:
    titles = {one.code: one.title for one in policies()}
    title = titles.get(match.policy_code)
    return say(title) if title else match.policy_code


def _policies(_request: HttpRequest) -> list[tuple[str, Text]]:
    return [(one.code, say(one.title)) for one in policies_about(Subject.PERSON)]


def _run_id(request: HttpRequest) -> int | None:
    given = request.GET.get("run", "")
    is_number = given.isascii() and given.isdigit() and len(given) <= 18  # noqa: PLR2004 -- of a bigint
    return int(given) if is_number else None


def _runs(request: HttpRequest) -> list[tuple[int, Text]]:
    """The lately finding runs, and the one asked for, however long ago it was."""
    since = today(cast("Request", request).now) - RECENT
    runs = matches.lately_finding_runs(since, MOST_RUNS)
    asked = _run_id(request)
    if asked is not None and asked not in {run.pk for run in runs}:
        runs += MatchRun.objects.filter(pk=asked)
    return [(run.pk, _run_label(run)) for run in runs]


def _run_label(run: MatchRun) -> str:
    at = formats.date_format(timezone.localtime(run.at), "SHORT_DATETIME_FORMAT")
    if run.people is None:
        return _("%(at)s, everybody") % {"at": at}
    return _("%(at)s, people looked at: %(people)s") % {"at": at, "people": run.people}


NEWLY_SERVED = Listing(
    key="newly-served",
    columns=[
        Column(
            "name",
            gettext_lazy("Name"),
            value="person.name",
            sort=("person__name_pinyin",),
            link=person_url,
        ),
        Column("person", gettext_lazy("Person number"), value=person_number),
        Column("policy", gettext_lazy("Policy"), _title, sort=("policy_code",)),
        Column("employer", gettext_lazy("Employer"), sort=("employer",)),
        Column("region", gettext_lazy("Region"), sort=("region_code",)),
        Column("valid_from", gettext_lazy("Since"), sort=("valid_from",), align="end"),
        Column("valid_to", gettext_lazy("Until"), align="end"),
        Column("because", gettext_lazy("Because"), value=because_of),
        REFUSING,
    ],
    filters=[
        Search(("person__name__contains", "person__name_pinyin__startswith")),
        Search(("employer__contains",), label=gettext_lazy("Employer"), key="employer"),
        ChoiceFilter("policy", gettext_lazy("Policy"), _policies, lookup="policy_code"),
        # Which run: chosen in the view, because it decides what is listed at all.
        ChoiceFilter(
            "run",
            gettext_lazy("Matching"),
            _runs,
            narrow=lambda rows, _value: rows,
        ),
        DateRangeFilter("since", gettext_lazy("Since"), field="valid_from"),
    ],
    sort="-valid_from",
    export=True,
    noun=gettext_lazy("matches"),
    is_personal=True,
)


@login_required
@answers_personal_list
def newly_served(request: Request) -> HttpResponseBase:
    permissions.check_view_policies(request.actor)
    since = today(request.now) - RECENT
    return listing_page(
        request,
        NEWLY_SERVED,
        queryset=matches.lately_matched(
            request.actor, since=since, run_id=_run_id(request)
        ),
        title=_("Newly served"),
        purpose=_(
            "Whom policies found in the last thirty days, or in the matching chosen."
        ),
        empty=Empty(
            _("No policy found anybody in this time"),
            _("Whoever a policy newly serves appears here by themselves."),
            icon="sparkles",
        ),
        crumbs=[Crumb(_("Policies"), reverse("policy:policy-list"))],
    )
