"""The guide of a service (办事指南), as the public, an applicant and a clerk read it."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from jiangxin.foundation.i18n import listed
from jiangxin.foundation.ui.components import Fact
from jiangxin.kernel.matters.registry import local_rules
from jiangxin.kernel.matters.rules.clock import LimitKind
from jiangxin.kernel.matters.rules.local import LocalRule
from jiangxin.kernel.matters.rules.service import Check, Material, Service, ServiceLimit
from jiangxin.kernel.matters.views.showing import limit_words
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.register.models import Region

YES, NO = "yes", "no"


@dataclass(frozen=True)
class MaterialGuide:
    label: str
    form: str
    count: int
    help: str
    notes: list[str]


@dataclass(frozen=True)
class CheckGuide:
    """answer: "yes", "no", or "" while nobody has said."""

    key: str
    asks: str
    otherwise: str
    clause: str
    answer: str = ""


@dataclass(frozen=True)
class LocalGuide:
    """A rule of a place about one material, as the guide names it."""

    label: str
    place: str
    days: str
    word: str
    source: str


@dataclass(frozen=True)
class Guide:
    service: Service
    title: str
    summary: str
    note: str
    facts: list[Fact]
    materials: list[MaterialGuide]
    checks: list[CheckGuide]
    local: list[LocalGuide]

    @property
    def is_checked(self) -> bool:
        """Whether every question was answered."""
        return bool(self.checks) and all(one.answer for one in self.checks)

    @property
    def hindrances(self) -> list[CheckGuide]:
        return [one for one in self.checks if one.answer == NO]


def guide_of(wanted: Service, answers: QueryDict | None = None) -> Guide:
    """answers: of the self-check, by the question's key."""
    return Guide(
        wanted,
        say(wanted.title),
        say(wanted.summary),
        say(wanted.note) if wanted.note else "",
        _facts(wanted),
        [_material(one) for one in wanted.materials],
        [_check(one, answers) for one in wanted.checks],
        [_local(one, wanted) for one in local_rules(wanted.code)],
    )


def _local(rule: LocalRule, wanted: Service) -> LocalGuide:
    labels = {one.key: say(one.label) for one in wanted.materials}
    known = Region.objects.filter(pk=rule.region_code).first()
    place = known.name if known else rule.region_code or _("Everywhere")
    until = f"{rule.until:%Y-%m-%d}" if rule.until else ""
    return LocalGuide(
        labels[rule.material],
        place,
        f"{rule.since:%Y-%m-%d} – {until}",
        _("Needed") if rule.is_wanted else _("Not needed"),
        _source(rule.source, rule.is_demonstration),
    )


def _facts(wanted: Service) -> list[Fact]:
    channels = listed(one.label for one in wanted.channels)
    facts = [
        Fact(_("Basis"), wanted.document, note=wanted.clause),
        Fact(_("For"), wanted.subject.label),
        Fact(_("Channel"), channels),
        _limit(_("Says whether it accepts within"), wanted.acceptance),
    ]
    names = {
        LimitKind.STATUTORY: _("Statutory limit"),
        LimitKind.PROMISED: _("Promised limit"),
    }
    facts += [_limit(names[one.limit.kind], one) for one in wanted.limits]
    facts.append(
        Fact(
            _("Time to supplement"),
            _("%(days)s working days") % {"days": wanted.supplements.days},
            note=_source(
                wanted.supplements.source, wanted.supplements.is_demonstration
            ),
        )
    )
    if wanted.handed_out:
        facts.append(Fact(_("What you get"), say(wanted.handed_out)))
    facts.append(Fact(_("Fee"), _("None")))
    return facts


def _limit(label: str, one: ServiceLimit) -> Fact:
    words = limit_words(one.limit.days, one.limit.unit)
    note = _source(one.limit.source, one.is_demonstration)
    if one.note:
        note = f"{note} {say(one.note)}"
    return Fact(label, words, note=note)


def _source(source: str, is_demonstration: bool) -> str:  # noqa: FBT001 -- of a dataclass
    mark = _("Demonstration value")
    return f"{source} · {mark}" if is_demonstration else source


def _material(one: Material) -> MaterialGuide:
    notes = []
    if not one.is_needed:
        notes.append(_("If you have it"))
    if one.may_follow:
        notes.append(_("May follow later, against a promise"))
    if one.may_be_reused:
        notes.append(_("One from an earlier matter will do"))
    if one.is_surrendered:
        notes.append(_("Given back when you collect"))
    return MaterialGuide(
        say(one.label),
        str(one.form.label),
        one.count,
        say(one.help) if one.help else "",
        notes,
    )


def _check(one: Check, answers: QueryDict | None) -> CheckGuide:
    given = answers.get(one.key, "") if answers else ""
    return CheckGuide(
        one.key,
        say(one.asks),
        say(one.otherwise),
        one.clause,
        given if given in {YES, NO} else "",
    )
