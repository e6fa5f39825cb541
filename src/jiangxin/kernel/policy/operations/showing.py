"""Keeping account of what another system was told of people."""

from datetime import date, datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.foundation.web.listing import Export
from jiangxin.kernel.policy.events import AnswersShown
from jiangxin.kernel.privacy.operations.exports import keep_export

FORMAT = "api"


@opens_transaction
def note_answers_shown(
    person_id: int, *, on: date, token_id: int, actor: Actor, now: datetime
) -> None:
    """Record on a person's trail that all answers about them were given out."""
    event = AnswersShown(on=on, token_id=token_id)
    record(event, subject=subject("person", person_id), actor=actor, at=now)


def note_list_shown(
    key: str, title: str, *, rows: int, actor: Actor, now: datetime
) -> None:
    """Record a page that names people as an export; an empty one shows nobody.

    Each page counts, however short: nobody could tell from outside whether small pages
    are put together into a large list.
    """
    if rows:
        leaving = Export(
            list_key=key,
            list_title=title,
            filters=[],
            format=FORMAT,
            rows=rows,
            reason="",
        )
        keep_export(leaving, actor, now)
