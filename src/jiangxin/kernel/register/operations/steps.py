"""Steps that several acts on people share, inside their transactions."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.trail.events import Event, subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models import Organisation, Person
from jiangxin.kernel.register.registry import PeopleChange, announce_people_changed
from jiangxin.kernel.register.rules.sources import Origin

# The act of a clerk who enters something without being asked for it.
CLERK = "clerk"


class OrganisationNotOpen(Refused):
    code = "register.organisation_not_open"
    text = _("%(name)s was closed on %(closed_on)s. Choose one that is open.")


@needs_transaction
def lock_person(person_id: int) -> Person:
    """Return the person, held until the transaction ends. Raises NotFound."""
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def open_organisation(organisation_id: int) -> Organisation:
    """Return an organisation one can be tied to.

    Raises NotFound, OrganisationNotOpen.
    """
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    if organisation.closed_on is not None:
        raise OrganisationNotOpen(
            name=organisation.name, closed_on=organisation.closed_on.isoformat()
        )
    return organisation


@needs_transaction
def record_about(person_id: int, event: Event, *, actor: Actor, now: datetime) -> None:
    record(event, subject=subject("person", person_id), actor=actor, at=now)


@needs_transaction
def announce_person(
    person_id: int, reason: str, *, actor: Actor, now: datetime
) -> None:
    announce_people_changed(
        PeopleChange(
            person_ids=[person_id], on=today(now), at=now, actor=actor, reason=reason
        )
    )


def by_clerk(now: datetime) -> Origin:
    """Return where what a clerk enters comes from."""
    return Origin(Source.CLERK, today(now), CLERK)
