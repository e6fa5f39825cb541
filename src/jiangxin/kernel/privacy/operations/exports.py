"""Keeping account of lists of people that leave as files."""

from datetime import date, datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record
from jiangxin.foundation.web.listing import Export
from jiangxin.kernel.privacy.declared import ROWS_WITHOUT_REASON, limit
from jiangxin.kernel.privacy.events import PersonalDataExported
from jiangxin.kernel.privacy.models import PersonalDataExport


def rows_without_reason(on: date) -> int:
    return limit(ROWS_WITHOUT_REASON, on=on)


@opens_transaction
def keep_export(leaving: Export, actor: Actor, now: datetime) -> int:
    """Record an export and return its number, which the file will carry.

    Whether the actor may see the list was checked by the view that shows it.
    """
    kept = PersonalDataExport.objects.create(
        list_key=leaving.list_key,
        list_title=leaving.list_title[:200],
        filters=leaving.filters,
        format=leaving.format,
        rows=leaving.rows,
        reason=leaving.reason,
        exported_by=actor.account_id,
        exported_by_label=actor.label,
        exported_at=now,
    )
    event = PersonalDataExported(leaving.list_key, leaving.format, leaving.rows)
    record(event, subject=subject("export", kept.pk), actor=actor, at=now)
    return kept.pk
