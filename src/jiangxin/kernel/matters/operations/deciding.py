"""Granting, refusing, and handing out what was granted."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import ActKind, MaterialState
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.accepting import ReasonNeeded
from jiangxin.kernel.matters.operations.door import close_door, open_door
from jiangxin.kernel.matters.operations.materials import keep_paper
from jiangxin.kernel.matters.operations.waiting import let_go
from jiangxin.kernel.matters.queries.matters import materials_in_force
from jiangxin.kernel.matters.queries.promises import keys_owed
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.registry import on_granted
from jiangxin.kernel.matters.rules.service import Material, Service
from jiangxin.kernel.matters.rules.signatures import SignatureFaulty, read_signature


class StepsLeft(Refused):
    code = "matters.steps_left"
    text = _("Finish the step “%(step)s” first.")


class PromiseOpen(Refused):
    code = "matters.promise_open"
    text = _(
        "What was promised has not come yet (due on %(day)s): it can be granted only"
        " then."
    )


class NothingHandedOut(Refused):
    code = "matters.nothing_handed_out"
    text = _("There is nothing to hand out, or it was handed out already.")


class SignatureUnreadable(Refused):
    code = "matters.signature_unreadable"
    text = _("The signature cannot be kept. Clear it and sign again, or type the name.")


class CollectorMissing(Refused):
    code = "matters.collector_missing"
    text = _("Write down who collected it.")


class NotSurrendered(Refused):
    code = "matters.not_surrendered"
    text = _("Take back first: %(materials)s.")


@opens_transaction
def grant_matter(
    *, matter_id: int, seen: int, note: str = "", actor: Actor, now: datetime
) -> Matter:
    """Grant what was applied for, and do what the programme does on granting it.

    Raises NotFound, NotPermitted, PageStale, StepsLeft, PromiseOpen, and what the
    programme's own acts raise: then nothing is granted.
    """
    kind = ActKind.GRANTED
    opened = open_door(
        matter_id,
        kind,
        seen=seen,
        actor=actor,
        permission=permissions.DECIDE,
        sent=[note],
    )
    matter = opened.matter
    if opened.is_done:
        return matter
    step = service_of(matter).step(matter.step)
    if step is not None:
        raise StepsLeft(step=step.label.zh_hans)
    if keys_owed(matter):
        raise PromiseOpen(day=matter.promise_due_on)
    let_go(matter, now)
    matter = close_door(matter, kind, opened.closing(note), actor=actor, now=now)
    for hook in on_granted(matter.service):
        hook.apply(matter, actor, now)
    return matter


@opens_transaction
def refuse_matter(
    *, matter_id: int, seen: int, reason: str, actor: Actor, now: datetime
) -> Matter:
    """Refuse what was applied for, with reasons in writing.

    Raises NotFound, NotPermitted, PageStale, ReasonNeeded, and what the door raises.
    """
    kind = ActKind.REFUSED
    opened = open_door(
        matter_id,
        kind,
        seen=seen,
        actor=actor,
        permission=permissions.DECIDE,
        sent=[reason],
    )
    matter = opened.matter
    if opened.is_done:
        return matter
    if not reason.strip():
        raise ReasonNeeded
    matter.reason = reason.strip()
    let_go(matter, now)
    return close_door(matter, kind, opened.closing(reason), actor=actor, now=now)


@opens_transaction
def hand_out(
    *,
    matter_id: int,
    seen: int,
    collector: str,
    surrendered: bool,
    signature: str = "",
    actor: Actor,
    now: datetime,
) -> Matter:
    """Hand out what was granted, to whom, and take back what has to be given back.

    signature: a typed name or drawn strokes; none for what is sent by post.
    surrendered: the originals that the service wants back lie on the counter. Nobody is
    asked for one that need not exist and was not handed in with the application.
    Raises NotFound, NotPermitted, PageStale, NothingHandedOut, CollectorMissing,
    SignatureUnreadable, NotSurrendered.
    """
    kind = ActKind.HANDED_OUT
    opened = open_door(
        matter_id, kind, seen=seen, actor=actor, sent=[collector, signature]
    )
    matter = opened.matter
    if opened.is_done:
        return matter
    wanted = service_of(matter)
    if wanted.handed_out is None or matter.handed_out_at is not None:
        raise NothingHandedOut
    if not collector.strip():
        raise CollectorMissing
    try:
        matter.handed_out_signature = read_signature(signature)
    except SignatureFaulty as faulty:
        raise SignatureUnreadable from faulty
    if surrendered:
        for one in wanted.materials:
            if one.is_surrendered:
                keep_paper(matter, one.key, actor=actor, now=now)
    elif expected := wanted_back(matter, wanted):
        labels = "、".join(one.label.zh_hans for one in expected)
        raise NotSurrendered(materials=labels)
    matter.handed_out_at = now
    matter.handed_out_to = collector.strip()
    return close_door(matter, kind, opened.closing(), actor=actor, now=now)


def wanted_back(matter: Matter, wanted: Service) -> list[Material]:
    """Return the originals without which nothing is handed out."""
    there = materials_in_force(matter).filter(state=MaterialState.HANDED_IN)
    keys = set(there.values_list("key", flat=True))
    return [
        one
        for one in wanted.materials
        if one.is_surrendered and (one.is_needed or one.key in keys)
    ]
