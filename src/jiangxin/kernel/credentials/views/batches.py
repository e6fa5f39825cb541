"""Issuing what a filtered list shows, all at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.operations import start
from jiangxin.foundation.jobs.queries import get_job
from jiangxin.foundation.ui.components import Crumb, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing.exporting import Mark
from jiangxin.foundation.web.listing.keeping import Export, release
from jiangxin.foundation.web.listing.view import ListState
from jiangxin.kernel.credentials import permissions
from jiangxin.kernel.credentials.forms import BatchStart
from jiangxin.kernel.credentials.jobs import ISSUE_BATCH
from jiangxin.kernel.credentials.operations.batches import (
    KEPT_FOR,
    MOST_IN_A_BATCH,
    BatchGone,
    has_file,
    take_batch,
    with_origin,
)
from jiangxin.kernel.credentials.queries import credentials_visible_to
from jiangxin.kernel.credentials.views.listing import CREDENTIALS
from jiangxin.kernel.register.permissions import check_anywhere


def _crumbs(title: str) -> list[Crumb]:
    return [
        Crumb(_("Credentials"), reverse("credentials:credential-list")),
        Crumb(title),
    ]


@login_required
def batch_new(request: Request) -> HttpResponse:
    """Issue those that the list's filters leave; they stand in the address."""
    check_anywhere(request.actor, permissions.ISSUE)
    rows = credentials_visible_to(request.actor, permissions.ISSUE)
    chosen = ListState(CREDENTIALS, request, rows)
    ids = list(chosen.rows.values_list("pk", flat=True)[: MOST_IN_A_BATCH + 1])
    form = BatchStart(request.POST or None)
    if request.method == "POST" and form.is_valid() and 0 < len(ids) <= MOST_IN_A_BATCH:
        args = {"credential_ids": ids, "form": form.cleaned_data["form"]}
        job = start(ISSUE_BATCH, args, actor=request.actor, now=request.now)
        return redirect("jobs:job-detail", job.pk)
    title = _("Issue many")
    context = {
        "title": title,
        "crumbs": _crumbs(title),
        "form": form,
        "chosen": chosen,
        "count": len(ids),
        "most": MOST_IN_A_BATCH,
        "is_too_many": len(ids) > MOST_IN_A_BATCH,
        "back_url": f"{reverse('credentials:credential-list')}?{request.GET.urlencode()}",
    }
    return page(request, "credentials/batch_new.html", context)


@login_required
@require_safe
def batch(request: Request, job_id: int) -> HttpResponse:
    """What a batch came to, and its file."""
    job = _finished(request, job_id)
    result = job.result
    refused = {int(pk): code for pk, code in result["refused"].items()}
    visible = credentials_visible_to(request.actor, permissions.ISSUE)
    left_out = visible.filter(pk__in=refused).select_related("person", "organisation")
    title = _("Batch of certificates")
    context = {
        "title": title,
        "crumbs": _crumbs(title),
        "job": job,
        "facts": [
            Fact(_("Issued now"), result["issued"]),
            Fact(_("Issued before"), result["already"]),
            Fact(_("Certificates in the file"), result["made"]),
            Fact(_("Left out"), len(refused)),
        ],
        "left_out": left_out,
    }
    return page(request, "credentials/batch.html", context)


@login_required
@require_POST
def batch_file(request: Request, job_id: int) -> HttpResponseBase:
    """Hand the file out like an export of people: with a reason, a record and a mark.

    Each time counts as a copy of every certificate in it.
    """
    job = _finished(request, job_id)
    back_url = reverse("credentials:batch", args=[job.pk])
    if not has_file(job.pk):
        messages.error(request, BatchGone(days=KEPT_FOR.days).message)
        return redirect(back_url)
    mark = release(request, _leaving(job), back_url=back_url)
    if not isinstance(mark, Mark):
        return mark
    opened = take_batch(
        job.pk, job.result["issue_ids"], actor=request.actor, now=request.now
    )
    response = FileResponse(
        with_origin(opened, [(mark.text, ""), *mark.facts]),
        as_attachment=True,
        filename=f"certificates-{job.pk}-{mark.number}.zip",
    )
    response["Cache-Control"] = "no-store"
    return response


def _leaving(job: Job) -> Export:
    return Export(
        list_key="certificate_batch",
        list_title=f"{_('Batch of certificates')} {job.pk}",
        filters=[],
        format="zip",
        rows=job.result["made"],
    )


def _finished(request: Request, job_id: int) -> Job:
    """Return the actor's own batch; nobody takes another's file."""
    job = get_job(job_id, visible_to=request.actor)
    is_own = job.created_by is not None and job.created_by == request.actor.account_id
    if not is_own or job.kind != ISSUE_BATCH or job.state != JobState.DONE:
        raise NotFound
    check_anywhere(request.actor, permissions.ISSUE)
    return job


def batch_url(request: Request) -> str:
    """Return where the list's "issue many" leads, with the filters in force."""
    return f"{reverse('credentials:batch-new')}?{request.GET.urlencode()}"
