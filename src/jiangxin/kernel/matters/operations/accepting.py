"""Looking an application through: one notice of everything missing, or acceptance.

Zhejiang's rules on "at most one visit" (2019), art. 11: what is incomplete is told once
and together; what is not supplemented in time counts as withdrawn; what is still not
right then is not accepted, in writing; what may follow is accepted against a promise
that lapses. So before acceptance an office asks once. After it, it may ask once more,
for what only its review could show: ADR 33.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.queries import calendar
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.matters.enums import (
    ActKind,
    MaterialState,
    StopKind,
)
from jiangxin.kernel.matters.models import Matter, SupplementNotice
from jiangxin.kernel.matters.operations.door import Closing, close_door, open_door
from jiangxin.kernel.matters.operations.drafting import NotComplete
from jiangxin.kernel.matters.operations.materials import keep_papers
from jiangxin.kernel.matters.operations.waiting import (
    begin_stop,
    end_stop,
    let_go,
    start_step,
)
from jiangxin.kernel.matters.queries.known import known_answers
from jiangxin.kernel.matters.queries.matters import materials_in_force
from jiangxin.kernel.matters.queries.promises import keys_owed
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.rules.answers import faults
from jiangxin.kernel.matters.rules.service import Service

SUPPLEMENTS = "supplements"


class NothingNamed(Refused):
    code = "matters.nothing_named"
    text = _("Name at least one field or material, and say what is wrong with it.")


class ToldAlready(Refused):
    code = "matters.told_already"
    text = _(
        "The applicant was told on %(day)s what to put right, and all of it is told at"
        " once. Accept the application, against a promise for what may follow; or do not"
        " grant it, in writing with the reason."
    )


class SupplementsLate(Refused):
    code = "matters.supplements_late"
    text = _(
        "The time to put it right ended on %(day)s: the application counts as withdrawn."
        " Apply again; the files can be used again."
    )


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
    Raises NotFound, NotPermitted, PageStale, NothingNamed, ToldAlready, and what the
    door raises.
    """
    kind = ActKind.SUPPLEMENT_ASKED
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=items)
    matter = opened.matter
    if opened.is_done:
        return matter
    _refuse_second_notice(matter)
    wanted = service_of(matter)
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
    source = wanted.supplements.source
    begin_stop(matter, StopKind.PAUSED, SUPPLEMENTS, source=source, now=now)
    note = "\n".join(f"{label_of(wanted, key)}：{text}" for key, text in named.items())
    return close_door(matter, kind, opened.closing(note), actor=actor, now=now)


def _refuse_second_notice(matter: Matter) -> None:
    """Raise ToldAlready when there was a notice in this part of the matter already."""
    notices = matter.notices.order_by("pk")
    if matter.accepted_at is not None:
        notices = notices.filter(asked_at__gte=matter.accepted_at)
    earlier = notices.first()
    if earlier is not None:
        raise ToldAlready(day=today(earlier.asked_at))


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
    papers: Collection[str] = (),
    actor: Actor,
    now: datetime,
) -> Matter:
    """Hand in what was asked for; only the fields that were named are taken.

    papers: keys of materials brought to the window; they count when the office says so.
    Raises NotFound, NotPermitted, PageStale, SupplementsLate, NotComplete, and what the
    door raises.
    """
    kind = ActKind.SUPPLEMENTED
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    notice = matter.notices.get(answered_at__isnull=True)
    # Also before the night's look through: that must not decide who comes in time.
    if today(now) > notice.due_on:
        raise SupplementsLate(day=notice.due_on)
    wanted = service_of(matter)
    keep_papers(matter, wanted, papers, actor=actor, now=now)
    matter.answers = {**matter.answers, **_renewed(matter, wanted, notice, answers)}
    wrong = faults(wanted, matter.answers)
    missing = _still_faulty(matter, notice)
    if wrong or missing:
        raise NotComplete(wrong, missing)
    notice.answered_at = now
    notice.save(update_fields=["answered_at"])
    matter.waiting_since = matter.supplement_due_on = None
    end_stop(matter, now)
    start_step(matter, wanted, now)
    return close_door(matter, kind, opened.closing(), actor=actor, now=now)


