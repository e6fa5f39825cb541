"""Acts on rosters: hand in, check, choose columns, write to the register, withdraw."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import bulk_insert, needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import ROSTER_MOVES, RosterState
from jiangxin.kernel.register.models import Organisation, RosterImport, RosterRefusal
from jiangxin.kernel.register.queries.rosters import get_roster
from jiangxin.kernel.register.roster.comparing import counts
from jiangxin.kernel.register.roster.context import RosterContext, context_for
from jiangxin.kernel.register.roster.events import (
    RosterApplied,
    RosterHandedIn,
    RosterWithdrawn,
)
from jiangxin.kernel.register.roster.files import (
    delete_roster_file,
    read_roster,
    seal_roster,
)
from jiangxin.kernel.register.roster.loading import load
from jiangxin.kernel.register.roster.preparing import (
    Prepared,
    against_register,
    check,
    choose,
    read,
)
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


class NothingToWrite(Refused):
    code = "register.roster_nothing_to_write"
    text = _("The roster changes nothing: every row is refused or known already.")


@opens_transaction
def hand_in_roster(
    file: RosterFile,
    *,
    actor: Actor,
    now: datetime,
) -> RosterImport:
    """Keep a file, sealed, as a roster of the organisation that waits to be checked.

    Raises NotPermitted; FileTooLarge, NotATable, EmptyTable, TooManyRows when it cannot
    be read at all.
    """
    permissions.check_import_roster(actor, file.organisation)
    table = read(file.content, file.name)
    context = _context(file.organisation, file.effective_on, now)
    return _hand_in(file, table, context, actor)


@needs_transaction
def _hand_in(
    file: RosterFile, table: Table, context: RosterContext, actor: Actor
) -> RosterImport:
    roster = RosterImport.objects.create(
        organisation=context.organisation,
        file_name=Path(file.name).name[:200],
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


def check_roster(
    *,
    roster_id: int,
    actor: Actor,
    now: datetime,
    chosen: Mapping[str, str] | None = None,
    progress: Progress = lambda _stage: None,
) -> RosterImport:
    """Read, check and compare every row; keep the counts and problems. Writes no person.

    chosen: headings by column key, chosen by hand; without it they are recognised.
    Once checked, calling it again changes nothing; `begin_check` opens it again.
    Raises NotFound. A file whose columns are not
    recognised is no error: the roster then says so and waits for columns to be chosen.
    """
    roster = get_roster(roster_id, visible_to=actor)
    if roster.state != RosterState.CHECKING:  # done before the job was killed
        return roster
    progress("reading")
    table = read_roster(roster)
    try:
        mapping = choose(table.headings, chosen or roster.mapping)
    except Refused as refusal:
        return _keep_unreadable(roster_id, refusal.message)
    progress("checking")
    context = _context(roster.organisation, roster.effective_on, now)
    checked = check(table, mapping, context)
    progress("comparing")
    prepared = against_register(checked, context)
    return _keep_checked(roster_id, mapping, prepared)


@opens_transaction
def _keep_checked(
    roster_id: int, mapping: Mapping[str, str], prepared: Prepared
) -> RosterImport:
    roster = _locked(roster_id)
    _move(roster, RosterState.READY)
    roster.mapping = dict(mapping)
    roster.problem = ""
    roster.counts = counts(prepared.rows, prepared.problems)
    roster.save()
    _keep_problems(roster, prepared.problems)
    return roster


@opens_transaction
def _keep_unreadable(roster_id: int, problem: str) -> RosterImport:
    roster = _locked(roster_id)
    _move(roster, RosterState.UNREADABLE)
    roster.problem = problem
    roster.save()
    return roster


@opens_transaction
def begin_check(*, roster_id: int, actor: Actor) -> RosterImport:
    """Say that the roster is being checked again, with other columns.

    Raises NotFound, NotPermitted, MoveNotAllowed.
    """
    roster = _locked(get_roster(roster_id, visible_to=actor).pk)
    _move(roster, RosterState.CHECKING)
    roster.save()
    return roster


@opens_transaction
def confirm_roster(*, roster_id: int, actor: Actor, now: datetime) -> RosterImport:
    """Say yes to what the check found; a job then calls `apply_roster`.

    Raises NotFound, NotPermitted, MoveNotAllowed, NothingToWrite.
    """
    del now  # the writing has its own moment
    roster = _locked(get_roster(roster_id, visible_to=actor).pk)
    if not roster.counts.get("new", 0) + roster.counts.get("changed", 0):
        raise NothingToWrite
    _move(roster, RosterState.APPLYING)
    roster.save()
    return roster


def apply_roster(
    *,
    roster_id: int,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda _stage: None,
) -> RosterImport:
    """Write the roster's sound rows, all in one transaction or none.

    The rows are compared again inside the transaction, so what others wrote since the
    preview is respected. Once written, calling it again changes nothing.
    Raises NotFound, NotPermitted, MoveNotAllowed.
    """
    roster = get_roster(roster_id, visible_to=actor)
    if roster.state == RosterState.APPLIED:
        return roster
    progress("reading")
    table = read_roster(roster)
    progress("checking")
    # Before the transaction, which keeps others from writing while it lasts.
    context = _context(roster.organisation, roster.effective_on, now)
    checked = check(table, roster.mapping, context)
    return _apply(roster_id, checked, context, actor, progress)


@opens_transaction
def _apply(
    roster_id: int,
    checked: Prepared,
    context: RosterContext,
    actor: Actor,
    progress: Progress,
) -> RosterImport:
    return _write(_locked(roster_id), checked, context, actor, progress)


def import_at_once(
    file: RosterFile,
    *,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda _stage: None,
) -> RosterImport:
    """Hand in, check and write a roster that nobody wants to look at first.

    All in one transaction: if the process dies, not even the roster is there.
    Raises NotPermitted; ColumnsMissing; what reading a file raises.
    """
    permissions.check_import_roster(actor, file.organisation)
    progress("reading")
    table = read(file.content, file.name)
    mapping = choose(table.headings, None)
    progress("checking")
    context = _context(file.organisation, file.effective_on, now)
    checked = check(table, mapping, context)
    with transaction.atomic(durable=True):
        roster = _hand_in(file, table, context, actor)
        roster.mapping = mapping
        return _write(roster, checked, context, actor, progress)


def try_out(
    file: RosterFile,
    *,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda _stage: None,
) -> dict[str, Any]:
    """Return what importing the roster would count, and keep nothing of it.

    Raises what `import_at_once` raises.
    """
    permissions.check_import_roster(actor, file.organisation)
    progress("reading")
    table = read(file.content, file.name)
    context = _context(file.organisation, file.effective_on, now)
    progress("checking")
    checked = check(table, choose(table.headings, None), context)
    progress("comparing")
    prepared = against_register(checked, context)
    return counts(prepared.rows, prepared.problems)


@needs_transaction
def _write(
    roster: RosterImport,
    checked: Prepared,
    context: RosterContext,
    actor: Actor,
    progress: Progress,
) -> RosterImport:
    _move(roster, RosterState.APPLIED)
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
    _keep_problems(roster, prepared.problems)
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


@opens_transaction
def fail_roster(*, roster_id: int, problem: str) -> RosterImport:
    """Note that checking or writing failed for good; the register is as it was."""
    roster = _locked(roster_id)
    if roster.state == RosterState.APPLYING:
        _move(roster, RosterState.FAILED)
    elif roster.state == RosterState.CHECKING:
        _move(roster, RosterState.UNREADABLE)
    roster.problem = problem
    roster.save()
    return roster


@opens_transaction
def withdraw_roster(*, roster_id: int, actor: Actor, now: datetime) -> RosterImport:
    """Give up a roster that is not written yet, and delete its file.

    Raises NotFound, NotPermitted, MoveNotAllowed.
    """
    roster = _locked(get_roster(roster_id, visible_to=actor).pk)
    _move(roster, RosterState.WITHDRAWN)
    roster.save()
    record(RosterWithdrawn(), subject=subject("roster", roster.pk), actor=actor, at=now)
    delete_roster_file(roster)
    return roster


def _context(organisation: Organisation, on: date, now: datetime) -> RosterContext:
    return context_for(organisation, on=on, today=today(now), now=now)


@needs_transaction
def _locked(roster_id: int) -> RosterImport:
    return (
        RosterImport.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=roster_id)
    )


def _move(roster: RosterImport, state: RosterState) -> None:
    """Raises MoveNotAllowed."""
    if state not in ROSTER_MOVES[RosterState(roster.state)]:
        raise MoveNotAllowed(state=roster.get_state_display())
    roster.state = state


def _keep_problems(roster: RosterImport, problems: Problems) -> None:
    roster.refusals.all().delete()
    refusals = problems.frame().filter(~pl.col("is_warning")).drop("is_warning")
    bulk_insert(
        RosterRefusal,
        ["roster_id", "row_number", "column", "code", "values"],
        ((roster.pk, *row) for row in refusals.iter_rows()),
    )
