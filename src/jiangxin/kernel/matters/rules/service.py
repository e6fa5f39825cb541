"""A service as its file declares it. Frozen: a matter keeps the version it was begun with."""

from dataclasses import dataclass, field

from jiangxin.kernel.matters.enums import (
    Channel,
    FieldKind,
    MaterialForm,
    ServiceSubject,
    StopKind,
)
from jiangxin.kernel.matters.rules.clock import Limit
from jiangxin.kernel.policy.rules.tree import Sentence


@dataclass(frozen=True)
class Choice:
    key: str
    label: Sentence


@dataclass(frozen=True)
class FormField:
    """known_from: the key of what the register may know already; then it is not asked."""

    key: str
    label: Sentence
    kind: FieldKind
    help: Sentence | None = None
    is_needed: bool = True
    known_from: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Material:
    """may_follow: it may be missing against a written promise (容缺受理).

    may_be_reused: one handed in with an earlier matter of the same subject will do.
    """

    key: str
    label: Sentence
    form: MaterialForm
    count: int = 1
    help: Sentence | None = None
    is_needed: bool = True
    may_follow: bool = False
    may_be_reused: bool = False
    is_surrendered: bool = False


@dataclass(frozen=True)
class Step:
    """A piece of the office's work between acceptance and decision.

    permission: who does it. stops: the clock stands still while it lasts.
    """

    key: str
    label: Sentence
    permission: str
    stops: StopKind | None = None
    source: str = ""


@dataclass(frozen=True)
class Check:
    """A question of the self-check; whoever says no reads `otherwise`."""

    key: str
    asks: Sentence
    otherwise: Sentence
    clause: str = ""


@dataclass(frozen=True)
class ServiceLimit:
    """A limit as the guide shows it. is_demonstration: no document we saw states it."""

    limit: Limit
    note: Sentence | None = None
    is_demonstration: bool = False


@dataclass(frozen=True)
class Term:
    """How many working days the applicant has for something, and who says so."""

    days: int
    source: str
    is_demonstration: bool = False


@dataclass(frozen=True)
class Service:
    """Something that can be applied for, from the form to what is handed out.

    acceptance: until when the office says whether it accepts. limits: until when it
    decides then. supplements, promises: how long the applicant has to hand in again, or
    to hand in what was promised. handed_out: what is collected; None when nothing is.
    """

    code: str
    title: Sentence
    summary: Sentence
    document: str
    clause: str
    subject: ServiceSubject
    channels: tuple[Channel, ...]
    acceptance: ServiceLimit
    limits: tuple[ServiceLimit, ...]
    supplements: Term
    promises: Term
    steps: tuple[Step, ...]
    fields: tuple[FormField, ...]
    materials: tuple[Material, ...]
    checks: tuple[Check, ...] = ()
    handed_out: Sentence | None = None
    note: Sentence | None = None
    organisation_kinds: tuple[str, ...] = ()
    version: str = ""
    # The file itself, to be kept with what is submitted under it.
    text: str = field(default="", repr=False, compare=False)

    def field(self, key: str) -> FormField | None:
        return next((one for one in self.fields if one.key == key), None)

    def material(self, key: str) -> Material | None:
        return next((one for one in self.materials if one.key == key), None)

    def step(self, key: str) -> Step | None:
        return next((one for one in self.steps if one.key == key), None)

    def step_after(self, key: str) -> Step | None:
        """Return the step that follows `key` ("" for the first), or None at the end."""
        keys = [one.key for one in self.steps]
        place = keys.index(key) + 1 if key else 0
        return self.steps[place] if place < len(self.steps) else None
