"""The forecast at the desk: what is likely to miss its day, why, and who has how much."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.ui.components import Bar, Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import (
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Listing,
    answers_personal_list,
    listing_page,
)
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.permissions import VIEW
from jiangxin.kernel.matters.queries.matters import matters_of_office
from jiangxin.kernel.matters.queries.outlook import (
    LOOKED_BACK,
    NOBODY,
    Load,
    Outlook,
    Prospect,
    Risk,
    outlook_of,
    rows_of,
)
from jiangxin.kernel.matters.queries.queues import queue_of
from jiangxin.kernel.matters.views.queue import matter_url, service_choices
from jiangxin.kernel.matters.views.showing import subject_of, title_of
from jiangxin.kernel.register.permissions import check_anywhere

RISKS = {
    Risk.OVERDUE: gettext_lazy("Overdue already"),
    Risk.PACE: gettext_lazy("Too much before it"),
    Risk.UNKNOWN: gettext_lazy("Due soon, and nobody's pace is known"),
}
NONE = "none"


@login_required
@answers_personal_list
def matter_forecast(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, VIEW)
    outlook = outlook_of(request.actor, request.now)
    rows = matters_of_office(request.actor).filter(pk__in=rows_of(outlook))
    return listing_page(
        request,
        _listing(outlook, today(request.now)),
        queryset=rows,
        title=_("Forecast of missed days"),
        purpose=_("What is likely to miss its day at the present pace, and why."),
        crumbs=[
            Crumb(_("Matters"), reverse("matters:matter-list")),
            Crumb(_("Forecast of missed days")),
        ],
        empty=Empty(
            _("Nothing is likely to miss its day"),
            _("At the present pace all that is in hand is finished in time."),
            icon="circle-check",
        ),
        template="matters/matter_forecast.html",
        context=_context(request, outlook),
    )


def _context(request: Request, outlook: Outlook) -> dict[str, object]:
    day = today(request.now)
    return {
        "outlook": outlook,
        "bars": [_bar(one) for one in outlook.loads],
        "figures": [(RISKS[risk], outlook.count(risk), _url(risk)) for risk in Risk],
        "escalated": queue_of("escalated", request.actor, day).count(),
        "escalated_url": reverse("matters:matter-queue", args=["escalated"]),
        "day": table_date(day),
        "looked_back": LOOKED_BACK.days,
    }


def _url(risk: Risk) -> str:
    return f"{reverse('matters:forecast')}?risk={risk}"


def _listing(outlook: Outlook, day: date) -> Listing:
    def of(tell: Callable[[Prospect], str]) -> Callable[[Matter], str]:
        return lambda matter: tell(outlook.prospects[matter.pk])

    def risky(rows: QuerySet[Matter], risk: str) -> QuerySet[Matter]:
        found = [pk for pk, one in outlook.prospects.items() if one.risk == risk]
        return rows.filter(pk__in=found)

    def held(rows: QuerySet[Matter], hand: str) -> QuerySet[Matter]:
        return rows.filter(assigned_account_id=None if hand == NONE else int(hand))

    hands = [(one.hand or NONE, _name(one)) for one in outlook.loads]
    return Listing(
        key="forecast",
        columns=[
            Column("number", _("Matter number"), sort=("id",), link=matter_url),
            Column("service", _("Service"), title_of),
            Column("subject", _("About whom"), subject_of),
            Column("due_on", _("Due"), sort=("due_on",), is_never_empty=True),
            Column("finished", _("Likely finished"), of(_finished)),
            Column("risk", _("Why"), of(lambda one: why(one, day))),
            Column("assigned_label", _("In the hands of"), sort=("assigned_label",)),
        ],
        filters=[
            ChoiceFilter("risk", _("Why"), list(RISKS.items()), narrow=risky),
            ChoiceFilter("hand", _("In the hands of"), hands, narrow=held),
            ChoiceFilter("service", _("Service"), service_choices, lookup="service"),
            DateRangeFilter("due", _("Due"), field="due_on"),
        ],
        sort="due_on",
        export=True,
        noun=_("matters"),
        is_personal=True,
    )


def _finished(one: Prospect) -> str:
    finished_on = one.foreseen.finished_on
    return table_date(finished_on) if finished_on else _("not known")


def why(one: Prospect, day: date) -> str:
    """Say why a matter is likely to miss its day, so that a clerk can check it."""
    due_on = one.foreseen.waiting.due_on
    days = abs((due_on - day).days)
    if one.risk is Risk.OVERDUE:
        return ngettext(
            "%(days)s day over already", "%(days)s days over already", days
        ) % {"days": days}
    if one.risk is Risk.UNKNOWN and one.foreseen.waiting.hand == NOBODY:
        return ngettext(
            "In nobody's hands, and due in %(days)s day",
            "In nobody's hands, and due in %(days)s days",
            days,
        ) % {"days": days}
    if one.risk is Risk.UNKNOWN:
        return ngettext(
            "Whoever has it finished none lately, and it is due in %(days)s day",
            "Whoever has it finished none lately, and it is due in %(days)s days",
            days,
        ) % {"days": days}
    return _("%(before)s come before it in the same hands, %(pace)s a working day") % {
        "before": one.before,
        "pace": pace_words(one.pace),
    }


def pace_words(pace: Fraction | None) -> str:
    return formats.number_format(float(pace or 0), decimal_pos=1)


def _name(one: Load) -> str:
    return one.label or _("In nobody's hands")


def _bar(one: Load) -> Bar:
    words = {"late": one.likely_late, "pace": pace_words(one.pace)}
    if one.pace is None:
        note = _("%(late)s of them likely late; pace not known") % words
    else:
        note = (
            _("%(late)s of them likely late; finishes %(pace)s a working day") % words
        )
    hand = one.hand or NONE
    url = f"{reverse('matters:forecast')}?hand={hand}" if one.likely_late else ""
    return Bar(_name(one), one.matters, url, note)
