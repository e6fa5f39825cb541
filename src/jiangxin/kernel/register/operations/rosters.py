"""Acts on rosters: hand in, check, choose columns, write to the register, withdraw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import after_commit, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.garbage import without_collecting
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.register.enums import RosterState
from jiangxin.kernel.register.models import RosterImport
from jiangxin.kernel.register.operations.roster_steps import (
    MoveNotAllowed,
    Progress,
    RosterFile,
    RosterTooEarly,
    check_file_of,
    check_open,
    context_now,
    hand_in,
    keep_problems,
    locked,
    move_roster,
    write,
)
from jiangxin.kernel.register.queries.rosters import get_roster
from jiangxin.kernel.register.roster.comparing import counts
from jiangxin.kernel.register.roster.context import RosterContext
from jiangxin.kernel.register.roster.events import RosterWithdrawn
from jiangxin.kernel.register.roster.files import delete_roster_file, read_roster
from jiangxin.kernel.register.roster.preparing import (
    Prepared,
    against_register,
    check,
    choose,
    read,
)

__all__ = ["MoveNotAllowed", "Progress", "RosterFile", "RosterTooEarly"]


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

    Raises NotPermitted; OrganisationNotOpen; DayInFuture, RosterTooEarly;
    FileTooLarge, NotATable, EmptyTable, TooManyRows when it cannot be read at all.
    """
    check_file_of(file, actor=actor, now=now)
    table = read(file.content, file.name)
    context = context_now(file.organisation, file.effective_on, now)
    return hand_in(file, table, context, actor)


@without_collecting()
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
    Once checked, calling it again changes nothing; `begin_check` opens it again. A file
    whose columns are not recognised is no error: the roster then says so and waits for
    columns to be chosen.
    Raises NotFound, OrganisationNotOpen.
    """
    roster = get_roster(roster_id, visible_to=actor)
    if roster.state != RosterState.CHECKING:  # done before the job was killed
        return roster
    check_open(roster.organisation)
    progress("reading")
    table = read_roster(roster)
    try:
        mapping = choose(table.headings, chosen or roster.mapping)
    except Refused as refusal:
        return _keep_unreadable(roster_id, refusal.message)
    progress("checking")
    context = context_now(roster.organisation, roster.effective_on, now)
    checked = check(table, mapping, context)
    progress("comparing")
    prepared = against_register(checked, context)
    progress("keeping")
    return _keep_checked(roster_id, mapping, prepared)


@opens_transaction
def _keep_checked(
    roster_id: int, mapping: Mapping[str, str], prepared: Prepared
) -> RosterImport:
    roster = locked(roster_id)
    move_roster(roster, RosterState.READY)
    roster.mapping = dict(mapping)
    roster.problem = ""
    roster.counts = counts(prepared.rows, prepared.problems)
    roster.save()
    keep_problems(roster, prepared.problems)
    return roster


@opens_transaction
def _keep_unreadable(roster_id: int, problem: str) -> RosterImport:
    roster = locked(roster_id)
    move_roster(roster, RosterState.UNREADABLE)
    roster.problem = problem
    roster.save()
    return roster


@opens_transaction
def begin_check(*, roster_id: int, actor: Actor) -> RosterImport:
    """Say that the roster is being checked again, with other columns.

    Raises NotFound, MoveNotAllowed.
    """
    roster = locked(get_roster(roster_id, visible_to=actor).pk)
    move_roster(roster, RosterState.CHECKING)
    roster.job_id = None  # what became of the last one no longer matters
    roster.save()
    return roster


@opens_transaction
def confirm_roster(*, roster_id: int, actor: Actor, now: datetime) -> RosterImport:
    """Say yes to what the check found; a job then calls `apply_roster`.

    Raises NotFound, MoveNotAllowed, NothingToWrite.
    """
    del now  # the writing has its own moment
    roster = locked(get_roster(roster_id, visible_to=actor).pk)
    move_roster(roster, RosterState.APPLYING)
    if not roster.has_changes:
        raise NothingToWrite
    roster.job_id = None
    roster.save()
    return roster


@without_collecting()
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
    Raises NotFound, MoveNotAllowed (not confirmed), OrganisationNotOpen.
    """
    roster = get_roster(roster_id, visible_to=actor)
    if roster.state == RosterState.APPLIED:
        return roster
    if roster.state != RosterState.APPLYING:
        raise MoveNotAllowed(state=roster.get_state_display())
    check_open(roster.organisation)
    progress("reading")
    table = read_roster(roster)
    progress("checking")
    # Before the transaction, which keeps others from writing while it lasts.
    context = context_now(roster.organisation, roster.effective_on, now)
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
    return write(locked(roster_id), checked, context, actor, progress)


@without_collecting()
def import_at_once(
    file: RosterFile,
    *,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda _stage: None,
) -> RosterImport:
    """Hand in, check and write a roster that nobody wants to look at first.

    All in one transaction: if the process dies, not even the roster is there.
    Raises ColumnsMissing and what `hand_in_roster` raises.
    """
    check_file_of(file, actor=actor, now=now)
    progress("reading")
    table = read(file.content, file.name)
    mapping = choose(table.headings, None)
    progress("checking")
    context = context_now(file.organisation, file.effective_on, now)
    checked = check(table, mapping, context)
    with transaction.atomic(durable=True):
        roster = hand_in(file, table, context, actor)
        roster.mapping = mapping
        try:
            return write(roster, checked, context, actor, progress)
        except BaseException:
            delete_roster_file(roster)
            raise


@without_collecting()
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
    check_file_of(file, actor=actor, now=now)
    progress("reading")
    table = read(file.content, file.name)
    context = context_now(file.organisation, file.effective_on, now)
    progress("checking")
    checked = check(table, choose(table.headings, None), context)
    progress("comparing")
    prepared = against_register(checked, context)
    return counts(prepared.rows, prepared.problems)


@opens_transaction
def fail_roster(*, roster_id: int, problem: str) -> RosterImport:
    """Note that checking or writing failed for good; the register is as it was.

    Changes nothing when the roster is at neither any more.
    """
    roster = locked(roster_id)
    if roster.state == RosterState.APPLYING:
        move_roster(roster, RosterState.FAILED)
    elif roster.state == RosterState.CHECKING:
        move_roster(roster, RosterState.UNREADABLE)
    else:
        return roster
    roster.problem = problem
    roster.save()
    return roster


@opens_transaction
def withdraw_roster(*, roster_id: int, actor: Actor, now: datetime) -> RosterImport:
    """Give up a roster that is not written yet, and delete its file.

    Raises NotFound, MoveNotAllowed.
    """
    roster = locked(get_roster(roster_id, visible_to=actor).pk)
    move_roster(roster, RosterState.WITHDRAWN)
    roster.save()
    record(RosterWithdrawn(), subject=subject("roster", roster.pk), actor=actor, at=now)
    after_commit(lambda: delete_roster_file(roster))
    return roster
