"""One act on many matters: ticked in a queue, looked at together, done each by itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing.listing import PAGE_SIZES
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.batch import Batch, NotDone, Target
from jiangxin.kernel.matters.queries.matters import matters_of_office
from jiangxin.kernel.matters.views.batch_acts import BATCH_ACTS, BatchAct
from jiangxin.kernel.matters.views.showing import subject_of, title_of
from jiangxin.kernel.register.permissions import check_anywhere

# What a queue's page can hold.
MOST = max(PAGE_SIZES)
TICKED = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


@dataclass(frozen=True)
class Line:
    """A ticked matter as it stands. hindrance: why it will not be done, or was not."""

    matter: Matter
    title: str
    subject: str
    hindrance: str

    @property
    def ticked(self) -> str:
        return tick_of(self.matter)


def tick_of(matter: Matter) -> str:
    """Write down which matter is meant, and the version of it that the page shows."""
    return f"{matter.pk}:{matter.version}"


def targets_of(sent: QueryDict) -> list[Target]:
    """Read what was ticked, each matter once; nothing from what is no tick."""
    read = [TICKED.fullmatch(one) for one in sent.getlist("matter")]
    found = {int(one[1]): int(one[2]) for one in read if one is not None}
    return [Target(*one) for one in list(found.items())[:MOST]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def matter_batch(request: Request, act: str) -> HttpResponse:
    """Show what is ticked and what would not be done; do it; tell what became of it."""
    batch_act = BATCH_ACTS.get(act)
    if batch_act is None:
        raise NotFound
    check_anywhere(request.actor, batch_act.permission)
    is_sent = request.method == "POST"
    targets = targets_of(request.POST if is_sent else request.GET)
    visible = _visible(request, targets)
    if not visible:
        messages.warning(request, _("Tick the matters first, then choose what to do."))
        return redirect("matters:matter-list")
    form = batch_act.form(
        request.POST if is_sent else None, matters=list(visible.values())
    )
    if is_sent and form.is_valid():
        batch = batch_act.run(targets, form.cleaned_data, request.actor, request.now)
        return _done_page(request, batch_act, batch, visible)
    context = {
        "act": batch_act,
        "form": form,
        "targets": targets,
        "crumbs": _crumbs(batch_act),
        **_looked_at(batch_act, targets, visible, request.actor),
    }
    return page(request, "matters/matter_batch.html", context)


def _looked_at(
    act: BatchAct,
    targets: Sequence[Target],
    visible: Mapping[int, Matter],
    actor: Actor,
) -> dict[str, list[Line]]:
    """Tell those that it can be done to from those that hinder it, as far as is seen."""
    there = [one for one in targets if one.matter_id in visible]
    lines = [
        _line(matter, act.hindrance(matter, one, actor))
        for one in there
        for matter in [visible[one.matter_id]]
    ]
    return {
        "ready": [one for one in lines if not one.hindrance],
        "hindered": [one for one in lines if one.hindrance],
    }


def _visible(request: Request, targets: Sequence[Target]) -> dict[int, Matter]:
    ids = [one.matter_id for one in targets]
    return matters_of_office(request.actor).in_bulk(ids) if ids else {}


def _line(matter: Matter, hindrance: str = "") -> Line:
    return Line(matter, title_of(matter), subject_of(matter), hindrance)


def _crumbs(act: BatchAct) -> list[Crumb]:
    return [Crumb(_("Matters"), reverse("matters:matter-list")), Crumb(act.label)]


def _done_page(
    request: Request, act: BatchAct, batch: Batch, visible: dict[int, Matter]
) -> HttpResponse:
    """Name each that was not done, with its reason, and offer to take the rest back."""

    def refused(one: NotDone) -> Line | None:
        matter = visible.get(one.matter_id)
        return _line(matter, one.why) if matter is not None else None

    lines = [line for one in batch.not_done if (line := refused(one)) is not None]
    context = {
        "act": act,
        "done": [_line(one) for one in batch.done],
        "not_done": lines,
        "undo": BATCH_ACTS[act.undo] if act.undo and batch.changed else None,
        "undone": [tick_of(one) for one in batch.changed],
        "crumbs": _crumbs(act),
    }
    return page(request, "matters/matter_batch_done.html", context)
