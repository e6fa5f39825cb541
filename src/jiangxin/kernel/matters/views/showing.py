"""How a matter is shown: its flags, its way through the office, its materials and clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxin.foundation.actor import label_of
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.sealing import mask_phone
from jiangxin.foundation.ui.components import Fact, Moment, Step, Tone
from jiangxin.kernel.matters.enums import (
    SETTLED,
    ActKind,
    Channel,
    FieldKind,
    MaterialState,
    MatterState,
)
from jiangxin.kernel.matters.models import Matter, MatterMaterial
from jiangxin.kernel.matters.operations.clock import reading_of
from jiangxin.kernel.matters.queries.matters import materials_in_force
from jiangxin.kernel.matters.queries.services import service_of
from jiangxin.kernel.matters.registry import known
from jiangxin.kernel.matters.rules.clock import DayUnit, LimitKind, LimitReading
from jiangxin.kernel.matters.rules.service import FormField, Material, Service
from jiangxin.kernel.matters.rules.signatures import is_drawn
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.register.models import Organisation

STATE_TONES: dict[str, Tone] = {
    MatterState.DRAFT: "off",
    MatterState.SUBMITTED: "wait",
    MatterState.ACCEPTED: "info",
    MatterState.GRANTED: "ok",
    MatterState.REFUSED: "bad",
    MatterState.WITHDRAWN: "off",
}
ACT_TONES: dict[str, Tone] = {
    ActKind.GRANTED: "ok",
    ActKind.HANDED_OUT: "ok",
    ActKind.REFUSED: "bad",
    ActKind.NOT_ACCEPTED: "bad",
    ActKind.ACCEPTANCE_REVOKED: "bad",
    ActKind.SUPPLEMENT_ASKED: "warn",
    ActKind.ESCALATED: "warn",
    ActKind.WITHDRAWN: "off",
    ActKind.DEEMED_WITHDRAWN: "off",
    ActKind.NOTED: "off",
}


def title_of(matter: Matter) -> str:
    """The service's title; its code when it is offered no more."""
    try:
        return say(service_of(matter).title)
    except NotFound:
        return matter.service


def subject_of(matter: Matter) -> str:
    return matter.subject.name


@dataclass(frozen=True)
class Flag:
    """Something that is true of a matter beside its state."""

    word: str
    tone: Tone


def flags_of(matter: Matter, day: date) -> list[Flag]:
    """Return the state and the flags, what presses most first after the state."""
    found = [Flag(matter.get_state_display(), STATE_TONES[matter.state])]
    is_open = matter.state in {MatterState.SUBMITTED, MatterState.ACCEPTED}
    if matter.is_waiting:
        found.append(Flag(_("Waiting for supplements"), "wait"))
    elif is_open and matter.due_on is not None and matter.due_on < day:
        found.append(Flag(_("Overdue"), "bad"))
    elif is_open and matter.due_on == day:
        found.append(Flag(_("Due today"), "warn"))
    if matter.promise_due_on is not None and matter.promise_due_on < day:
        found.append(Flag(_("Promised materials overdue"), "bad"))
    elif matter.promise_due_on is not None:
        found.append(Flag(_("Materials to follow"), "warn"))
    if matter.escalated_at is not None and is_open:
        found.append(Flag(_("Before the leader"), "warn"))
    if matter.is_deemed:
        found.append(Flag(_("By lapse of time"), "off"))
    if matter.channel == Channel.PROXY:
        found.append(Flag(_("Full proxy"), "info"))
    if matter.handed_out_at is not None:
        found.append(Flag(_("Handed out"), "ok"))
    return found


def flags_today(matter: Matter) -> list[Flag]:
    """For lists, whose columns know no request."""
    return flags_of(matter, timezone.localdate())


