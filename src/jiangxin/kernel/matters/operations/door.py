"""The one door: every act on a matter comes in here, and is written down here.

An operation opens the door, changes what it changes, and closes it:

    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=[reason])
    ...
    close_door(matter, kind, opened.closing(note), actor=actor, now=now)

all in its one transaction. The version that whoever acts has seen must be the one that
is there: two clerks cannot both act on a stale page. What the office does among itself
does not make an applicant's page stale. The same act sent twice from the same page, with
the same words, is done once; with other words it is another act, and comes too late.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor, label_of
from jiangxin.foundation.db import needs_transaction
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.i18n import table_moment
from jiangxin.foundation.sealing import blind_index
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.matters import permissions
from jiangxin.kernel.matters.enums import SETTLED, ActBy, ActKind, MatterState
from jiangxin.kernel.matters.events import MatterActed
from jiangxin.kernel.matters.models import Matter, MatterAct
from jiangxin.kernel.matters.operations.clock import set_clock
from jiangxin.kernel.matters.operations.telling import tell_other_side
from jiangxin.kernel.matters.rules.moves import MOVES, may_follow


class PageStale(Refused):
    code = "matters.page_stale"
    text = _(
        "%(who)s has acted on this matter since you opened it (%(what)s, %(at)s)."
        " Nothing of yours was done. Look at it as it is now, and act again if it is"
        " still right."
    )


class ActNotPossible(Refused):
    code = "matters.act_not_possible"
    text = _("“%(act)s” is not possible now: the matter is %(state)s.")


class WaitsForApplicant(Refused):
    code = "matters.waits_for_applicant"
    text = _(
        "“%(act)s” is not possible now: the matter waits for the applicant's"
        " supplements. It goes on when they come."
    )


class NothingWaitedFor(Refused):
    code = "matters.nothing_waited_for"
    text = _("Nothing was asked for, or it was handed in already.")


@dataclass(frozen=True)
class Closing:
    """What is kept of an act. seen: the version acted on. note: words in the journal.

    sent: what was sent, as a keyed digest, to know the very same by.
    """

    seen: int
    note: str = ""
    is_internal: bool = False
    sent: str = ""


@dataclass(frozen=True)
class Opened:
    """is_done: this very act was done already; there is nothing left to do."""

    matter: Matter
    seen: int
    sent: str
    is_done: bool = False

    def closing(self, note: str = "", *, is_internal: bool = False) -> Closing:
        return Closing(self.seen, note, is_internal, self.sent)


@needs_transaction
def open_door(
    matter_id: int,
    kind: ActKind,
    *,
    seen: int,
    actor: Actor,
    permission: str = permissions.HANDLE,
    sent: Sequence[str] | Mapping[str, str] = (),
) -> Opened:
    """Lock the matter, and let in whoever may do this act to it as it stands.

    permission: what the office needs for it. sent: all that the act was given. Raises
    NotFound, NotPermitted, PageStale, ActNotPossible, WaitsForApplicant,
    NothingWaitedFor.
    """
    rows = Matter.objects.select_for_update(of=("self",))
    matter = rows.select_related("organisation", "person").filter(pk=matter_id).first()
    if matter is None or not permissions.can_view(actor, matter):
        raise NotFound
    if MOVES[kind].by is ActBy.APPLICANT:
        permissions.check_applicant(actor, matter)
    else:
        permissions.check_office(actor, matter, permission)
    given = json.dumps(sent, sort_keys=True, ensure_ascii=False)
    opened = Opened(matter, seen, blind_index(given, purpose="matters.act"))
    if matter.version != seen:
        if _is_done(opened, kind, actor):
            return replace(opened, is_done=True)
        _check_page(opened, kind, actor)
    _check_move(matter, kind)
    return opened


def _is_done(opened: Opened, kind: ActKind, actor: Actor) -> bool:
    """Whether this very act was done, from this very page: then it was sent twice."""
    same = opened.matter.acts.filter(seen=opened.seen, sent=opened.sent, kind=kind)
    return same.filter(account_id=actor.account_id).exists()


def _check_page(opened: Opened, kind: ActKind, actor: Actor) -> None:
    """Raise PageStale unless nothing has happened since that the page would show."""
    since = opened.matter.acts.filter(sequence__gt=opened.seen)
    if MOVES[kind].by is ActBy.APPLICANT and permissions.is_applicant(
        actor, opened.matter
    ):
        since = since.filter(is_internal=False)
        if opened.seen < opened.matter.version and not since.exists():
            return
    last = since.order_by("sequence").last() or opened.matter.acts.latest("sequence")
    raise PageStale(
        who=label_of(last.account_id, last.actor_label),
        what=last.get_kind_display(),
        at=table_moment(last.at),
    )


def _check_move(matter: Matter, kind: ActKind) -> None:
    if may_follow(kind, MatterState(matter.state), is_waiting=matter.is_waiting):
        return
    act = kind.label
    if matter.state in MOVES[kind].starts:
        if MOVES[kind].waiting:
            raise NothingWaitedFor
        raise WaitsForApplicant(act=act)
    raise ActNotPossible(act=act, state=matter.get_state_display())


@needs_transaction
def close_door(
    matter: Matter, kind: ActKind, closing: Closing, *, actor: Actor, now: datetime
) -> Matter:
    """Move the state, keep the act in the journal and the trail, set the clock, save."""
    ends = MOVES[kind].ends if kind in MOVES else None
    if ends is not None:
        matter.state = ends
        if ends in SETTLED:
            matter.settled_at = now
    matter.version += 1
    matter.touched_at = now
    set_clock(matter, now)
    matter.save()
    act = MatterAct.objects.create(
        matter=matter,
        sequence=matter.version,
        kind=kind,
        seen=closing.seen,
        sent=closing.sent,
        account_id=actor.account_id,
        actor_label=actor.label,
        at=now,
        state_after=matter.state,
        step=matter.step,
        note=closing.note.strip(),
        is_internal=closing.is_internal,
    )
    record(
        MatterActed(
            matter.pk,
            act.sequence,
            str(kind),
            str(matter.state),
            matter.step,
            sha256(act.note.encode()).hexdigest() if act.note else "",
        ),
        subject=subject("matter", matter.pk),
        actor=actor,
        at=now,
    )
    tell_other_side(matter, kind, actor=actor, now=now)
    return matter
