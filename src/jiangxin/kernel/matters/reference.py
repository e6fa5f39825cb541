"""services.md, from the service files."""

from jiangxin.foundation.reference import ReferencePage
from jiangxin.foundation.reference.markdown import code, in_both, section, table
from jiangxin.kernel.matters.registry import services
from jiangxin.kernel.matters.rules.clock import DayUnit, LimitKind
from jiangxin.kernel.matters.rules.service import (
    FormField,
    Material,
    Service,
    ServiceLimit,
    Step,
    Term,
)
from jiangxin.kernel.policy.rules.tree import Sentence

DEMONSTRATION = "demonstration value"
KINDS = {
    LimitKind.STATUTORY: "To decide, by law",
    LimitKind.PROMISED: "To decide, promised",
}
UNITS = {
    DayUnit.WORKING: "working days",
    DayUnit.NATURAL: "natural days",
    DayUnit.SAME_DAY: "the same day",
}


def _said(sentence: Sentence | None) -> str:
    return f"{sentence.en} · {sentence.zh_hans}" if sentence else ""


def build_services() -> str:
    return "\n\n".join(_service(one) for one in services())


def _service(one: Service) -> str:
    facts = [
        ("Code", code(one.code)),
        ("Document", f"{one.document}, {one.clause}"),
        ("For", in_both(one.subject.label)),
        ("Ways in", ", ".join(in_both(each.label) for each in one.channels)),
        ("Handed out", _said(one.handed_out) or "nothing"),
    ]
    return section(
        _said(one.title),
        one.summary.en,
        one.summary.zh_hans,
        table(["", ""], facts),
        *((one.note.en, one.note.zh_hans) if one.note else ()),
        section("Limits", _limits(one), level=3),
        section("Self-check", _checks(one), level=3) if one.checks else "",
        section("Asked in the form", _fields(one), level=3),
        section("Materials", _materials(one), level=3) if one.materials else "",
        section("The office's steps", _steps(one), level=3),
    )


def _limits(one: Service) -> str:
    rows = [
        ("To accept it", *_limit(one.acceptance)),
        *((KINDS[each.limit.kind], *_limit(each)) for each in one.limits),
        ("To hand in supplements", *_term(one.supplements)),
        ("To hand in what was promised", *_term(one.promises)),
    ]
    return table(["Limit", "Days", "Source", "Standing"], rows)


def _limit(one: ServiceLimit) -> tuple[str, str, str]:
    unit = UNITS[one.limit.unit]
    days = f"{one.limit.days} {unit}" if one.limit.days else unit
    standing = DEMONSTRATION if one.is_demonstration else _said(one.note)
    return days, one.limit.source, standing


def _term(one: Term) -> tuple[str, str, str]:
    standing = DEMONSTRATION if one.is_demonstration else ""
    return f"{one.days} working days", one.source, standing


def _checks(one: Service) -> str:
    rows = [
        (_said(each.asks), _said(each.otherwise), each.clause) for each in one.checks
    ]
    return table(["Question", "Otherwise", "Clause"], rows)


def _fields(one: Service) -> str:
    rows = [_field(each) for each in one.fields]
    return table(["Key", "Field", "Kind", "Needed", "Not asked when known"], rows)


def _field(one: FormField) -> tuple[str, ...]:
    known = code(one.known_from) if one.known_from else ""
    needed = "yes" if one.is_needed else "no"
    return code(one.key), _said(one.label), in_both(one.kind.label), needed, known


def _materials(one: Service) -> str:
    rows = [_material(each) for each in one.materials]
    headings = ["Key", "Material", "Form", "Copies", "Standing", "Help"]
    return table(headings, rows)


def _material(one: Material) -> tuple[str, ...]:
    marks = (
        ("may follow against a promise", one.may_follow),
        ("may be taken from an earlier matter", one.may_be_reused),
        ("given back on collection", one.is_surrendered),
    )
    needed = "needed" if one.is_needed else "when it applies"
    standing = "; ".join([needed, *(mark for mark, holds in marks if holds)])
    return (
        code(one.key),
        _said(one.label),
        in_both(one.form.label),
        str(one.count),
        standing,
        _said(one.help),
    )


def _steps(one: Service) -> str:
    return "\n".join(_step(number, each) for number, each in enumerate(one.steps, 1))


def _step(number: int, one: Step) -> str:
    stops = f"; the clock stands still ({one.source})" if one.stops else ""
    return f"{number}. {_said(one.label)} ({code(one.permission)}{stops})"


SERVICES_PAGE = ReferencePage(
    "services",
    "Services",
    "What can be applied for, as the service files declare it. What no document we saw "
    "states is marked as a demonstration value.",
    build_services,
)
