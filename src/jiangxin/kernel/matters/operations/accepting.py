"""Looking an application through: one notice of everything missing, or acceptance.

Zhejiang's rules on running no more than one errand (2019), art. 11: what is incomplete is
told once and together; what may follow is accepted against a promise that lapses; what is
not supplemented in time counts as withdrawn.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.matters.enums import (
    ActKind,
    MaterialState,
    MatterState,
    StopKind,
)
from jiangxin.kernel.matters.models import Matter, MatterStop, SupplementNotice
from jiangxin.kernel.matters.operations.door import Closing, close_door, open_door
from jiangxin.kernel.matters.operations.drafting import NotComplete
from jiangxin.kernel.matters.operations.materials import keep_paper
from jiangxin.kernel.matters.queries.known import with_known
from jiangxin.kernel.matters.queries.matters import materials_in_force
from jiangxin.kernel.matters.registry import service
from jiangxin.kernel.matters.rules.answers import faults
from jiangxin.kernel.matters.rules.service import Service

SUPPLEMENTS = "supplements"


class NothingNamed(Refused):
    code = "matters.nothing_named"
    text = _("Name at least one field or material, and say what is wrong with it.")


class ReasonNeeded(Refused):
    code = "matters.reason_needed"
    text = _("Give the reason; the applicant reads it.")


class MaterialsMissing(Refused):
    code = "matters.materials_missing"
    text = _(
        "Neither here nor promised: %(materials)s. Tick the papers you have seen, let"
        " the applicant promise what may follow, or ask for supplements."
    )


class NothingPromised(Refused):
    code = "matters.nothing_promised"
    text = _("Nothing was promised that has not come, or not all of it has come.")


class StillDue(Refused):
    code = "matters.still_due"
    text = _("The applicant still has until %(day)s to hand in what was promised.")


@opens_transaction
def ask_supplements(
    *,
    matter_id: int,
    seen: int,
    items: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Matter:
    """List together all that has to be put right; the clock stops until it comes.

    items: "field:KEY" or "material:KEY" to what is wrong with it. Those that the
    service does not have, and empty ones, are left out.
    Raises NotFound, NotPermitted, PageStale, NothingNamed, and what the door raises.
    """
    kind = ActKind.SUPPLEMENT_ASKED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    wanted = service(matter.service)
    named = {
        key: text.strip()
        for key, text in items.items()
        if text.strip() and is_asked(wanted, key)
    }
    if not named:
        raise NothingNamed
    due = calendar().add_working_days(today(now), wanted.supplements.days)
    notice = SupplementNotice(
        matter=matter, asked_at=now, asked_by_label=actor.label, due_on=due.on
    )
    notice.items = named
    notice.save()
    keys = [key.partition(":")[2] for key in named if key.startswith("material:")]
    faulty = materials_in_force(matter).filter(key__in=keys)
    faulty.update(state=MaterialState.FAULTY)
    matter.waiting_since = now
    matter.supplement_due_on = due.on
    MatterStop.objects.create(
        matter=matter,
        kind=StopKind.PAUSED,
        reason=SUPPLEMENTS,
        from_at=now,
        source=wanted.supplements.source,
    )
    note = "\n".join(f"{label_of(wanted, key)}：{text}" for key, text in named.items())
    return close_door(matter, kind, Closing(seen, note), actor=actor, now=now)


def is_asked(wanted: Service, key: str) -> bool:
    """Whether "field:KEY" or "material:KEY" is of this service."""
    what, _colon, name = key.partition(":")
    if what == "field":
        return wanted.field(name) is not None
    return what == "material" and wanted.material(name) is not None


def label_of(wanted: Service, key: str) -> str:
    """Return what "field:KEY" or "material:KEY" is called in the service's own words."""
    what, _colon, name = key.partition(":")
    found = wanted.field(name) if what == "field" else wanted.material(name)
    return found.label.zh_hans if found else key


