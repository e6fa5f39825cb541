"""The same act on many matters: each by itself, and told which were not done and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.accepting import accept_matter
from jiangxin.kernel.matters.operations.working import (
    InOtherHands,
    assign_matter,
    note_matter,
    release_matter,
    take_matter,
)


@dataclass(frozen=True)
class Target:
    """A matter, and the version of it that the page showed."""

    matter_id: int
    seen: int


@dataclass(frozen=True)
class NotDone:
    """why: the refusal, for whoever pressed the button. code: its stable key."""

    matter_id: int
    why: str
    code: str = ""


@dataclass(frozen=True)
class Batch:
    """What became of an act on many. done: the matters as they are now.

    changed: those among the done ones that were not so before.
    """

    done: tuple[Matter, ...]
    not_done: tuple[NotDone, ...]
    changed: tuple[Matter, ...] = ()

    @property
    def in_other_hands(self) -> int:
        """How many were left to whoever has them."""
        return sum(one.code == InOtherHands.code for one in self.not_done)


def act_on_many(targets: Sequence[Target], act: Callable[[Target], Matter]) -> Batch:
    """Do one act to each, in a transaction of its own: one refusal stops no other."""
    done: list[Matter] = []
    changed: list[Matter] = []
    not_done: list[NotDone] = []
    for target in targets:
        try:
            matter = act(target)
        except Refused as refusal:
            not_done.append(NotDone(target.matter_id, refusal.message, refusal.code))
        except (NotFound, NotPermitted):
            why = gettext("It is not there, or it is not yours to do this to.")
            not_done.append(NotDone(target.matter_id, why))
        else:
            done.append(matter)
            if matter.version > target.seen:
                changed.append(matter)
    return Batch(tuple(done), tuple(not_done), tuple(changed))


def accept_many(targets: Sequence[Target], *, actor: Actor, now: datetime) -> Batch:
    """Accept whatever is complete; the rest is looked at one by one."""

    def accept(target: Target) -> Matter:
        return accept_matter(
            matter_id=target.matter_id, seen=target.seen, actor=actor, now=now
        )

    return act_on_many(targets, accept)


def assign_many(
    targets: Sequence[Target], *, account_id: int, actor: Actor, now: datetime
) -> Batch:
    """Give to one colleague whatever is in nobody's hands; steal nothing."""

    def assign(target: Target) -> Matter:
        return assign_matter(
            matter_id=target.matter_id,
            seen=target.seen,
            account_id=account_id,
            takes_over=False,
            actor=actor,
            now=now,
        )

    return act_on_many(targets, assign)


def take_many(targets: Sequence[Target], *, actor: Actor, now: datetime) -> Batch:
    """Take whatever is in nobody's hands."""

    def take(target: Target) -> Matter:
        return take_matter(
            matter_id=target.matter_id, seen=target.seen, actor=actor, now=now
        )

    return act_on_many(targets, take)


def release_many(targets: Sequence[Target], *, actor: Actor, now: datetime) -> Batch:
    """Give back to the queue whatever is one's own to give back."""

    def release(target: Target) -> Matter:
        return release_matter(
            matter_id=target.matter_id, seen=target.seen, actor=actor, now=now
        )

    return act_on_many(targets, release)


def note_many(
    targets: Sequence[Target], *, text: str, actor: Actor, now: datetime
) -> Batch:
    """Write the same note on each."""

    def note(target: Target) -> Matter:
        return note_matter(
            matter_id=target.matter_id,
            seen=target.seen,
            text=text,
            actor=actor,
            now=now,
        )

    return act_on_many(targets, note)
