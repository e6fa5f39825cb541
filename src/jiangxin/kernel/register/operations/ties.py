"""Acts on what ties people to organisations: work somewhere, join, leave."""

from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import OrganisationKind
from jiangxin.kernel.register.events import (
    EmploymentEnded,
    EmploymentStarted,
    UnionJoined,
    UnionLeft,
)
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
)
from jiangxin.kernel.register.operations.days import check_day
from jiangxin.kernel.register.operations.steps import (
    announce_person,
    by_clerk,
    lock_person,
    open_organisation,
    record_about,
)
from jiangxin.kernel.register.rules.sources import Origin

# A federation and a town union have staff; the others are their members alone.
UNIONS_THAT_EMPLOY = (OrganisationKind.FEDERATION, OrganisationKind.TOWN_UNION)


class NotAnEmployer(Refused):
    code = "register.not_an_employer"
    text = _("%(name)s is a union body of workers; choose the employer it belongs to.")


class NotAUnion(Refused):
    code = "register.not_a_union"
    text = _("%(name)s is no union. Choose a grassroots, joint or town union.")


class WorksThereAlready(Refused):
    code = "register.works_there_already"
    text = _("The person works at %(name)s already, as the same thing.")


class MemberAlready(Refused):
    code = "register.member_already"
    text = _("The person is a member of %(name)s already.")


class NothingToEnd(Refused):
    code = "register.nothing_to_end"
    text = _("This has ended already. Load the page again.")