@opens_transaction
def supplement_matter(
    *,
    matter_id: int,
    seen: int,
    answers: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Matter:
    """Hand in what was asked for; only the fields that were named are taken.

    Raises NotFound, NotPermitted, PageStale, NotComplete, and what the door raises.
    """
    kind = ActKind.SUPPLEMENTED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    notice = matter.notices.get(answered_at__isnull=True)
    wanted = service(matter.service)
    named = {key.partition(":")[2] for key in notice.items if key.startswith("field:")}
    given = {key: text.strip() for key, text in answers.items() if key in named}
    matter.answers = with_known(wanted, matter.subject.pk, {**matter.answers, **given})
    wrong = faults(wanted, matter.answers)
    missing = _still_faulty(matter, notice)
    if wrong or missing:
        raise NotComplete(wrong, missing)
    notice.answered_at = now
    notice.save(update_fields=["answered_at"])
    matter.waiting_since = matter.supplement_due_on = None
    end_stop(matter, now)
    return close_door(matter, kind, Closing(seen), actor=actor, now=now)


def _still_faulty(matter: Matter, notice: SupplementNotice) -> tuple[str, ...]:
    """Return the keys of named materials for which nothing new was handed in."""
    keys = [
        key.partition(":")[2] for key in notice.items if key.startswith("material:")
    ]
    there = materials_in_force(matter).exclude(state=MaterialState.FAULTY)
    came = set(there.values_list("key", flat=True))
    return tuple(key for key in keys if key not in came)


@needs_transaction
def end_stop(matter: Matter, now: datetime) -> None:
    """Let the clock go on, if it stands still."""
    matter.stops.filter(until_at__isnull=True).update(until_at=now)


@opens_transaction
def accept_matter(
    *,
    matter_id: int,
    seen: int,
    papers: Collection[str] = (),
    promised: Collection[str] = (),
    actor: Actor,
    now: datetime,
) -> Matter:
    """Accept an application: from tomorrow on its clock runs.

    papers: keys of materials seen at the window. promised: keys of those that may
    follow and do, within the service's days.
    Raises NotFound, NotPermitted, PageStale, MaterialsMissing, and what the door raises.
    """
    kind = ActKind.ACCEPTED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    wanted = service(matter.service)
    for key in papers:
        if wanted.material(key) is not None:
            keep_paper(matter, key, actor=actor, now=now)
    for key in promised:
        _keep_promise(matter, wanted, key, actor, now)
    waiting = _promised_or_missing(matter, wanted)
    if waiting:
        due = calendar().add_working_days(today(now), wanted.promises.days)
        matter.promise_due_on = due.on
    matter.accepted_at = now
    first = wanted.step_after("")
    matter.step = first.key if first else ""
    matter.assigned_account_id = matter.assigned_account_id or actor.account_id
    matter.assigned_label = matter.assigned_label or actor.label
    start_step(matter, wanted, now)
    return close_door(matter, kind, Closing(seen), actor=actor, now=now)


def _keep_promise(
    matter: Matter, wanted: Service, key: str, actor: Actor, now: datetime
) -> None:
    material = wanted.material(key)
    there = materials_in_force(matter).filter(key=key)
    if material is None or not material.may_follow or there.exists():
        return
    matter.materials.create(
        key=key,
        state=MaterialState.PROMISED,
        added_at=now,
        added_by_label=actor.label,
    )


def _promised_or_missing(matter: Matter, wanted: Service) -> bool:
    """Return whether anything is promised. Raises MaterialsMissing for what is not."""
    there = dict(materials_in_force(matter).values_list("key", "state"))
    missing = [
        one.label.zh_hans
        for one in wanted.materials
        if one.is_needed
        and there.get(one.key, MaterialState.FAULTY) == MaterialState.FAULTY
    ]
    if missing:
        raise MaterialsMissing(materials="、".join(missing))
    return MaterialState.PROMISED in there.values()


@needs_transaction
def start_step(matter: Matter, wanted: Service, now: datetime) -> None:
    """Stop the clock if the step that begins is one the law does not count."""
    step = wanted.step(matter.step)
    if step is None or step.stops is None:
        return
    MatterStop.objects.create(
        matter=matter,
        kind=step.stops,
        reason=step.key,
        source=step.source,
        from_at=now,
    )


@opens_transaction
def keep_promise(*, matter_id: int, seen: int, actor: Actor, now: datetime) -> Matter:
    """Say that all that was promised has been handed in.

    Raises NotFound, NotPermitted, PageStale, NothingPromised, what the door raises.
    """
    kind = ActKind.PROMISE_KEPT
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    promised = materials_in_force(matter).filter(state=MaterialState.PROMISED)
    if matter.promise_due_on is None or promised.exists():
        raise NothingPromised
    matter.promise_due_on = None
    return close_door(matter, kind, Closing(seen), actor=actor, now=now)


@opens_transaction
def decline_matter(
    *, matter_id: int, seen: int, reason: str, actor: Actor, now: datetime
) -> Matter:
    """Do not accept (不予受理), in writing.

    Raises NotFound, NotPermitted, PageStale, ReasonNeeded, and what the door raises.
    """
    kind = ActKind.NOT_ACCEPTED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    if not reason.strip():
        raise ReasonNeeded
    if matter.state == MatterState.SUBMITTED:
        _let_go(matter, now)
    matter.reason = reason.strip()
    return close_door(matter, kind, Closing(seen, reason), actor=actor, now=now)


def _let_go(matter: Matter, now: datetime) -> None:
    """Nothing is waited for any more."""
    matter.waiting_since = matter.supplement_due_on = matter.promise_due_on = None
    matter.notices.filter(answered_at__isnull=True).update(answered_at=now)
    end_stop(matter, now)


@opens_transaction
def revoke_acceptance(
    *, matter_id: int, seen: int, reason: str, actor: Actor, now: datetime
) -> Matter:
    """Revoke an acceptance (撤销受理) whose promise was not kept in its days.

    Raises NotFound, NotPermitted, PageStale, ReasonNeeded, NothingPromised, StillDue.
    """
    kind = ActKind.ACCEPTANCE_REVOKED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    if matter.promise_due_on is None:
        raise NothingPromised
    if today(now) <= matter.promise_due_on:
        raise StillDue(day=matter.promise_due_on)
    if not reason.strip():
        raise ReasonNeeded
    _let_go(matter, now)
    matter.reason = reason.strip()
    matter.is_deemed = True
    return close_door(matter, kind, Closing(seen, reason), actor=actor, now=now)


@opens_transaction
def deem_withdrawn(*, matter_id: int, actor: Actor, now: datetime) -> bool:
    """Take as withdrawn what was not supplemented in time; return whether it was due.

    Asked again it changes nothing: the sweep may run twice.
    """
    matter = Matter.objects.select_for_update(of=("self",)).filter(pk=matter_id).first()
    if matter is None or matter.waiting_since is None:
        return False
    due = matter.supplement_due_on
    if due is None or today(now) <= due:
        return False
    kind = ActKind.DEEMED_WITHDRAWN
    _let_go(matter, now)
    matter.is_deemed = True
    close_door(matter, kind, Closing(matter.version), actor=actor, now=now)
    return True
