"""Histories as timelines: ties, versions, what the trail says."""

from collections.abc import Container, Iterable
from datetime import date
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.queries import events_of, moments
from jiangxin.foundation.ui.components import Moment
from jiangxin.kernel.register.classifications import education_name, occupation_name
from jiangxin.kernel.register.models import OrganisationDetails, Person, PersonDetails

MOST_EVENTS = 50


def until(day: date | None) -> str:
    return _("until %(day)s") % {"day": table_date(day)} if day else ""


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _past(day: date | None, on: date) -> date | None:
    return day if day and day <= on else None


def organisation_url(organisation_id: int, visible: Container[int]) -> str:
    """Return where an organisation's page is; nothing for one that may not be seen."""
    if organisation_id not in visible:
        return ""
    return reverse("register:organisation-detail", args=[organisation_id])


def ties_of(person: Person, *, on: date, visible: Container[int]) -> list[Moment]:
    """Where a person worked and which unions they belonged to by a day, newest first.

    What began later is left out, and what ended later had not ended. visible: the
    organisations whose pages may be looked at; the others are named only.
    """
    jobs = [
        Moment(
            at=job.valid_from,
            title=_("Employed at %(name)s") % {"name": job.organisation.name},
            text=_joined(
                occupation_name(job.occupation) if job.occupation else "",
                job.post,
                until(_past(job.valid_to, on)),
            ),
            tone="off" if _past(job.valid_to, on) else "ok",
            url=organisation_url(job.organisation_id, visible),
        )
        for job in person.employments.filter(valid_from__lte=on)
        .select_related("organisation")
        .order_by("pk")
    ]
    memberships = [
        Moment(
            at=membership.valid_from,
            title=_("Member of %(name)s") % {"name": membership.union.name},
            text=until(_past(membership.valid_to, on)),
            tone="off" if _past(membership.valid_to, on) else "ok",
            url=organisation_url(membership.union_id, visible),
        )
        for membership in person.memberships.filter(valid_from__lte=on)
        .select_related("union")
        .order_by("pk")
    ]
    return sorted([*jobs, *memberships], key=attrgetter("at"), reverse=True)


def person_versions(versions: Iterable[PersonDetails]) -> list[Moment]:
    return [
        Moment(
            at=version.valid_from,
            title=version.name,
            text=_joined(
                education_name(version.education) if version.education else "",
                until(getattr(version, "valid_to", None)),
            ),
            tone="off" if hasattr(version, "valid_to") else "ok",
        )
        for version in versions
    ]


def organisation_versions(versions: Iterable[OrganisationDetails]) -> list[Moment]:
    return [
        Moment(
            at=version.valid_from,
            title=version.name,
            text=_joined(
                version.region.name, until(getattr(version, "valid_to", None))
            ),
            tone="off" if hasattr(version, "valid_to") else "ok",
        )
        for version in versions
    ]


def trail_of(kind: str, record_id: int) -> list[Moment]:
    """What was done to a record, by whom, newest first."""
    events = events_of(subject(kind, record_id))[:MOST_EVENTS]
    return [
        Moment(at=moment.at, title=moment.label, by=moment.actor_label)
        for moment in moments(events)
    ]
