"""What a merge does to rows of every part, written down so that it can be undone."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q

from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.parts import brought
from jiangxin.kernel.register.models import MergeStep, PersonMerge
from jiangxin.kernel.register.registry import Merging, MovesWithPerson

Row = tuple[str, int]
Values = dict[str, Any]
Snapshot = dict[Row, Values]


def movers() -> dict[str, MovesWithPerson]:
    """Return what moves with a person, by the label of its model."""
    return {mover.model._meta.label: mover for mover in brought(MovesWithPerson)}


def snapshot(
    kept_id: int, merged_id: int, also: Mapping[Row, Values] | None = None
) -> Snapshot:
    """Return the columns that a merge may change, of all rows that hang on the two.

    also: rows to look at besides, which may hang on nobody any more.
    """
    found: Snapshot = {}
    for label, mover in movers().items():
        known = [row_id for table, row_id in also or {} if table == label]
        of_them = Q((f"{mover.person}__in", [kept_id, merged_id])) | Q(pk__in=known)
        found |= {(label, row_id): values for row_id, values in _rows(mover, of_them)}
    return found


def _rows(mover: MovesWithPerson, condition: Q) -> Iterator[tuple[int, Values]]:
    rows = mover.rows.filter(condition).order_by("pk")
    for pk, *values in rows.values_list("pk", *columns(mover)):
        yield pk, as_kept(dict(zip(columns(mover), values, strict=True)))


def columns(mover: MovesWithPerson) -> tuple[str, ...]:
    return (mover.person, *mover.changing)


def as_kept(values: Values) -> Values:
    """Return values as they come back from the journal."""
    kept: Values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return kept


@needs_transaction
def move_rows(merging: Merging) -> None:
    """Let everything that hangs on the merged person hang on the kept one."""
    for mover in movers().values():
        if mover.settle is not None:
            mover.settle(merging)
        rows = mover.rows.filter(**{mover.person: merging.merged_id})
        rows.update(**{mover.person: merging.kept_id})


@needs_transaction
def keep_steps(merge: PersonMerge, before: Snapshot, after: Snapshot) -> None:
    """Write down every row that the merge made or changed."""
    for (table, row_id), values in after.items():
        earlier = before.get((table, row_id))
        if earlier == values:
            continue
        MergeStep.objects.create(
            merge=merge, table=table, row_id=row_id, before=earlier, after=values
        )


def changed_since(merge: PersonMerge) -> list[type[Model]]:
    """Return the models whose rows are no longer as the merge left them, each once."""
    found: dict[type[Model], None] = {}
    for step in merge.steps.order_by("pk"):
        mover = movers()[step.table]
        if dict(_rows(mover, Q(pk=step.row_id))).get(step.row_id) != step.after:
            found[mover.model] = None
    return list(found)


def hindering(merge: PersonMerge) -> list[type[Model]]:
    """Return those whose change since the merge forbids to undo it."""
    derived = {mover.model for mover in movers().values() if mover.is_derived}
    return [model for model in changed_since(merge) if model not in derived]


@needs_transaction
def undo_steps(merge: PersonMerge) -> None:
    """Set every row back; those that the merge made go.

    First what goes and what moves back: only then may rows that stayed be opened again,
    as one person has one open employment. Of derived rows that changed since, only
    whose they are is set back.
    """
    changed = changed_since(merge)
    for step in sorted(merge.steps.all(), key=lambda step: _turn(step, merge)):
        mover = movers()[step.table]
        rows = mover.rows.filter(pk=step.row_id)
        if mover.model in changed:
            if step.before is not None:
                rows.update(**{mover.person: step.before[mover.person]})
        elif step.before is None:
            rows.delete()
        else:
            rows.update(**step.before)


def _turn(step: MergeStep, merge: PersonMerge) -> tuple[int, int]:
    if step.before is None:
        return 0, step.pk
    person = movers()[step.table].person
    return (1 if step.before[person] == merge.merged_id else 2), step.pk
