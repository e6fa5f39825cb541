"""Rosters at the desk: hand in, look through what was found, write, hand back."""

import io
import json
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.operations import start
from jiangxin.foundation.jobs.queries import progress_of
from jiangxin.foundation.parts import brought
from jiangxin.foundation.ui.components import Act, Crumb, Empty
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import listing_page
from jiangxin.kernel.register import jobs
from jiangxin.kernel.register.enums import RosterState
from jiangxin.kernel.register.forms.rosters import RosterColumns, RosterUpload
from jiangxin.kernel.register.models import RosterImport
from jiangxin.kernel.register.operations import rosters
from jiangxin.kernel.register.permissions import IMPORT_ROSTERS
from jiangxin.kernel.register.queries.rosters import (
    get_roster,
    organisations_to_import,
    rosters_visible_to,
)
from jiangxin.kernel.register.registry import RosterPanel
from jiangxin.kernel.register.roster.facets import all_columns
from jiangxin.kernel.register.roster.files import read_roster, refusals_of
from jiangxin.kernel.register.roster.problems import sentence
from jiangxin.kernel.register.roster.workbook import (
    refused_workbook,
    template_workbook,
)
from jiangxin.kernel.register.views.roster_listing import ROSTERS, TONES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKING = {
    RosterState.CHECKING: jobs.CHECK_ROSTER,
    RosterState.APPLYING: jobs.APPLY_ROSTER,
}
FIELDS = {
    "register.day_in_future": "effective_on",
    "register.roster_too_early": "effective_on",
    "register.organisation_not_open": "organisation",
}
ENDED_BADLY = (JobState.FAILED, JobState.CANCELLED)
HTMX_STOP_POLLING = 286


@login_required
def roster_list(request: Request) -> HttpResponseBase:
    _permitted(request)
    act = Act(_("Hand in a roster"), reverse("register:roster-new"), "upload")
    return listing_page(
        request,
        ROSTERS,
        queryset=rosters_visible_to(request.actor),
        title=_("Rosters"),
        purpose=_(
            "Lists of workers handed in by organisations, and what became of them."
        ),
        act=act,
        empty=Empty(
            _("No roster has been handed in yet"),
            _("Hand in a workbook of workers; you see what it would change first."),
            act,
        ),
    )


