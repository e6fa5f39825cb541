"""Matching policies against people, in the transaction that changed them.

Profiles are computed once into a temporary table. Each policy is then one statement,
which finds whom it serves; what is found is compared with the open matches, and only
the difference is written, so matching twice changes nothing.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
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
from jiangxin.kernel.policy.enums import Subject, Why
from jiangxin.kernel.policy.events import PeopleMatched
from jiangxin.kernel.policy.models import ChangedPeople, MatchRun, PolicyMatch
from jiangxin.kernel.policy.operations.applying import (
    DIFFERENCE,
    MATCHES,
    apply_difference,
    difference_table,
)
from jiangxin.kernel.policy.operations.counting import PolicyCounts
from jiangxin.kernel.policy.operations.matching_organisations import (
    employers_of,
    end_of_withdrawn,
    match_organisations,
)
from jiangxin.kernel.policy.operations.policy_texts import keep_texts
from jiangxin.kernel.policy.operations.profile_table import (
    PROFILES,
    dialect,
    profile_table,
)
from jiangxin.kernel.policy.operations.telling import tell_of_run
from jiangxin.kernel.policy.operations.tracing import trace_causes
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.registry import look_again
from jiangxin.kernel.policy.registry import policies as all_policies
from jiangxin.kernel.policy.rules.sql import granting, predicate
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.registry import PeopleChange

FOUND = "policy_found"
HELD = "policy_held"


class NotOnThisDay(Refused):
    code = "policy.not_on_this_day"
    text = _(
        "Matches are kept as of today and cannot be written for %(on)s. Preview that "
        "day instead; a preview writes nothing."
    )


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
    one_at_a_time()
    check_day(on, now)
    named = all_policies() if policies is None else policies
    chosen = of_people(named)
    run = MatchRun.objects.create(
        reason=reason,
        on=on,
        at=now,
        people=None if person_ids is None else len(set(person_ids)),
    )
    counts = _match_chosen(chosen, run, person_ids, now, report) if chosen else {}
    if person_ids is None:
        # The snapshot does not see what was found here: it is to read everybody again.
        ChangedPeople.objects.create(at=now, person_ids=None)
        if policies is None:
            _end_matches_of_withdrawn(run, on)
    counts |= match_organisations(
        run=run,
        policies=of_organisations(named),
        organisation_ids=None if person_ids is None else employers_of(person_ids),
        now=now,
    )
    run.counts = {code: asdict(one) for code, one in counts.items()}
    run.save(update_fields=["counts"])
    record_run(run, counts, actor, now)
    tell_of_run(run, now=now)
    return run


@needs_transaction
def _match_chosen(
    policies: Sequence[Policy],
    run: MatchRun,
    person_ids: Sequence[int] | None,
    now: datetime,
    report: Callable[[int, int], None] | None,
) -> dict[str, PolicyCounts]:
    keep_texts(policies, now=now)
    read = attributes_of(policies)
    with profile_table(read, person_ids, run.on) as cursor:
        counts = match_profiles(
            cursor, policies, run, is_everyone=person_ids is None, report=report
        )
        if person_ids is not None:
            trace_causes(cursor, run, policies, read)
    return counts


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
        look_again()
        one_at_a_time()
        on = today(change.at)
        match_people(
            person_ids=change.person_ids,
            on=max(on, _last_day() or on),
            actor=change.actor,
            now=change.at,
            reason=change.reason,
        )


def of_people(policies: Iterable[Policy]) -> list[Policy]:
    """Leave out policies that speak of organisations."""
    return [one for one in policies if one.subject == Subject.PERSON]


def of_organisations(policies: Iterable[Policy]) -> list[Policy]:
    """Leave out policies that speak of people."""
    return [one for one in policies if one.subject == Subject.ORGANISATION]


def one_at_a_time() -> None:
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


def check_day(on: date, now: datetime) -> None:
    last = _last_day()
    if last is None:
        is_allowed = on <= today(now)
    else:
        is_allowed = last <= on <= max(today(now), last)
    if not is_allowed:
        raise NotOnThisDay(on=on)


@needs_transaction
def match_profiles(
    cursor: CursorWrapper,
    policies: Sequence[Policy],
    run: MatchRun,
    *,
    is_everyone: bool,
    report: Callable[[int, int], None] | None = None,
) -> dict[str, PolicyCounts]:
    """Match whoever is in the profile table, and write down what differs."""
    # Kept in order by what they are joined on; PostgreSQL would rather hash them.
    key = "" if dialect() == "postgres" else ", PRIMARY KEY (policy_code, person_id)"
    for table in (FOUND, HELD):
        cursor.execute(
            f"CREATE TEMPORARY TABLE {table} (policy_code varchar(64),"
            f" person_id bigint, grant_row smallint, amount_fen bigint,"
            f" match_id bigint{key})"
        )
    for done, policy in enumerate(policies):
        if report:
            report(done, len(policies))
        _find(cursor, policy, run.on)
    _hold(cursor, policies, is_everyone=is_everyone)
    if dialect() == "postgres":
        joined_on = "(policy_code, person_id)"
        cursor.execute(f"ANALYZE {FOUND} {joined_on}, {HELD} {joined_on}")
    with difference_table(cursor):
        _compare(cursor, policies, is_everyone=is_everyone)
        apply_difference(cursor, run)
        counts = _counts(cursor, policies)
    cursor.execute(f"DROP TABLE {FOUND}")
    cursor.execute(f"DROP TABLE {HELD}")
    return counts


def _find(cursor: CursorWrapper, policy: Policy, on: date) -> None:
    found = _escaped(granting(policy, on, dialect(), profiles=PROFILES).whole())
    cursor.execute(
        f"INSERT INTO {FOUND} SELECT %s, found.*, NULL FROM ({found}) AS found",  # noqa: S608 -- checked files
        [policy.code],
    )


def _hold(
    cursor: CursorWrapper, policies: Sequence[Policy], *, is_everyone: bool
) -> None:
    """Copy the open matches of whoever is looked at."""
    among = "" if is_everyone else f" JOIN {PROFILES} AS p ON p.person_id = m.person_id"
    places = ", ".join(["%s"] * len(policies))
    cursor.execute(
        f"INSERT INTO {HELD} SELECT m.policy_code, m.person_id, m.grant_row,"  # noqa: S608 -- our own names
        f" m.amount_fen, m.id FROM {MATCHES} AS m{among}"
        f" WHERE m.valid_to IS NULL AND m.policy_code IN ({places})",
        [policy.code for policy in policies],
    )


def _compare(
    cursor: CursorWrapper, policies: Sequence[Policy], *, is_everyone: bool
) -> None:
    because = None if is_everyone else json.dumps({"why": Why.RECORD.value})
    versions = " ".join(["WHEN %s THEN %s"] * len(policies))
    both = "h.policy_code = f.policy_code AND h.person_id = f.person_id"
    cursor.execute(
        f"INSERT INTO {DIFFERENCE} SELECT f.policy_code, f.person_id,"  # noqa: S608 -- our own names
        f" CASE f.policy_code {versions} END,"
        " CASE WHEN h.person_id IS NULL THEN 0 ELSE 1 END, 1,"
        " f.grant_row, f.amount_fen, %s, h.match_id"
        f" FROM {FOUND} AS f LEFT JOIN {HELD} AS h ON {both}"
        " WHERE h.person_id IS NULL"
        " OR coalesce(f.grant_row, -1) <> coalesce(h.grant_row, -1)"
        " OR coalesce(f.amount_fen, -1) <> coalesce(h.amount_fen, -1)",
        [*(part for one in policies for part in (one.code, one.version)), because],
    )
    cursor.execute(
        f"INSERT INTO {DIFFERENCE} SELECT h.policy_code, h.person_id, '', 1, 0,"  # noqa: S608 -- our own names
        f" NULL, NULL, %s, h.match_id FROM {HELD} AS h LEFT JOIN {FOUND} AS f ON {both}"
        " WHERE f.person_id IS NULL",
        [because],
    )


def _counts(
    cursor: CursorWrapper, policies: Sequence[Policy]
) -> dict[str, PolicyCounts]:
    def by_policy(table: str, where: str = "1 = 1") -> dict[str, int]:
        cursor.execute(
            f"SELECT policy_code, count(*) FROM {table} WHERE {where}"  # noqa: S608 -- our own names
            " GROUP BY policy_code"
        )
        return dict(cursor.fetchall())

    eligible = by_policy(FOUND)
    gained = by_policy(DIFFERENCE, "was = 0")
    lost = by_policy(DIFFERENCE, "holds = 0")
    return {
        one.code: PolicyCounts(
            eligible.get(one.code, 0), gained.get(one.code, 0), lost.get(one.code, 0)
        )
        for one in policies
    }


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
    end_of_withdrawn(run, known)


def record_run(
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
