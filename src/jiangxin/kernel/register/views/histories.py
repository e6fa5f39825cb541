"""Histories as timelines: ties, versions, what the trail says."""

from collections.abc import Iterable
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


def ties_of(person: Person) -> list[Moment]:
    """Where a person worked and which unions they belonged to, newest first."""
    jobs = [
        Moment(
            at=job.valid_from,
            title=_("Employed at %(name)s") % {"name": job.organisation.name},
            text=_joined(
                occupation_name(job.occupation) if job.occupation else "",
                job.post,
                until(job.valid_to),
            ),
            tone="off" if job.valid_to else "ok",
            url=reverse("register:organisation-detail", args=[job.organisation_id]),
        )
        for job in person.employments.select_related("organisation").order_by("pk")
    ]
    memberships = [
        Moment(
            at=membership.valid_from,
            title=_("Member of %(name)s") % {"name": membership.union.name},
            text=until(membership.valid_to),
            tone="off" if membership.valid_to else "ok",
            url=reverse("register:organisation-detail", args=[membership.union_id]),
        )
        for membership in person.memberships.select_related("union").order_by("pk")
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
