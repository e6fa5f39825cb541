"""The desk's pages about jobs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from jiangxin.foundation.actor import label_of
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.jobs import operations, permissions, queries
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.ui.components import Crumb, Empty, Fact, Tone
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    Listing,
    listing_page,
)
from jiangxin.foundation.web.listing.columns import display

TONES: dict[str, Tone] = {
    JobState.WAITING: "wait",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "off",
}
# The status by which htmx stops asking.
STOP_POLLING = 286


def _address(job: Job) -> str:
    return reverse("jobs:job-detail", args=[job.pk])


def _begun_by(job: Job) -> str:
    return label_of(job.created_by, job.created_by_label)


JOBS = Listing(
    key="jobs",
    columns=[
        Column("title", _("Job"), link=_address),
        Column(
            "state",
            _("State"),
            value=lambda job: (job.get_state_display(), TONES[job.state]),
            template="jobs/_job_state.html",
            export=lambda job: job.get_state_display(),
        ),
        Column("created_by_label", _("Begun by"), value=_begun_by),
        Column("created_at", _("Begun at"), sort=("created_at",)),
        Column("finished_at", _("Finished at"), sort=("finished_at",)),
    ],
    filters=[ChoiceFilter("state", _("State"), JobState.choices)],
    sort="-created_at",
    noun=_("jobs"),
)


@login_required
def job_list(request: Request) -> HttpResponseBase:
    permissions.check_list(request.actor)
    return listing_page(
        request,
        JOBS,
        queryset=queries.jobs_visible_to(request.actor),
        title=_("Jobs"),
        purpose=_("Long work that goes on in the background. You need not wait here."),
        empty=Empty(
            _("No jobs yet"),
            _("When you begin something long, such as an import, it appears here."),
        ),
    )


@login_required
def job_detail(request: Request, job_id: int) -> HttpResponse:
    job = queries.get_job(job_id, visible_to=request.actor)
    context = {
        "job": job,
        "tone": TONES[job.state],
        "progress": queries.progress_of(job),
        "result_url": job.result.get("url", "") if job.state == JobState.DONE else "",
        "about": [
            Fact(_("Begun by"), _begun_by(job)),
            Fact(_("Begun at"), display(job.created_at)),
            Fact(_("Number"), job.pk),
        ],
        "crumbs": [Crumb(_("Jobs"), reverse("jobs:job-list")), Crumb(job.title)],
    }
    is_last_answer = job.is_finished and request.htmx
    status = STOP_POLLING if is_last_answer else 200
    return page(
        request, "jobs/job_detail.html", context, fragment="state", status=status
    )


@require_POST
@login_required
def job_cancel(request: Request, job_id: int) -> HttpResponse:
    try:
        operations.cancel(job_id=job_id, actor=request.actor, now=request.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, gettext("The job is being cancelled."))
    return redirect("jobs:job-detail", job_id)