@login_required
def roster_new(request: Request) -> HttpResponse:
    organisations = organisations_to_import(request.actor)
    form = RosterUpload(
        request.POST or None,
        request.FILES or None,
        organisations=organisations,
        initial={"effective_on": today(request.now)},
    )
    _permitted(request)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            roster = rosters.hand_in_roster(
                rosters.RosterFile(
                    content=upload.read(),
                    name=upload.name,
                    organisation=form.cleaned_data["organisation"],
                    effective_on=form.cleaned_data["effective_on"],
                ),
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(FIELDS.get(refusal.code, "file"), refusal.message)
        else:
            _start(request, jobs.CHECK_ROSTER, roster)
            return redirect("register:roster-detail", roster.pk)
    context = {"form": form, "crumbs": _crumbs(_("Hand in a roster"))}
    return page(request, "register/roster_new.html", context)


@login_required
def roster_detail(request: Request, roster_id: int) -> HttpResponse:
    roster = get_roster(roster_id, visible_to=request.actor)
    job = _job(request, roster)
    if job and roster.state in WORKING and job.state in ENDED_BADLY:
        roster = rosters.fail_roster(roster_id=roster.pk, problem=job.problem)
    is_working = roster.state in WORKING
    context = {
        "roster": roster,
        "crumbs": _crumbs(roster.file_name),
        "is_working": is_working,
        "tone": TONES[roster.state],
        "reached": progress_of(job) if job else None,
        "problems": _problems(roster),
        "columns_form": _columns_form(roster),
        "panels": [
            (panel.template, panel.context(roster.pk, request.actor))
            for panel in brought(RosterPanel)
            if roster.state == RosterState.APPLIED
        ],
    }
    response = page(
        request, "register/roster_detail.html", context, fragment="progress"
    )
    if request.htmx and not is_working:
        # The whole page has changed, not only its progress.
        response["HX-Refresh"] = "true"
        response.status_code = HTMX_STOP_POLLING
    return response


@login_required
@require_POST
def roster_columns(request: Request, roster_id: int) -> HttpResponse:
    roster = get_roster(roster_id, visible_to=request.actor)
    form = _columns_form(roster, request.POST)
    if not form.is_valid():
        for problem in form.non_field_errors():
            messages.error(request, str(problem))
        for name in form.errors:
            if name in form.fields:
                text = _("Choose a heading for: %(column)s.")
                messages.error(request, text % {"column": form.fields[name].label})
        return redirect("register:roster-detail", roster.pk)
    try:
        rosters.begin_check(roster_id=roster.pk, actor=request.actor)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        _start(request, jobs.CHECK_ROSTER, roster, chosen=form.cleaned_data)
    return redirect("register:roster-detail", roster.pk)


@login_required
@require_POST
def roster_confirm(request: Request, roster_id: int) -> HttpResponse:
    roster = get_roster(roster_id, visible_to=request.actor)
    try:
        rosters.confirm_roster(
            roster_id=roster.pk, actor=request.actor, now=request.now
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        _start(request, jobs.APPLY_ROSTER, roster)
    return redirect("register:roster-detail", roster.pk)


@login_required
@require_POST
def roster_withdraw(request: Request, roster_id: int) -> HttpResponse:
    roster = get_roster(roster_id, visible_to=request.actor)
    try:
        rosters.withdraw_roster(
            roster_id=roster.pk, actor=request.actor, now=request.now
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The roster was withdrawn and its file deleted."))
    return redirect("register:roster-detail", roster.pk)


@login_required
def roster_refused(request: Request, roster_id: int) -> FileResponse:
    roster = get_roster(roster_id, visible_to=request.actor)
    if roster.state == RosterState.WITHDRAWN:  # its file was deleted
        raise NotFound
    content = refused_workbook(read_roster(roster), refusals_of(roster), roster.mapping)
    return _download(content, f"refused-{roster.pk}.xlsx")


@login_required
def roster_template(request: Request) -> FileResponse:
    _permitted(request)
    return _download(template_workbook(), "roster.xlsx")


def _download(content: bytes, name: str) -> FileResponse:
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=name, content_type=XLSX
    )


def _permitted(request: Request) -> None:
    if not request.actor.scopes(IMPORT_ROSTERS):
        raise NotPermitted(IMPORT_ROSTERS)


def _job(request: Request, roster: RosterImport) -> Job | None:
    """Return the roster's job; begin it if the server ended before it could."""
    job = jobs.job_of(roster)
    kind = WORKING.get(RosterState(roster.state))
    if kind and (job is None or job.state == JobState.DONE):
        return _start(request, kind, roster)
    return job


def _start(
    request: Request, kind: str, roster: RosterImport, **arguments: object
) -> Job:
    job = start(
        kind,
        {"roster_id": roster.pk, **arguments},
        actor=request.actor,
        now=request.now,
    )
    RosterImport.objects.filter(pk=roster.pk).update(job_id=job.pk)
    return job


def _crumbs(last: str) -> Sequence[Crumb]:
    return [Crumb(_("Rosters"), reverse("register:roster-list")), Crumb(last)]


def _columns_form(roster: RosterImport, data: object = None) -> RosterColumns:
    return RosterColumns(
        data,
        columns=all_columns(),
        headings=roster.headings,
        initial=roster.mapping,
    )


def _problems(roster: RosterImport) -> list[dict[str, object]]:
    """Return each kind of problem in words, refusals first."""
    titles = {column.key: column.title for column in all_columns()}
    return [
        {
            **kind,
            "title": titles.get(kind["column"], ""),
            "text": sentence(kind["code"], json.loads(kind["values"])),
        }
        for kind in roster.counts.get("kinds", ())
    ]
