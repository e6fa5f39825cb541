"""The office's own housekeeping: steps, hands, notes, visits."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.queries import actor_for
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.door import close_door, open_door
from jiangxin.kernel.matters.operations.waiting import end_stop, start_step
from jiangxin.kernel.matters.queries.services import service_of


class NoStepLeft(Refused):
    code = "matters.no_step_left"
    text = _("All steps are done. What is left is the decision.")


class InOtherHands(Refused):
    code = "matters.in_other_hands"
    text = _(
        "It is in the hands of %(who)s. Only they give it back, or somebody who may"
        " assign matters gives it to another."
    )


class MayNotHandle(Refused):
    code = "matters.may_not_handle"
    text = _(
        "%(who)s may not handle this matter: it lies elsewhere, or it is their own"
        " application."
    )


class WordsMissing(Refused):
    code = "matters.words_missing"
    text = _("Write something first.")


@opens_transaction
def finish_step(
    *, matter_id: int, seen: int, note: str = "", actor: Actor, now: datetime
) -> Matter:
    """Finish the step at hand and begin the next.

    Raises NotFound, NotPermitted (also without the step's own permission), PageStale,
    NoStepLeft, and what the door raises.
    """
    kind = ActKind.STEP_DONE
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=[note])
    matter = opened.matter
    if opened.is_done:
        return matter
    wanted = service_of(matter)
    step = wanted.step(matter.step)
    if step is None:
        raise NoStepLeft
    permissions.check_office(actor, matter, step.permission)
    if step.stops is not None:
        end_stop(matter, now)
    following = wanted.step_after(step.key)
    matter.step = following.key if following else ""
    start_step(matter, wanted, now)
    closing = opened.closing(note, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def take_matter(*, matter_id: int, seen: int, actor: Actor, now: datetime) -> Matter:
    """Take into one's own hands what is in nobody's. Taken already, it stays as it is.

    Raises NotFound, NotPermitted, PageStale, InOtherHands.
    """
    kind = ActKind.ASSIGNED
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=[actor.label])
    matter = opened.matter
    if opened.is_done or matter.assigned_account_id == actor.account_id:
        return matter
    if matter.assigned_account_id is not None:
        raise InOtherHands(who=matter.assigned_label)
    matter.assigned_account_id, matter.assigned_label = actor.account_id, actor.label
    closing = opened.closing(actor.label, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def assign_matter(
    *,
    matter_id: int,
    seen: int,
    account_id: int,
    takes_over: bool = True,
    actor: Actor,
    now: datetime,
) -> Matter:
    """Give a matter to somebody who may handle it where it lies.

    takes_over: whether it is also taken from whoever has it; that page says who that
    is. Raises NotFound for an account that is not there, MayNotHandle, InOtherHands,
    NotPermitted, PageStale.
    """
    kind = ActKind.ASSIGNED
    opened = open_door(
        matter_id,
        kind,
        seen=seen,
        actor=actor,
        permission=permissions.ASSIGN,
        sent=[str(account_id)],
    )
    matter = opened.matter
    if opened.is_done or matter.assigned_account_id == account_id:
        return matter
    if matter.assigned_account_id is not None and not takes_over:
        raise InOtherHands(who=matter.assigned_label)
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    if not permissions.can_act_as_office(actor_for(account, now), matter):
        raise MayNotHandle(who=account.display_name)
    matter.assigned_account_id = account.pk
    matter.assigned_label = account.display_name
    closing = opened.closing(account.display_name, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def release_matter(*, matter_id: int, seen: int, actor: Actor, now: datetime) -> Matter:
    """Give a matter back to the queue; one's own, or anybody's who may assign.

    Raises NotFound, NotPermitted, PageStale, InOtherHands.
    """
    kind = ActKind.RELEASED
    # Whoever looks at the place comes in; whose hands it leaves is asked below.
    opened = open_door(
        matter_id, kind, seen=seen, actor=actor, permission=permissions.VIEW
    )
    matter = opened.matter
    if not permissions.can_act_as_office(actor, matter, permissions.ASSIGN):
        permissions.check_office(actor, matter)
        if matter.assigned_account_id not in {None, actor.account_id}:
            raise InOtherHands(who=matter.assigned_label)
    if opened.is_done or matter.assigned_account_id is None:
        return matter
    matter.assigned_account_id, matter.assigned_label = None, ""
    closing = opened.closing(is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def note_matter(
    *, matter_id: int, seen: int, text: str, actor: Actor, now: datetime
) -> Matter:
    """Write a note that the applicant does not see.

    Raises NotFound, NotPermitted, PageStale, WordsMissing.
    """
    kind = ActKind.NOTED
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=[text])
    matter = opened.matter
    if opened.is_done:
        return matter
    if not text.strip():
        raise WordsMissing
    closing = opened.closing(text, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def count_visit(*, matter_id: int, seen: int, actor: Actor, now: datetime) -> Matter:
    """Write down that the applicant came to the window for this matter.

    Raises NotFound, NotPermitted, PageStale.
    """
    kind = ActKind.VISITED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    matter.visits += 1
    closing = opened.closing(is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)
