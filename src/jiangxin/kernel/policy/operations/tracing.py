"""Which change of a record led to what was matched in its own transaction.

The profile from before is the one that the published snapshot holds. Without a snapshot,
or when the record changed twice since it was made, only "the record changed" is kept.
"""

from collections.abc import Collection
from typing import Any

import duckdb
from django.db.backends.utils import CursorWrapper
from django.db.models import Q

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.policy.enums import Sensitivity
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.operations.profile_table import PROFILES, typed
from jiangxin.kernel.policy.registry import Attribute
from jiangxin.kernel.policy.rules.causes import Circumstances, cause
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.snapshot import store
from jiangxin.kernel.policy.snapshot.reading import profiles_in_snapshot

# A roster changes thousands; whoever of them is matched anew has one cause, the roster.
MOST = 200

Profiles = dict[int, dict[str, Any]]


@needs_transaction
def trace_causes(
    cursor: CursorWrapper,
    run: MatchRun,
    policies: Collection[Policy],
    attributes: Collection[Attribute],
) -> None:
    """Name the changed attributes on the matches that this run began and ended.

    While the profile table is there. Does nothing for runs of many differences.
    """
    touched = list(
        PolicyMatch.objects.filter(Q(gained_in=run) | Q(lost_in=run))[: MOST + 1]
    )
    if not touched or len(touched) > MOST:
        return
    people = sorted({one.person_id for one in touched})
    try:
        before = profiles_in_snapshot(people)
    except (store.NoSnapshot, duckdb.Error):
        return
    now = _profiles_now(cursor, attributes, people)
    by_code = {one.code: one for one in policies}
    personal = {
        one.key for one in attributes if one.sensitivity is Sensitivity.PERSONAL
    }
    for match in touched:
        old, new = before.get(match.person_id), now.get(match.person_id)
        policy = by_code[match.policy_code]
        if old and new and set(policy.attributes()) <= set(old):
            found = cause(Circumstances(policy.attributes(), personal), old, new)
            if found:
                _keep(match, run, found)
    PolicyMatch.objects.bulk_update(touched, ["gained_because", "lost_because"])


def _keep(match: PolicyMatch, run: MatchRun, found: dict[str, Any]) -> None:
    if match.lost_in_id == run.pk:
        match.lost_because = found
    else:
        match.gained_because = found


def _profiles_now(
    cursor: CursorWrapper, attributes: Collection[Attribute], people: list[int]
) -> Profiles:
    places = ", ".join(["%s"] * len(people))
    names = ", ".join(f'"{one.key}"' for one in attributes)
    cursor.execute(
        f"SELECT person_id, {names} FROM {PROFILES} WHERE person_id IN ({places})",  # noqa: S608 -- our own names
        people,
    )
    return {
        row[0]: {
            one.key: typed(one, value)
            for one, value in zip(attributes, row[1:], strict=True)
        }
        for row in cursor.fetchall()
    }
