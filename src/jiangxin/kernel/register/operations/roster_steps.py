"""Steps that the acts on rosters share, inside their transactions."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from django.db import connection
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import bulk_insert, needs_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import ROSTER_MOVES, RosterState
from jiangxin.kernel.register.models import Organisation, RosterImport, RosterRefusal
from jiangxin.kernel.register.operations.days import check_day
from jiangxin.kernel.register.operations.steps import open_organisation
from jiangxin.kernel.register.queries.as_of import registered_since
from jiangxin.kernel.register.roster.comparing import counts
from jiangxin.kernel.register.roster.context import RosterContext, context_for
from jiangxin.kernel.register.roster.events import RosterApplied, RosterHandedIn
from jiangxin.kernel.register.roster.files import seal_roster
from jiangxin.kernel.register.roster.loading import load
from jiangxin.kernel.register.roster.preparing import Prepared, against_register
from jiangxin.kernel.register.roster.problems import Problems
from jiangxin.kernel.register.roster.reading import Table

Progress = Callable[[str], None]


@dataclass(frozen=True)
class RosterFile:
    """A file as it was handed in: whose roster it is, and the day it describes."""

    content: bytes
    name: str
    organisation: Organisation
    effective_on: date


class MoveNotAllowed(Refused):
    code = "register.roster_move_not_allowed"
    text = _(
        "This roster is “%(state)s” now, so that cannot be done. Load the page again."
    )


class RosterTooEarly(Refused):
    code = "register.roster_too_early"
    text = _(
        "%(name)s stands in the register from %(since)s on, so it can have no roster of"
        " %(day)s. Give that day or a later one."
    )


def check_file_of(file: RosterFile, *, actor: Actor, now: datetime) -> None:
    """Raises NotPermitted, OrganisationNotOpen, DayInFuture, RosterTooEarly."""
    permissions.check_import_roster(actor, file.organisation)
    check_open(file.organisation)
    check_day(file.effective_on, now=now)
    since = registered_since(file.organisation)
    if file.effective_on < since:
        raise RosterTooEarly(
            name=file.organisation.name,
            since=since.isoformat(),
            day=file.effective_on.isoformat(),
        )


def check_open(organisation: Organisation) -> None:
    """Refuse when the organisation, or the employer it is the union of, was closed.

    Raises OrganisationNotOpen.
    """
    open_organisation(organisation.pk)
    if organisation.employer_id is not None:
        open_organisation(organisation.employer_id)


@needs_transaction
def hand_in(
    file: RosterFile, table: Table, context: RosterContext, actor: Actor
) -> RosterImport:
    roster = RosterImport.objects.create(
        organisation=context.organisation,
        file_name=Path(file.name).name[-200:],  # what it ends in tells its kind
        file_digest=hashlib.sha256(file.content).hexdigest(),
        headings=list(table.headings),
        effective_on=context.on,
        handed_in_by=actor.account_id,
        handed_in_at=context.now,
    )
    seal_roster(roster, file.content)
    record(
        RosterHandedIn(
            organisation=context.organisation.code, digest=roster.file_digest
        ),
        subject=subject("roster", roster.pk),
        actor=actor,
        at=context.now,
    )
    return roster


@needs_transaction
def write(
    roster: RosterImport,
    checked: Prepared,
    context: RosterContext,
    actor: Actor,
    progress: Progress,
) -> RosterImport:
    move_roster(roster, RosterState.APPLIED)
    _let_others_write_first()
    progress("comparing")
    prepared = against_register(checked, context)
    load(
        prepared.accepted,
        context=context,
        roster_id=roster.pk,
        actor=actor,
        progress=progress,
    )
    roster.counts = counts(prepared.rows, prepared.problems)
    now = roster.applied_at = context.now
    roster.save()
    keep_problems(roster, prepared.problems)
    found = {
        key: roster.counts[key] for key in ("new", "changed", "unchanged", "refused")
    }
    record(
        RosterApplied(**found),
        subject=subject("roster", roster.pk),
        actor=actor,
        at=now,
    )
    return roster


@needs_transaction
def _let_others_write_first() -> None:
    """Wait until no other roster is being written; two may name the same people.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('register.rosters'))")


def context_now(organisation: Organisation, on: date, now: datetime) -> RosterContext:
    return context_for(organisation, on=on, today=today(now), now=now)


@needs_transaction
def locked(roster_id: int) -> RosterImport:
    return (
        RosterImport.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=roster_id)
    )


def move_roster(roster: RosterImport, state: RosterState) -> None:
    """Raises MoveNotAllowed."""
    if state not in ROSTER_MOVES[RosterState(roster.state)]:
        raise MoveNotAllowed(state=roster.get_state_display())
    roster.state = state


def keep_problems(roster: RosterImport, problems: Problems) -> None:
    roster.refusals.all().delete()
    refusals = problems.frame().filter(~pl.col("is_warning")).drop("is_warning")
    bulk_insert(
        RosterRefusal,
        ["roster_id", "row_number", "column", "code", "values"],
        ((roster.pk, *row) for row in refusals.iter_rows()),
    )