def facts_of(matter: Matter) -> list[Fact]:
    """What both sides of the counter see at the top."""
    facts = [
        Fact(_("Matter number"), matter.number),
        Fact(_("About whom"), subject_of(matter)),
        Fact(_("Channel"), matter.get_channel_display()),
        Fact(_("Contact"), matter.contact_name),
        Fact(_("Contact phone"), mask_phone(matter.contact_phone)),
    ]
    if matter.channel == Channel.PROXY:
        facts += [
            Fact(_("Acts for the applicant"), matter.agent_label),
            Fact(_("What the agent may do"), matter.agent_scope),
        ]
    facts += [
        Fact(label, at)
        for label, at in (
            (_("Submitted at"), matter.submitted_at),
            (_("Accepted at"), matter.accepted_at),
            (_("Settled at"), matter.settled_at),
            (_("Handed out at"), matter.handed_out_at),
            (_("Collected by"), matter.handed_out_to),
        )
        if at
    ]
    return facts


def process_of(matter: Matter, wanted: Service) -> list[Step]:
    """Draw the way from the declaration, with 'you are here'."""
    labels = [_("Application filed"), _("Accept")]
    labels += [say(one.label) for one in wanted.steps]
    labels.append(_("Decide"))
    if wanted.handed_out is not None:
        labels.append(_("Collect"))
    here = _place(matter, wanted)
    return [
        Step(label, "done" if n < here else "now" if n == here else "next")
        for n, label in enumerate(labels)
    ]


def _place(matter: Matter, wanted: Service) -> int:
    """Return the number of the stage a matter stands at; beyond the last when all is done."""
    if matter.state == MatterState.DRAFT:
        return 0
    if matter.state == MatterState.SUBMITTED or matter.accepted_at is None:
        return 1
    keys = [one.key for one in wanted.steps]
    decide = 2 + len(keys)
    if matter.state == MatterState.ACCEPTED:
        return 2 + keys.index(matter.step) if matter.step in keys else decide
    if matter.state == MatterState.GRANTED:
        return decide + 1 + (matter.handed_out_at is not None)
    return decide


def answers_of(matter: Matter, wanted: Service) -> list[Fact]:
    answers = matter.answers
    return [
        Fact(say(one.label), shown(one, answers.get(one.key, "")))
        for one in wanted.fields
    ]


def shown(field: FormField, answer: str) -> str:
    """Write an answer as it reads: a choice in words, a phone masked."""
    shows = known(field.known_from).shows if field.known_from else None
    shows = shows or _SHOWN.get(field.kind)
    if shows and answer:
        return shows(answer)
    labels = {one.key: say(one.label) for one in field.choices}
    return labels.get(answer, answer)


def _union_name(code: str) -> str:
    found = Organisation.objects.filter(code=code).first()
    return found.name if found else code


_SHOWN: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.CONFIRMATION: lambda _answer: _("Confirmed"),
    FieldKind.PHONE: mask_phone,
    FieldKind.UNION: _union_name,
}


@dataclass
class MaterialLine:
    """A material of the service with what is there of it."""

    material: Material
    label: str
    help: str
    files: list[MatterMaterial]
    tone: Tone
    word: str
    is_missing: bool = False
    reusable: tuple[MatterMaterial, ...] = ()
    field: BoundField | None = None


def materials_of(matter: Matter, wanted: Service) -> list[MaterialLine]:
    there: dict[str, list[MatterMaterial]] = {}
    for one in materials_in_force(matter):
        there.setdefault(one.key, []).append(one)
    return [_line(one, there.get(one.key, [])) for one in wanted.materials]


def _line(material: Material, files: list[MatterMaterial]) -> MaterialLine:
    word, tone = _material_state(material, files)
    return MaterialLine(
        material,
        say(material.label),
        say(material.help) if material.help else "",
        files,
        tone,
        word,
    )


def _material_state(
    material: Material, files: list[MatterMaterial]
) -> tuple[str, Tone]:
    states = {one.state for one in files}
    if MaterialState.FAULTY in states and MaterialState.HANDED_IN not in states:
        return str(MaterialState.FAULTY.label), "warn"
    if MaterialState.PROMISED in states:
        return str(MaterialState.PROMISED.label), "wait"
    if any(one.is_paper for one in files):
        return _("Paper seen at the window"), "ok"
    if files:
        return str(MaterialState.HANDED_IN.label), "ok"
    if material.is_needed:
        return _("Not there yet"), "off"
    return _("If you have it"), "off"


