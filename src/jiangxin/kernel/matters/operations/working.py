"""The office's own housekeeping: steps, hands, notes, visits."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import ActKind
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.accepting import end_stop, start_step
from jiangxin.kernel.matters.operations.door import Closing, close_door, open_door
from jiangxin.kernel.matters.registry import service


class NoStepLeft(Refused):
    code = "matters.no_step_left"
    text = _("All steps are done. What is left is the decision.")


class InOtherHands(Refused):
    code = "matters.in_other_hands"
    text = _(
        "It is in the hands of %(who)s. Only they give it back, or somebody who may"
        " assign matters gives it to another."
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
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    wanted = service(matter.service)
    step = wanted.step(matter.step)
    if step is None:
        raise NoStepLeft
    permissions.check_office(actor, matter, step.permission)
    if step.stops is not None:
        end_stop(matter, now)
    following = wanted.step_after(step.key)
    matter.step = following.key if following else ""
    start_step(matter, wanted, now)
    closing = Closing(seen, note, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def take_matter(*, matter_id: int, seen: int, actor: Actor, now: datetime) -> Matter:
    """Take into one's own hands what is in nobody's. Taken already, it stays as it is.

    Raises NotFound, NotPermitted, PageStale, InOtherHands.
    """
    kind = ActKind.ASSIGNED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done or matter.assigned_account_id == actor.account_id:
        return matter
    if matter.assigned_account_id is not None:
        raise InOtherHands(who=matter.assigned_label)
    matter.assigned_account_id, matter.assigned_label = actor.account_id, actor.label
    closing = Closing(seen, actor.label, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def assign_matter(
    *, matter_id: int, seen: int, account_id: int, actor: Actor, now: datetime
) -> Matter:
    """Give a matter to somebody who may handle it where it lies.

    Raises NotFound (also for an account that may not), NotPermitted, PageStale.
    """
    kind = ActKind.ASSIGNED
    opened = open_door(
        matter_id, kind, seen=seen, actor=actor, permission=permissions.ASSIGN
    )
    matter = opened.matter
    if opened.is_done or matter.assigned_account_id == account_id:
        return matter
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotFound
    matter.assigned_account_id = account.pk
    matter.assigned_label = account.display_name
    closing = Closing(seen, account.display_name, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def release_matter(*, matter_id: int, seen: int, actor: Actor, now: datetime) -> Matter:
    """Give a matter back to the queue; one's own, or anybody's who may assign.

    Raises NotFound, NotPermitted, PageStale, InOtherHands.
    """
    kind = ActKind.RELEASED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done or matter.assigned_account_id is None:
        return matter
    own = matter.assigned_account_id == actor.account_id
    may_assign = permissions.can_act_as_office(actor, matter, permissions.ASSIGN)
    if not own and not may_assign:
        raise InOtherHands(who=matter.assigned_label)
    matter.assigned_account_id, matter.assigned_label = None, ""
    closing = Closing(seen, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)


@opens_transaction
def note_matter(
    *, matter_id: int, seen: int, text: str, actor: Actor, now: datetime
) -> Matter:
    """Write a note that the applicant does not see.

    Raises NotFound, NotPermitted, PageStale, WordsMissing.
    """
    kind = ActKind.NOTED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    if not text.strip():
        raise WordsMissing
    closing = Closing(seen, text, is_internal=True)
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
    closing = Closing(seen, is_internal=True)
    return close_door(matter, kind, closing, actor=actor, now=now)
