"""Matching policies against people, in the transaction that changed them.

Profiles are computed once into a temporary table; each policy is then two statements:
end the matches that no longer hold, begin those that newly do. Nothing else is
written, so matching twice changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.trail import operations as trail
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.events import PeopleMatched
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.operations.policy_texts import keep_texts
from jiangxin.kernel.policy.operations.profile_table import (
    PROFILES,
    dialect,
    profile_table,
)
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.registry import policies as all_policies
from jiangxin.kernel.policy.registry import policies_about
from jiangxin.kernel.policy.rules.sql import predicate
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.registry import PeopleChange

MATCHES = PolicyMatch._meta.db_table


class NotOnThisDay(Refused):
    code = "policy.not_on_this_day"
    text = _(
        "Matches are kept as of today and cannot be written for %(on)s. Preview that "
        "day instead; a preview writes nothing."
    )


@dataclass(frozen=True)
class PolicyCounts:
    """Of the people looked at: how many a policy serves, gained and lost."""

    eligible: int
    gained: int = 0
    lost: int = 0


@needs_transaction
def match_people(
    *,
    person_ids: Sequence[int] | None,
    on: date,
    actor: Actor,
    now: datetime,
    reason: str,
    policies: Sequence[Policy] | None = None,
    report: Callable[[int, int], None] | None = None,
) -> MatchRun:
    """Bring the matches of these people up to date with their records.

    person_ids: None for the whole register. policies: about people; None for all of
    those. reason: a stored
    key such as "roster:12". report: told how many of how many policies are done.
    `on` may lie before today as long as no run of a later day is kept.

    Raises NotOnThisDay.
    """
    _one_at_a_time()
    _check_day(on, now)
    chosen = list(policies_about(Subject.PERSON) if policies is None else policies)
    run = MatchRun.objects.create(
        reason=reason,
        on=on,
        at=now,
        people=None if person_ids is None else len(set(person_ids)),
    )
    keep_texts(chosen, now=now)
    counts: dict[str, PolicyCounts] = {}
    with profile_table(attributes_of(chosen), person_ids, on) as cursor:
        for done, policy in enumerate(chosen):
            if report:
                report(done, len(chosen))
            counts[policy.code] = _match(
                cursor, policy, run, is_everyone=person_ids is None
            )
    if person_ids is None and policies is None:
        _end_matches_of_withdrawn(run, on)
    run.counts = {code: asdict(one) for code, one in counts.items()}
    run.save(update_fields=["counts"])
    _record(run, counts, actor, now)
    return run


def preview(
    *, person_ids: Sequence[int] | None, on: date, policies: Sequence[Policy]
) -> Mapping[str, PolicyCounts]:
    """Count whom the policies would serve on a day, and whom that adds and drops.

    Writes nothing. Any day may be asked about; the difference is to the matches that
    are open now.
    """
    counts = {}
    with profile_table(attributes_of(policies), person_ids, on) as cursor:
        for policy in policies:
            where = predicate(policy, on, dialect())
            cursor.execute(
                f"SELECT count(*), count(m.id) FROM {PROFILES} AS p"  # noqa: S608 -- our own names
                f" LEFT JOIN {MATCHES} AS m ON m.person_id = p.person_id"
                " AND m.valid_to IS NULL AND m.policy_code = %s"
                f" WHERE {_escaped(where)}",
                [policy.code],
            )
            eligible, already = cursor.fetchone()
            held = _count_open(cursor, policy)
            counts[policy.code] = PolicyCounts(
                eligible, eligible - already, held - already
            )
    return counts


@needs_transaction
def follow_changed_people(change: PeopleChange) -> None:
    """Match the people whose records an import or a single act has just changed.

    As of today, whatever day the change is for; and as of the last run's day when that
    is later, because a roster whose work began before midnight may end after the
    night's run.
    """
    if change.person_ids:
        _one_at_a_time()
        on = today(change.at)
        match_people(
            person_ids=change.person_ids,
            on=max(on, _last_day() or on),
            actor=change.actor,
            now=change.at,
            reason=change.reason,
        )


def _one_at_a_time() -> None:
    """Wait for other matching transactions to end.

    A run that began on records since changed would otherwise write its answers over
    those of the change. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('policy.match'))")


def _last_day() -> date | None:
    last: date | None = MatchRun.objects.aggregate(last=Max("on"))["last"]
    return last


def _check_day(on: date, now: datetime) -> None:
    last = _last_day()
    if last is None:
        is_allowed = on <= today(now)
    else:
        is_allowed = last <= on <= max(today(now), last)
    if not is_allowed:
        raise NotOnThisDay(on=on)


def _match(
    cursor: CursorWrapper, policy: Policy, run: MatchRun, *, is_everyone: bool
) -> PolicyCounts:
    where = _escaped(predicate(policy, run.on, dialect()))
    among = f"SELECT 1 FROM {PROFILES} AS p WHERE p.person_id = m.person_id"  # noqa: S608 -- our own names
    looked_at = "" if is_everyone else f" AND EXISTS ({among})"
    cursor.execute(
        f"UPDATE {MATCHES} AS m SET valid_to = %s, lost_in_id = %s"  # noqa: S608 -- checked files
        f" WHERE m.policy_code = %s AND m.valid_to IS NULL{looked_at}"
        f" AND NOT EXISTS ({among} AND {where})",
        [run.on, run.pk, policy.code],
    )
    lost = cursor.rowcount
    # EXCEPT, not NOT EXISTS: PostgreSQL would scan a table it believes empty once for
    # each person, while it fills.
    newly = (
        f"SELECT p.person_id FROM {PROFILES} AS p WHERE {where} EXCEPT"  # noqa: S608 -- checked files
        f" SELECT m.person_id FROM {MATCHES} AS m"
        " WHERE m.policy_code = %s AND m.valid_to IS NULL"
    )
    cursor.execute(
        f"INSERT INTO {MATCHES} (policy_code, person_id, valid_from, policy_version,"  # noqa: S608 -- as above
        f" gained_in_id) SELECT %s, person_id, %s, %s, %s FROM ({newly}) AS newly",
        [policy.code, run.on, policy.version, run.pk, policy.code],
    )
    gained = cursor.rowcount
    return PolicyCounts(_count_open(cursor, policy), gained, lost)


def _count_open(cursor: CursorWrapper, policy: Policy) -> int:
    """Count the open matches of the people in the profile table."""
    cursor.execute(
        f"SELECT count(*) FROM {PROFILES} AS p JOIN {MATCHES} AS m"  # noqa: S608 -- our own names
        " ON m.person_id = p.person_id AND m.policy_code = %s"
        " AND m.valid_to IS NULL",
        [policy.code],
    )
    return int(cursor.fetchone()[0])


def _escaped(sql: str) -> str:
    """A per cent sign in a text of a policy is no parameter."""
    return sql.replace("%", "%%")


def _end_matches_of_withdrawn(run: MatchRun, on: date) -> None:
    """A policy whose file is gone serves nobody."""
    known = [policy.code for policy in all_policies()]
    PolicyMatch.objects.filter(valid_to__isnull=True).exclude(
        policy_code__in=known
    ).update(valid_to=on, lost_in=run)


def _record(
    run: MatchRun, counts: Mapping[str, PolicyCounts], actor: Actor, now: datetime
) -> None:
    trail.record(
        PeopleMatched(
            reason=run.reason,
            on=run.on,
            people=run.people,
            gained={code: one.gained for code, one in counts.items() if one.gained},
            lost={code: one.lost for code, one in counts.items() if one.lost},
        ),
        subject=trail.subject("policy_match_run", run.pk),
        actor=actor,
        at=now,
    )
