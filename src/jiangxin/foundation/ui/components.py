"""What views hand to the components: small values, no markup."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from jiangxin.foundation.parts import Text

Tone = Literal["ok", "wait", "warn", "bad", "info", "off", "honour"]
Verdict = Literal["met", "not_met", "unknown"]

TONE_ICONS: dict[str, str] = {
    "ok": "circle-check",
    "wait": "clock",
    "warn": "alert-triangle",
    "bad": "circle-x",
    "info": "info-circle",
    "off": "circle-minus",
    "honour": "award",
}


@dataclass(frozen=True)
class Crumb:
    """A step of the way here. The last one needs no url."""

    label: Text
    url: str = ""


@dataclass(frozen=True)
class Act:
    """Something one can do next: a link drawn as a button."""

    label: Text
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Empty:
    """What to say, and to do, where there is nothing yet."""

    title: Text
    text: Text = ""
    act: Act | None = None
    icon: str = "inbox"


@dataclass(frozen=True)
class Tab:
    label: Text
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Fact:
    """A line of a description list. value: None or "" is shown as a dash."""

    label: Text
    value: object
    unit: Text = ""
    note: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Moment:
    """A line of a history, newest first or oldest first as the view decides."""

    at: date | datetime
    title: Text
    by: Text = ""
    text: Text = ""
    tone: Tone = "info"
    url: str = ""

    @property
    def has_time(self) -> bool:
        return isinstance(self.at, datetime)


@dataclass(frozen=True)
class Step:
    """A stage of a process or a rung of a ladder."""

    label: Text
    state: Literal["done", "now", "next"] = "next"
    note: Text = ""


@dataclass(frozen=True)
class Condition:
    """One condition of a policy as it was read for one subject."""

    name: Text
    value: object
    limit: Text
    verdict: Verdict
    clause: Text = ""
    note: Text = ""


@dataclass(frozen=True)
class Bar:
    """A horizontal bar. value: in the unit of the whole list, not negative."""

    label: Text
    value: float
    url: str = ""
    note: Text = ""