@dataclass(frozen=True)
class LimitLine:
    """A limit as it stands: how it reads, when it ends, how much of it is left."""

    label: str
    reads: str
    due_on: date
    used: int
    days: int
    left: str
    tone: Tone
    source: str
    is_provisional: bool
    is_binding: bool


def limits_of(matter: Matter, now: datetime) -> list[LimitLine]:
    reading = reading_of(matter, now)
    if reading is None:
        return []
    return [
        _limit_line(matter, one, is_binding=one is reading.binding)
        for one in reading.limits
    ]


def _limit_line(matter: Matter, one: LimitReading, *, is_binding: bool) -> LimitLine:
    names = {
        LimitKind.STATUTORY: _("Statutory limit"),
        LimitKind.PROMISED: _("Promised limit"),
    }
    label = names[one.limit.kind] if matter.accepted_at else _("To be accepted by")
    settled = matter.state in SETTLED
    left, tone = _left(one, settled=settled)
    return LimitLine(
        label=label,
        reads=limit_words(one.limit.days, one.limit.unit),
        due_on=one.due_on,
        used=one.days_used,
        days=one.limit.days,
        left=left,
        tone=tone,
        source=one.limit.source,
        is_provisional=one.is_provisional,
        is_binding=is_binding,
    )


def days_over(days: int) -> str:
    return ngettext("%(days)s day over", "%(days)s days over", days) % {"days": days}


def _left(one: LimitReading, *, settled: bool) -> tuple[str, Tone]:
    if one.is_overdue:
        return days_over(one.overdue_by), "bad"
    if settled:
        return _("in time"), "ok"
    tone: Tone = "warn" if one.days_left <= 1 else "ok"
    return _("%(days)s left") % {"days": one.days_left}, tone


def limit_words(days: int, unit: DayUnit) -> str:
    if unit is DayUnit.SAME_DAY:
        return _("the same day")
    if unit is DayUnit.WORKING:
        return _("%(days)s working days") % {"days": days}
    return _("%(days)s natural days") % {"days": days}


def moments_of(matter: Matter, *, for_office: bool, after: int = 0) -> Iterator[Moment]:
    """The journal, newest first; what is internal only for the office.

    after: the last act that is left out; it begins with the next one.
    """
    acts = matter.acts.filter(sequence__gt=after).order_by("-sequence")
    for act in acts:
        if act.is_internal and not for_office:
            continue
        title = act.get_kind_display()
        yield Moment(
            act.at,
            title,
            by=label_of(act.account_id, act.actor_label),
            text=act.note,
            tone=ACT_TONES.get(act.kind, "info"),
        )


def notice_of(matter: Matter, wanted: Service) -> dict[str, object] | None:
    """The open notice of supplements: each item with what is wrong with it."""
    notice = matter.notices.filter(answered_at__isnull=True).first()
    if notice is None:
        return None
    labels = {f"field:{one.key}": say(one.label) for one in wanted.fields}
    labels |= {f"material:{one.key}": say(one.label) for one in wanted.materials}
    return {
        "due_on": table_date(notice.due_on),
        "by": notice.asked_by_label,
        "items": [(labels.get(key, key), text) for key, text in notice.items.items()],
        "keys": set(notice.items),
    }


def _signature(text: str) -> dict[str, object]:
    return {"text": text, "is_drawn": is_drawn(text)}


def shown_matter(
    matter: Matter, now: datetime, *, for_office: bool
) -> dict[str, object]:
    """What the pages of both sides draw."""
    wanted = service_of(matter)
    return {
        "matter": matter,
        "service": wanted,
        "title": title_of(matter),
        "subject": subject_of(matter),
        "flags": flags_of(matter, today(now)),
        "facts": facts_of(matter),
        "process": process_of(matter, wanted),
        "answers": answers_of(matter, wanted),
        "materials": materials_of(matter, wanted),
        "limits": limits_of(matter, now),
        "moments": list(moments_of(matter, for_office=for_office)),
        "notice": notice_of(matter, wanted),
        "signature": _signature(matter.handed_out_signature or ""),
        "status_url": reverse("matters:status"),
    }
