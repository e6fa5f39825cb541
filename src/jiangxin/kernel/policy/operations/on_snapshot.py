"""Matching the whole register on the snapshot; only the difference is written back.

First the file is brought up to date and matched, beside the register and without
holding it up; then what differs is written in one transaction; then the file is
published; then the changes that are in it are forgotten. Killed anywhere between, the
next run does the rest: written differences change nothing when written again.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Q

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import in_batches, needs_transaction, opens_transaction
from jiangxin.kernel.policy.enums import Sensitivity, Subject
from jiangxin.kernel.policy.models import ChangedPeople, MatchRun, PolicyMatch
from jiangxin.kernel.policy.operations.applying import (
    COLUMNS,
    DIFFERENCE,
    apply_difference,
    difference_table,
    look_up_matches,
)
from jiangxin.kernel.policy.operations.counting import PolicyCounts
from jiangxin.kernel.policy.operations.matching import (
    check_day,
    of_organisations,
    one_at_a_time,
    record_run,
)
from jiangxin.kernel.policy.operations.matching_organisations import (
    end_of_withdrawn,
    match_organisations,
)
from jiangxin.kernel.policy.operations.policy_texts import keep_texts
from jiangxin.kernel.policy.operations.telling import tell_of_run
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.registry import Attribute, attributes
from jiangxin.kernel.policy.registry import policies as all_policies
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.snapshot import store
from jiangxin.kernel.policy.snapshot.causes import Difference, differences
from jiangxin.kernel.policy.snapshot.evaluating import Evaluated, evaluate
from jiangxin.kernel.policy.snapshot.filling import Refreshed, columns_of, refresh
from jiangxin.kernel.register.registry import PeopleChange

ROWS_A_STATEMENT = 5_000


def match_on_snapshot(
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    report: Callable[[int, int], None] | None = None,
    anew: bool = False,
) -> MatchRun:
    """Bring the snapshot and the matches of everybody up to date, as of today.

    anew: read the whole register again, whatever changed.
    Raises NotOnThisDay, SnapshotBusy.
    """
    on = today(now)
    check_day(on, now)
    chosen = [one for one in all_policies() if one.subject == Subject.PERSON]
    with store.next_file() as file:
        brought = read_attributes(chosen)
        refreshed = refresh(file, brought, on=on, now=now, anew=anew)
        evaluated = evaluate(file, chosen, on, report=report)
        personal = {
            one.key for one in brought if one.sensitivity is Sensitivity.PERSONAL
        }
        found = differences(
            file, evaluated, refreshed, columns_of(brought), personal=personal
        )
        run = _write(found, evaluated, refreshed, actor=actor, now=now, reason=reason)
        file.execute("DROP TABLE IF EXISTS former")
    _forget(refreshed)
    return run


def read_attributes(policies: Sequence[Policy]) -> list[Attribute]:
    """Return what the snapshot holds of a person, in a fixed order.

    All that is declared, so that drafts can be asked about, and of families what the
    policies read.
    """
    declared = [one for one in attributes().values() if one.subject == Subject.PERSON]
    every = {one.key: one for one in [*declared, *attributes_of(policies)]}
    return [every[key] for key in sorted(every)]


@needs_transaction
def note_changed_people(change: PeopleChange) -> None:
    """Remember whose profiles the snapshot has to read again."""
    if change.person_ids:
        ids = sorted(set(change.person_ids))
        ChangedPeople.objects.create(at=change.at, person_ids=ids)


@opens_transaction
def _write(
    found: Iterable[Difference],
    evaluated: Sequence[Evaluated],
    refreshed: Refreshed,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
) -> MatchRun:
    one_at_a_time()
    check_day(refreshed.on, now)
    run = MatchRun.objects.create(
        reason=reason,
        on=refreshed.on,
        at=now,
        watermark=refreshed.watermark,
        snapshot=refreshed.name,
    )
    keep_texts([one.policy for one in evaluated if one.policy], now=now)
    later, is_anybody = _changed_since(refreshed)
    wanted = () if is_anybody else (d for d in found if d.person_id not in later)
    with connection.cursor() as cursor, difference_table(cursor):
        if _load(cursor, wanted):
            look_up_matches(cursor)
            apply_difference(cursor, run)
    counts = _counts(run, evaluated)
    counts |= match_organisations(
        run=run,
        policies=of_organisations(all_policies()),
        organisation_ids=None,
        now=now,
    )
    end_of_withdrawn(run, [one.code for one in all_policies()])
    run.counts = {code: asdict(one) for code, one in counts.items()}
    run.save(update_fields=["counts"])
    record_run(run, counts, actor, now)
    tell_of_run(run, now=now)
    return run


def _changed_since(refreshed: Refreshed) -> tuple[set[int], bool]:
    """Return whose records changed while the file was made: they are matched already.

    And whether that may be anybody: then nothing is written, and the next run reads all.
    """
    rows = ChangedPeople.objects.exclude(pk__in=refreshed.changes)
    people: set[int] = set()
    for ids in rows.values_list("person_ids", flat=True):
        if ids is None:
            return set(), True
        people.update(ids)
    return people, False


def _load(cursor: CursorWrapper, found: Iterable[Difference]) -> int:
    rows = (_row(one) for one in found)
    count = 0
    if connection.vendor == "postgresql":
        names = ", ".join(COLUMNS)
        with cursor.copy(f"COPY {DIFFERENCE} ({names}) FROM STDIN") as copy:
            for count, row in enumerate(rows, 1):  # noqa: B007 -- counted on purpose
                copy.write_row(row)
        return count
    places = ", ".join(["%s"] * len(COLUMNS))
    for batch in in_batches(rows, ROWS_A_STATEMENT):
        cursor.executemany(f"INSERT INTO {DIFFERENCE} VALUES ({places})", batch)  # noqa: S608 -- our own name
        count += len(batch)
    return count


def _row(one: Difference) -> tuple[Any, ...]:
    because = None if one.because is None else json.dumps(one.because)
    return (
        one.code,
        one.person_id,
        one.version,
        int(one.was),
        int(one.holds),
        one.grant_row,
        one.amount_fen,
        because,
        None,
    )


def _counts(run: MatchRun, evaluated: Sequence[Evaluated]) -> dict[str, PolicyCounts]:
    gained = _by_policy(Q(gained_in=run))
    lost = _by_policy(Q(lost_in=run))
    return {
        one.code: PolicyCounts(
            one.eligible, gained.get(one.code, 0), lost.get(one.code, 0)
        )
        for one in evaluated
    }


def _by_policy(which: Q) -> dict[str, int]:
    rows = PolicyMatch.objects.filter(which).values("policy_code").order_by()
    return dict(rows.annotate(people=Count("pk")).values_list("policy_code", "people"))


@opens_transaction
def _forget(refreshed: Refreshed) -> None:
    ChangedPeople.objects.filter(pk__in=refreshed.changes).delete()
