"""Choosing what one is told. Nothing is changed: each word is added."""

from collections.abc import Mapping
from datetime import datetime

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.events import subject as trail_subject
from jiangxin.foundation.trail.operations import record
from jiangxin.kernel.notices.events import NoticeChosen
from jiangxin.kernel.notices.models import Notice, NoticeChoice
from jiangxin.kernel.notices.queries.choices import options_of, standing
from jiangxin.kernel.notices.queries.inbox import get_notice
from jiangxin.kernel.notices.queries.reading import may_refuse
from jiangxin.kernel.register.queries.visibility import get_own_person


@opens_transaction
def choose(*, wanted: Mapping[str, bool], actor: Actor, now: datetime) -> int:
    """Say what one wants to be told; effective at once. Return how much that changed.

    wanted: by `Option.name`, of what may be chosen; of others nothing is taken.
    Raises NotFound for whoever is not a registered person.
    """
    person_id = get_own_person(actor).pk
    changed = [
        option
        for option in options_of(person_id)
        if wanted.get(option.name, option.is_wanted) != option.is_wanted
    ]
    for one in changed:
        _keep(person_id, one.kind, one.subject, not one.is_wanted, actor, now)
    return len(changed)


@opens_transaction
def refuse_subject(*, notice_id: int, actor: Actor, now: datetime) -> Notice:
    """Say that one wants to be told no more of what a notice is about.

    Raises NotFound, also for notices that nobody may refuse.
    """
    person_id = get_own_person(actor).pk
    notice = get_notice(notice_id, actor, "person")
    if not may_refuse(notice):
        raise NotFound
    same = standing().filter(
        person=person_id, kind=notice.kind, subject=notice.subject, is_wanted=False
    )
    if not same.exists():
        _keep(person_id, notice.kind, notice.subject, False, actor, now)
    return notice


@needs_transaction
def _keep(
    person_id: int,
    kind: str,
    subject: str,
    is_wanted: bool,  # noqa: FBT001 -- as above
    actor: Actor,
    now: datetime,
) -> None:
    NoticeChoice.objects.create(
        person_id=person_id, kind=kind, subject=subject, is_wanted=is_wanted, at=now
    )
    event = NoticeChosen(kind, subject, is_wanted)
    record(event, subject=trail_subject("person", person_id), actor=actor, at=now)
