"""Acts on people who may be registered twice: look for them, tell them apart."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import (
    Among,
    bulk_insert,
    for_database,
    needs_transaction,
    opens_transaction,
)
from jiangxin.foundation.errors import Refused
from jiangxin.foundation.jobs.enums import JobState
from jiangxin.foundation.jobs.models import Job
from jiangxin.foundation.jobs.operations import start
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import DuplicateRule, DuplicateState
from jiangxin.kernel.register.events import PeopleToldApart
from jiangxin.kernel.register.models import DuplicatePair
from jiangxin.kernel.register.operations.steps import record_about
from jiangxin.kernel.register.queries.duplicates import (
    Pair,
    find_pairs,
    get_pair,
    rules_by_pair,
)
from jiangxin.kernel.register.registry import PeopleChange

FIND_DUPLICATES = "register.find_duplicates"
# More changed people than this are looked through by a job, with everybody else.
AT_ONCE = 50


class PairDecided(Refused):
    code = "register.pair_decided"
    text = _("This was decided already: %(state)s. Load the page again.")


@dataclass(frozen=True)
class Duplicates:
    """How many pairs may be one person, how many of them are new, how many went."""

    found: int
    new: int
    gone: int


@opens_transaction
def find_duplicates(
    *, now: datetime, progress: Callable[[str], None] = lambda _stage: None
) -> Duplicates:
    """Look through the whole register for people who may be registered twice.

    What was decided stays; pairs that no rule finds any more are forgotten unless they
    were decided upon. Doing it again changes nothing.
    """
    progress("comparing")
    found = find_pairs()
    progress("keeping")
    return _keep(found, DuplicatePair.objects.all(), now)


@needs_transaction
def look_at_changed_people(change: PeopleChange) -> None:
    """Look whom changed people may be; of many at once, soon and in the background."""
    if len(change.person_ids) <= AT_ONCE:
        ids = list(change.person_ids)
        of_them = Q(Among(F("person_id"), ids)) | Q(Among(F("other_id"), ids))
        _keep(find_pairs(ids), DuplicatePair.objects.filter(of_them), change.at)
        return
    waiting = Job.objects.filter(kind=FIND_DUPLICATES, state=JobState.WAITING)
    if not waiting.exists():
        start(FIND_DUPLICATES, {}, actor=change.actor, now=change.at)


@needs_transaction
def _keep(
    found: dict[Pair, DuplicateRule], among: QuerySet[DuplicatePair], now: datetime
) -> Duplicates:
    """Make the open pairs `among` those that were looked at what was found."""
    known = rules_by_pair(among)
    new = [pair for pair in found if pair not in known]
    gone = []
    for pair, (pk, rule, state) in known.items():
        if state != DuplicateState.OPEN:
            continue
        if pair not in found:
            gone.append(pk)
        elif found[pair] != rule:
            DuplicatePair.objects.filter(pk=pk).update(rule=found[pair])
    DuplicatePair.objects.filter(Among(F("id"), gone)).delete()
    at = for_database(DuplicatePair, "found_at")(now)
    bulk_insert(
        DuplicatePair,
        ["person_id", "other_id", "rule", "state", "found_at"],
        (
            (*pair, str(found[pair].value), str(DuplicateState.OPEN.value), at)
            for pair in new
        ),
    )
    return Duplicates(found=len(found), new=len(new), gone=len(gone))


@opens_transaction
def tell_apart(*, pair_id: int, actor: Actor, now: datetime) -> DuplicatePair:
    """Record that the two are different people; nobody is asked about them again.

    Raises NotFound, NotPermitted, PairDecided.
    """
    pair = lock_open_pair(pair_id, actor)
    decide(pair, DuplicateState.DIFFERENT, actor=actor, now=now)
    event = PeopleToldApart(person_id=pair.person_id, other_id=pair.other_id)
    for person_id in (pair.person_id, pair.other_id):
        record_about(person_id, event, actor=actor, now=now)
    return pair


@needs_transaction
def lock_open_pair(pair_id: int, actor: Actor) -> DuplicatePair:
    """Return a pair that waits for a decision, held until the transaction ends.

    Raises NotFound, NotPermitted, PairDecided.
    """
    pair = get_pair(pair_id, visible_to=actor)
    permissions.check_merge_people(actor, pair.person, pair.other)
    held = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if held.state != DuplicateState.OPEN:
        raise PairDecided(state=held.get_state_display())
    return held


@needs_transaction
def decide(
    pair: DuplicatePair, state: DuplicateState, *, actor: Actor, now: datetime
) -> None:
    pair.state = state
    pair.decided_by = actor.account_id
    pair.decided_at = now
    pair.save()


def pairs_of(one: int, other: int) -> QuerySet[DuplicatePair]:
    """Return the pair of two people, if it was found."""
    return DuplicatePair.objects.filter(person=min(one, other), other=max(one, other))