@opens_transaction
def start_employment(
    *,
    person_id: int,
    organisation_id: int,
    occupation: str = "",
    post: str = "",
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Employment:
    """Let a person work somewhere from a day on; an open employment ends that day.

    Raises NotPermitted unless the actor keeps both the person and the new employer;
    OrganisationNotOpen, NotAnEmployer, WorksThereAlready, DayInFuture, DayTooEarly
    (before the open employment began, or an earlier one ended).
    """
    person = _lock(person_id, actor)
    employer = open_organisation(organisation_id)
    permissions.check_manage_people_of(actor, employer)
    job = begin_job(
        person,
        employer,
        occupation=occupation,
        post=post,
        valid_from=valid_from,
        actor=actor,
        now=now,
    )
    announce_person(person_id, "employment", actor=actor, now=now)
    return job


@opens_transaction
def end_employment(
    *, employment_id: int, valid_to: date, actor: Actor, now: datetime
) -> Employment:
    """End an open employment; `valid_to` is the first day without it.

    Raises NotPermitted, NothingToEnd, DayInFuture, DayTooEarly.
    """
    job = Employment.objects.filter(pk=employment_id).first()
    if job is None:
        raise NotFound
    person = _lock(job.person_id, actor)
    job.refresh_from_db()
    if job.valid_to is not None:
        raise NothingToEnd
    _end_job(job, valid_to=valid_to, actor=actor, now=now)
    announce_person(person.pk, "employment", actor=actor, now=now)
    return job


@opens_transaction
def join_union(
    *, person_id: int, union_id: int, valid_from: date, actor: Actor, now: datetime
) -> Membership:
    """Let a person join a union from a day on; an open membership ends that day.

    Raises NotPermitted, OrganisationNotOpen, NotAUnion, MemberAlready, DayInFuture,
    DayTooEarly.
    """
    person = _lock(person_id, actor)
    union = open_organisation(union_id)
    permissions.check_manage_people_of(actor, union)
    membership = begin_membership(
        person, union, valid_from=valid_from, actor=actor, now=now
    )
    announce_person(person_id, "membership", actor=actor, now=now)
    return membership


@opens_transaction
def leave_union(
    *, membership_id: int, valid_to: date, actor: Actor, now: datetime
) -> Membership:
    """End an open membership; `valid_to` is the first day without it.

    Raises NotPermitted, NothingToEnd, DayInFuture, DayTooEarly.
    """
    membership = Membership.objects.filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    person = _lock(membership.person_id, actor)
    membership.refresh_from_db()
    if membership.valid_to is not None:
        raise NothingToEnd
    _end_membership(membership, valid_to=valid_to, actor=actor, now=now)
    announce_person(person.pk, "membership", actor=actor, now=now)
    return membership


@needs_transaction
def begin_job(
    person: Person,
    employer: Organisation,
    *,
    occupation: str,
    post: str,
    valid_from: date,
    origin: Origin | None = None,
    actor: Actor,
    now: datetime,
) -> Employment:
    """The step of `start_employment` that other acts on people share."""
    if employer.is_union and employer.kind not in UNIONS_THAT_EMPLOY:
        raise NotAnEmployer(name=employer.name)
    jobs = Employment.objects.filter(person=person)
    check_day(valid_from, now=now, earliest=_last_end(jobs))
    job = jobs.filter(valid_to__isnull=True).first()
    if job is not None:
        same = (job.organisation_id, job.occupation, job.post)
        if same == (employer.pk, occupation, post):
            raise WorksThereAlready(name=employer.name)
        _end_job(job, valid_to=valid_from, actor=actor, now=now)
    origin = origin or by_clerk(now)
    begun = Employment.objects.create(
        person=person,
        organisation=employer,
        occupation=occupation,
        post=post,
        valid_from=valid_from,
        source=origin.source,
        act=origin.act,
    )
    event = EmploymentStarted(organisation_id=employer.pk, valid_from=valid_from)
    record_about(person.pk, event, actor=actor, now=now)
    return begun


@needs_transaction
def begin_membership(
    person: Person,
    union: Organisation,
    *,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> Membership:
    """The step of `join_union` that other acts on people share."""
    if not union.is_union:
        raise NotAUnion(name=union.name)
    memberships = Membership.objects.filter(person=person)
    check_day(valid_from, now=now, earliest=_last_end(memberships))
    membership = memberships.filter(valid_to__isnull=True).first()
    if membership is not None:
        if membership.union_id == union.pk:
            raise MemberAlready(name=union.name)
        _end_membership(membership, valid_to=valid_from, actor=actor, now=now)
    origin = by_clerk(now)
    begun = Membership.objects.create(
        person=person,
        union=union,
        valid_from=valid_from,
        source=origin.source,
        act=origin.act,
    )
    event = UnionJoined(union_id=union.pk, valid_from=valid_from)
    record_about(person.pk, event, actor=actor, now=now)
    return begun


def _lock(person_id: int, actor: Actor) -> Person:
    person = lock_person(person_id)
    permissions.check_manage_person(actor, person)
    return person


def _last_end(ties: QuerySet[Employment] | QuerySet[Membership]) -> date | None:
    """Return the day before which nothing may begin: the last end, or open beginning.

    So two never overlap, and 'as of' a day there is one answer.
    """
    days = ties.aggregate(
        ended=Max("valid_to"),
        began=Max("valid_from", filter=Q(valid_to__isnull=True)),
    )
    return max((day for day in days.values() if day is not None), default=None)


def _end_job(job: Employment, *, valid_to: date, actor: Actor, now: datetime) -> None:
    check_day(valid_to, now=now, earliest=job.valid_from)
    job.valid_to = valid_to
    job.save(update_fields=["valid_to"])
    event = EmploymentEnded(organisation_id=job.organisation_id, valid_to=valid_to)
    record_about(job.person_id, event, actor=actor, now=now)


def _end_membership(
    membership: Membership, *, valid_to: date, actor: Actor, now: datetime
) -> None:
    check_day(valid_to, now=now, earliest=membership.valid_from)
    membership.valid_to = valid_to
    membership.save(update_fields=["valid_to"])
    event = UnionLeft(union_id=membership.union_id, valid_to=valid_to)
    record_about(membership.person_id, event, actor=actor, now=now)
