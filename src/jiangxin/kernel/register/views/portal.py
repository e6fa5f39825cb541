from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.parts import brought
from jiangxin.foundation.sealing import mask_bank_account, mask_id_number, mask_phone
from jiangxin.foundation.ui.components import Fact, Moment
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.register.classifications import education_name, occupation_name
from jiangxin.kernel.register.models import Employment, Membership, Person
from jiangxin.kernel.register.operations.bank_accounts import open_account
from jiangxin.kernel.register.queries.visibility import get_own_person
from jiangxin.kernel.register.registry import OwnRecordPanel, PanelFor
from jiangxin.kernel.register.views.sourcing import (
    beside,
    beside_account,
    beside_tie,
)


@login_required
@require_safe
def portal_record(request: Request) -> HttpResponse:
    """All that the register holds on the worker who is signed in."""
    person = get_own_person(request.actor)
    context = {
        "facts": _facts(person),
        "jobs": [_job(each) for each in _jobs(person)],
        "memberships": [_union(each) for each in _memberships(person)],
        "earlier": [
            Moment(
                at=past.valid_from,
                title=_("Recorded as %(name)s") % {"name": past.name},
                text=_until(past.valid_to),
                tone="off",
            )
            for past in person.past_versions.order_by("-valid_to", "-pk")
        ],
        "panels": _panels(request, person),
    }
    return page(request, "register/portal_record.html", context)


def _facts(person: Person) -> list[Fact]:
    account = open_account(person.pk)
    return [
        Fact(_("Name"), person.name, note=beside(person, "name")),
        Fact(
            person.get_id_type_display(),
            mask_id_number(person.id_number),
            note=beside(
                person,
                "id_number",
                _("Shown in part, so that nobody reads it over your shoulder."),
            ),
        ),
        Fact(_("Sex"), person.get_sex_display(), note=beside(person, "sex")),
        Fact(
            _("Date of birth"),
            table_date(person.birth_on),
            note=beside(person, "birth_on"),
        ),
        Fact(
            _("Mobile phone"),
            mask_phone(person.phone) if person.phone else "",
            note=beside(person, "phone") if person.phone else "",
        ),
        Fact(
            _("Education"),
            education_name(person.education),
            note=beside(person, "education") if person.education else "",
        ),
        Fact(
            _("Bank account"),
            mask_bank_account(account.number) if account else "",
            note=beside_account(account),
        ),
        Fact(
            _("Person number"),
            str(person.pk),
            note=_("Quote it when you ask your union about your record."),
        ),
    ]


def _jobs(person: Person) -> QuerySet[Employment]:
    jobs = person.employments.select_related("organisation")
    return jobs.order_by("-valid_from", "-pk")


def _memberships(person: Person) -> QuerySet[Membership]:
    memberships = person.memberships.select_related("union")
    return memberships.order_by("-valid_from", "-pk")


def _job(job: Employment) -> Moment:
    words = [
        occupation_name(job.occupation),
        job.post,
        _until(job.valid_to),
        beside_tie(job),
    ]
    return Moment(
        at=job.valid_from,
        title=job.organisation.name,
        text=" · ".join(filter(None, words)),
        tone="off" if job.valid_to else "ok",
    )


def _union(membership: Membership) -> Moment:
    return Moment(
        at=membership.valid_from,
        title=membership.union.name,
        text=" · ".join(
            filter(None, (_until(membership.valid_to), beside_tie(membership)))
        ),
        tone="off" if membership.valid_to else "ok",
    )


def _until(day: date | None) -> str:
    return _("until %(day)s") % {"day": table_date(day)} if day else ""


def _panels(request: Request, person: Person) -> list[SafeString]:
    own = PanelFor(
        actor=request.actor, id=person.pk, on=today(request.now), now=request.now
    )
    panels = sorted(brought(OwnRecordPanel), key=lambda panel: panel.order)
    return [
        render_to_string(panel.template, dict(panel.context(own)), request)
        for panel in panels
    ]
