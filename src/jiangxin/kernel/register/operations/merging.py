"""Making two records of one person into one, and two again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.i18n import listed
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.register import permissions
from jiangxin.kernel.register.enums import DuplicateState
from jiangxin.kernel.register.events import MergeUndone, PeopleMerged
from jiangxin.kernel.register.models import Person, PersonMerge, PersonPast
from jiangxin.kernel.register.operations import journal
from jiangxin.kernel.register.operations.duplicates import decide, pairs_of
from jiangxin.kernel.register.operations.people import PAST_FIELDS
from jiangxin.kernel.register.operations.steps import record_about
from jiangxin.kernel.register.registry import (
    Merging,
    PeopleChange,
    announce_people_changed,
)
from jiangxin.kernel.register.rules.sources import origin_of, with_origin

# What may be taken from the record that is merged, and the columns it stands in.
DETAILS: dict[str, tuple[str, ...]] = {
    "name": ("name", "name_pinyin", "name_initials"),
    "phone": ("phone", "phone_index"),
    "education": ("education",),
}
TIES = ("employment", "membership")
TAKEABLE = (*DETAILS, *TIES)


class SameRecord(Refused):
    code = "register.same_record"
    text = _("These are not two records but one. Choose another.")


class MergedAlready(Refused):
    code = "register.merged_already"
    text = _(
        "Record %(number)s was merged into another already. Load the page again, or"
        " undo that merge first."
    )


class RecordsChanged(Refused):
    code = "register.records_changed"
    text = _(
        "One of the two records was changed since you opened this page. Look at both"
        " again before you decide."
    )


class MergeUndoneAlready(Refused):
    code = "register.merge_undone_already"
    text = _("This merge was undone already.")


class ChangedSinceMerge(Refused):
    code = "register.changed_since_merge"
    text = _(
        "Since the merge these were changed, so it cannot be undone as a whole:"
        " %(what)s. Set them back first, or register what differs by hand."
    )


@dataclass(frozen=True)
class Wanted:
    """Which record stays, with its identity number, and what it takes from the other.

    taken: of TAKEABLE. seen: `stamp` of the two when they were looked at.
    """

    kept_id: int
    merged_id: int
    taken: Collection[str]
    seen: str


def stamp(one: int, other: int) -> str:
    """Return what changes whenever either record does: where their trails have got to."""
    ends = []
    for person_id in sorted((one, other)):
        last = events_of(subject("person", person_id)).values_list("sequence").first()
        ends.append(f"{person_id}.{last[0] if last else 0}")
    return "-".join(ends)


@opens_transaction
def merge_people(wanted: Wanted, *, actor: Actor, now: datetime) -> PersonMerge:
    """Make two records one. The merged one stays as it was, and leads to the other.

    What hangs on it moves; where one person cannot have both (two open jobs), one is
    ended today. Followers are told, and all of it can be undone.
    Raises NotFound, NotPermitted, SameRecord, MergedAlready, RecordsChanged.
    """
    kept, merged = _lock_both(wanted.kept_id, wanted.merged_id)
    permissions.check_merge_people(actor, kept, merged)
    for person in (kept, merged):
        if person.merged_into_id is not None:
            raise MergedAlready(number=person.pk)
    if stamp(kept.pk, merged.pk) != wanted.seen:
        raise RecordsChanged
    before = journal.snapshot(kept.pk, merged.pk)
    taken = [each for each in TAKEABLE if each in wanted.taken]
    merge = PersonMerge(
        kept=kept,
        merged=merged,
        taken=taken,
        region_before=kept.region_code,
        merged_at=now,
        merged_by=actor.account_id,
    )
    merge.replaced = _take_details(kept, merged, taken, now)
    merge.last_version_id = _last_version(kept)
    journal.move_rows(Merging(kept.pk, merged.pk, frozenset(taken), today(now), now))
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    merge.save()
    for pair in pairs_of(kept.pk, merged.pk):
        decide(pair, DuplicateState.MERGED, actor=actor, now=now)
    event = PeopleMerged(kept_id=kept.pk, merged_id=merged.pk, taken=tuple(taken))
    _record_on_both(event, merge, actor=actor, now=now)
    _announce([kept.pk], actor=actor, now=now)
    after = journal.snapshot(kept.pk, merged.pk, also=before)
    journal.keep_steps(merge, before, after)
    return merge


@opens_transaction
def undo_merge(*, merge_id: int, actor: Actor, now: datetime) -> PersonMerge:
    """Make two records of one again, each as it was; what came since stays where it is.

    Raises NotFound, NotPermitted, MergeUndoneAlready, MergedAlready (the kept record
    became part of a third), ChangedSinceMerge.
    """
    merge = PersonMerge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise NotFound
    kept, merged = _lock_both(merge.kept_id, merge.merged_id)
    permissions.check_merge_people(actor, kept, merged)
    if merge.undone_at is not None:
        raise MergeUndoneAlready
    if kept.merged_into_id is not None:
        raise MergedAlready(number=kept.pk)
    changed = [str(model._meta.verbose_name) for model in journal.hindering(merge)]
    if _last_version(kept) != merge.last_version_id:
        changed.insert(0, translated("Details"))
    if changed:
        raise ChangedSinceMerge(what=listed(changed))
    journal.undo_steps(merge)
    _give_back_details(kept, merge)
    Person.every.filter(pk=kept.pk).update(region_code=merge.region_before)
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    merge.undone_at, merge.undone_by = now, actor.account_id
    merge.replaced = None
    merge.save()
    pairs_of(kept.pk, merged.pk).update(
        state=DuplicateState.OPEN, decided_at=None, decided_by=None
    )
    event = MergeUndone(kept_id=kept.pk, merged_id=merged.pk)
    _record_on_both(event, merge, actor=actor, now=now)
    _announce([kept.pk, merged.pk], actor=actor, now=now)
    return merge


@needs_transaction
def _lock_both(one: int, other: int) -> tuple[Person, Person]:
    """Lock two records, lower number first, so that nobody waits for each other.

    Raises NotFound, SameRecord.
    """
    if one == other:
        raise SameRecord
    people = Person.every.select_for_update().filter(pk__in=(one, other))
    found = {person.pk: person for person in people.order_by("pk")}
    if len(found) != 2:  # noqa: PLR2004 -- a pair
        raise NotFound
    return found[one], found[other]


@needs_transaction
def _take_details(
    kept: Person, merged: Person, taken: Collection[str], now: datetime
) -> PersonPast | None:
    """Give the kept record the chosen details; return its version before, if changed."""
    columns = [name for each in DETAILS if each in taken for name in DETAILS[each]]
    if all(getattr(kept, name) == getattr(merged, name) for name in columns):
        return None
    effective_on = today(now)
    replaced = PersonPast.objects.create(
        person=kept,
        valid_from=kept.valid_from,
        valid_to=effective_on,
        **{name: getattr(kept, name) for name in PAST_FIELDS},
    )
    for name in columns:
        setattr(kept, name, getattr(merged, name))
    for each in DETAILS:
        origin = origin_of(merged.sources, each)
        if each in taken and origin is not None:
            kept.sources = with_origin(kept.sources, [each], origin)
    kept.valid_from = effective_on
    kept.save()
    return replaced


@needs_transaction
def _give_back_details(kept: Person, merge: PersonMerge) -> None:
    if merge.replaced is None:
        return
    for name in (*PAST_FIELDS, "valid_from"):
        setattr(kept, name, getattr(merge.replaced, name))
    kept.save()
    merge.replaced.delete()


def _last_version(person: Person) -> int:
    return (
        person.past_versions.order_by("-pk").values_list("pk", flat=True).first() or 0
    )


@needs_transaction
def _record_on_both(
    event: PeopleMerged | MergeUndone,
    merge: PersonMerge,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    for person_id in (merge.kept_id, merge.merged_id):
        record_about(person_id, event, actor=actor, now=now)


@needs_transaction
def _announce(person_ids: list[int], *, actor: Actor, now: datetime) -> None:
    announce_people_changed(
        PeopleChange(
            person_ids=person_ids, on=today(now), at=now, actor=actor, reason="merge"
        )
    )