def _renewed(
    matter: Matter,
    wanted: Service,
    notice: SupplementNotice,
    answers: Mapping[str, str],
) -> dict[str, str]:
    """Return the answers to what was named; all others stay as they were submitted.

    What the register knows wins there too: it may have been put right meanwhile.
    """
    found = {**answers, **known_answers(wanted, matter.subject.pk)}
    return {
        one.key: found[one.key].strip()
        for one in wanted.fields
        if f"field:{one.key}" in notice.items and one.key in found
    }


def _still_faulty(matter: Matter, notice: SupplementNotice) -> tuple[str, ...]:
    """Return the keys of named materials for which nothing new was handed in."""
    keys = [
        key.partition(":")[2] for key in notice.items if key.startswith("material:")
    ]
    there = materials_in_force(matter).exclude(state=MaterialState.FAULTY)
    came = set(there.values_list("key", flat=True))
    return tuple(key for key in keys if key not in came)


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
    sent = [*sorted(papers), "", *sorted(promised)]
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=sent)
    matter = opened.matter
    if opened.is_done:
        return matter
    wanted = service_of(matter)
    keep_papers(matter, wanted, papers, actor=actor, now=now)
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
    return close_door(matter, kind, opened.closing(), actor=actor, now=now)


def _keep_promise(
    matter: Matter, wanted: Service, key: str, actor: Actor, now: datetime
) -> None:
    material = wanted.material(key)
    there = materials_in_force(matter).filter(key=key)
    right = there.exclude(state=MaterialState.FAULTY)
    if material is None or not material.may_follow or right.exists():
        return
    there.update(replaced_at=now)
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


@opens_transaction
def keep_promise(
    *,
    matter_id: int,
    seen: int,
    papers: Collection[str] = (),
    actor: Actor,
    now: datetime,
) -> Matter:
    """Say that all that was promised has been handed in.

    papers: keys of materials brought to the window; they count when the office says so.
    Raises NotFound, NotPermitted, PageStale, NothingPromised, what the door raises.
    """
    kind = ActKind.PROMISE_KEPT
    opened = open_door(matter_id, kind, seen=seen, actor=actor)
    matter = opened.matter
    if opened.is_done:
        return matter
    keep_papers(matter, service_of(matter), papers, actor=actor, now=now)
    if matter.promise_due_on is None or keys_owed(matter):
        raise NothingPromised
    matter.promise_due_on = None
    return close_door(matter, kind, opened.closing(), actor=actor, now=now)


@opens_transaction
def decline_matter(
    *, matter_id: int, seen: int, reason: str, actor: Actor, now: datetime
) -> Matter:
    """Do not accept (不予受理), in writing.

    Raises NotFound, NotPermitted, PageStale, ReasonNeeded, and what the door raises.
    """
    kind = ActKind.NOT_ACCEPTED
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=[reason])
    matter = opened.matter
    if opened.is_done:
        return matter
    if not reason.strip():
        raise ReasonNeeded
    let_go(matter, now)
    matter.reason = reason.strip()
    return close_door(matter, kind, opened.closing(reason), actor=actor, now=now)


@opens_transaction
def revoke_acceptance(
    *, matter_id: int, seen: int, reason: str, actor: Actor, now: datetime
) -> Matter:
    """Revoke an acceptance (撤销受理) whose promise was not kept in its days.

    Raises NotFound, NotPermitted, PageStale, ReasonNeeded, NothingPromised, StillDue.
    """
    kind = ActKind.ACCEPTANCE_REVOKED
    opened = open_door(matter_id, kind, seen=seen, actor=actor, sent=[reason])
    matter = opened.matter
    if opened.is_done:
        return matter
    # What has all come is only not said to have come: that is no reason.
    if matter.promise_due_on is None or not keys_owed(matter):
        raise NothingPromised
    if today(now) <= matter.promise_due_on:
        raise StillDue(day=matter.promise_due_on)
    if not reason.strip():
        raise ReasonNeeded
    let_go(matter, now)
    matter.reason = reason.strip()
    matter.is_deemed = True
    return close_door(matter, kind, opened.closing(reason), actor=actor, now=now)


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
    let_go(matter, now)
    matter.is_deemed = True
    close_door(matter, kind, Closing(matter.version), actor=actor, now=now)
    return True
