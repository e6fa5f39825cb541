"""People who may be registered twice, at the desk: the list, the review, the undo."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import listing_page
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import DuplicateState
from jiangxin.kernel.register.forms.duplicates import DIFFERENT, FIRST, Decision
from jiangxin.kernel.register.forms.people import Confirmation
from jiangxin.kernel.register.models import DuplicatePair, Person, PersonMerge
from jiangxin.kernel.register.operations import duplicates, merging
from jiangxin.kernel.register.queries.duplicates import get_pair, pairs_visible_to
from jiangxin.kernel.register.queries.merges import get_merge
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.kernel.register.views.duplicate_listing import DUPLICATES
from jiangxin.kernel.register.views.people import people_crumb
from jiangxin.kernel.register.views.people_listing import person_url
from jiangxin.kernel.register.views.side_by_side import Sides, side_by_side

LIST = "register:duplicate-list"


def duplicates_crumb() -> Crumb:
    return Crumb(_("People registered twice"), reverse(LIST))


@login_required
@require_safe
def duplicate_list(request: Request) -> HttpResponseBase:
    permissions.check_anywhere(request.actor, permissions.MERGE_PEOPLE)
    return listing_page(
        request,
        DUPLICATES,
        queryset=_asked_for(request),
        title=_("People registered twice"),
        purpose=_(
            "Records that may be of one person. Look at both, then merge them or tell"
            " them apart."
        ),
        empty=Empty(
            _("Nobody seems to be registered twice"),
            _("Changed people are looked at at once, everybody every night."),
            icon="circle-check",
        ),
    )


def _asked_for(request: Request) -> QuerySet[DuplicatePair]:
    """Return the pairs: those to be decided, unless the address asks for others."""
    pairs = pairs_visible_to(request.actor)
    if "state" in request.GET:
        return pairs
    return pairs.filter(state=DuplicateState.OPEN)


@login_required
def duplicate_detail(request: Request, pair_id: int) -> HttpResponse:
    pair = get_pair(pair_id, visible_to=request.actor)
    if pair.state == DuplicateState.MERGED:
        return redirect(person_url(_present(pair)))
    sides = side_by_side(pair.person, pair.other)
    form = Decision(
        request.POST or None,
        numbers=(_record(pair.person), _record(pair.other)),
        choices=sides.choices,
        initial={"seen": merging.stamp(pair.person_id, pair.other_id)},
    )

    def act(given: dict[str, Any]) -> str:
        return _decide(request, pair, given, form, sides)

    shown = ActPage(
        title=_("%(one)s and %(other)s")
        % {"one": pair.person.name, "other": pair.other.name},
        purpose=pair.get_rule_display(),
        submit=_("Record the decision"),
        done=_("The decision is recorded."),
        back_url=reverse(LIST),
        crumbs=[duplicates_crumb(), Crumb(f"{pair.person_id} / {pair.other_id}")],
    )
    extra = {"pair": pair, "lines": sides.lines}
    template = "register/duplicate_detail.html"
    return act_page(
        request, form, act, shown, url_after=str, template=template, extra=extra
    )


def _decide(
    request: Request,
    pair: DuplicatePair,
    given: dict[str, Any],
    form: Decision,
    sides: Sides,
) -> str:
    """Do what was decided; return where to go on."""
    if given["decision"] == DIFFERENT:
        duplicates.tell_apart(pair_id=pair.pk, actor=request.actor, now=request.now)
        return reverse(LIST)
    kept, merged = pair.person, pair.other
    if given["decision"] != FIRST:
        kept, merged = merged, kept
    wanted = merging.Wanted(kept.pk, merged.pk, form.taken(sides.known), given["seen"])
    merging.merge_people(wanted, actor=request.actor, now=request.now)
    return person_url(kept)


def _record(person: Person) -> str:
    return _("%(name)s, number %(number)s") % {"name": person.name, "number": person.pk}


def _present(pair: DuplicatePair) -> Person:
    person = Person.objects.filter(pk=Person.every.number_now(pair.person_id)).first()
    if person is None:
        raise NotFound
    return person


@login_required
def merge_undo(request: Request, merge_id: int) -> HttpResponse:
    merge = get_merge(merge_id, visible_to=request.actor)
    form = Confirmation(request.POST or None)

    def act(_given: dict[str, Any]) -> PersonMerge:
        return merging.undo_merge(
            merge_id=merge.pk, actor=request.actor, now=request.now
        )

    shown = ActPage(
        title=_("Part the records of %(one)s and %(other)s again")
        % {"one": merge.kept.name, "other": merge.merged.name},
        purpose=_(
            "Both become what they were before the merge. What was recorded since stays"
            " with %(name)s."
        )
        % {"name": _record(merge.kept)},
        submit=_("Undo the merge"),
        done=_("Both records are as they were."),
        back_url=person_url(merge.kept),
        crumbs=[
            people_crumb(),
            Crumb(merge.kept.name, person_url(merge.kept)),
            Crumb(_("Undo the merge")),
        ],
    )
    return act_page(request, form, act, shown)
