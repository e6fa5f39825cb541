"""The services that parts bring as files, and where programmes hook in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import Text, brought, parts
from jiangxin.kernel.matters.enums import ServiceSubject
from jiangxin.kernel.matters.rules.local import LocalRule
from jiangxin.kernel.matters.rules.reading import read_service
from jiangxin.kernel.matters.rules.service import Service

if TYPE_CHECKING:
    from jiangxin.kernel.matters.models import Matter


@dataclass(frozen=True)
class ServiceFolder:
    """Brought by a part: `*.yaml` are its services, in the order of file names."""

    path: Path


@dataclass(frozen=True)
class OtherService:
    """What is listed among the services of a door, and is done on a page of its own.

    permission: who has it listed; anyone of the door when "".
    """

    door: str
    title: Text
    summary: Text
    act: Text
    url_name: str
    permission: str = ""


@dataclass(frozen=True)
class Known:
    """Something the register may know of a subject, so that nobody is asked for it.

    read: takes the subject's id; returns the value as it is stored in an answer, or "".
    shows: how it reads on a page, when not as it is stored.
    """

    key: str
    label: Text
    subject: ServiceSubject
    read: Callable[[int], str]
    shows: Callable[[str], str] | None = None


@dataclass(frozen=True)
class OnGranted:
    """What granting a matter of one service does to the register and the credentials.

    Called in the transaction of the decision; what it raises undoes the decision.
    check: raises Refused when it could not be done, before anything is written.
    """

    service: str
    apply: Callable[["Matter", Actor, datetime], None]


@dataclass(frozen=True)
class MatterPanel:
    """A block that a part adds to the pages of matters; no services: of all.

    context: what `template` is rendered with; None leaves it out.
    """

    services: tuple[str, ...]
    template: str
    context: Callable[["Matter", Actor, datetime], Mapping[str, object] | None]
    for_applicant: bool = False

    def is_for(self, service: str) -> bool:
        return not self.services or service in self.services


@dataclass(frozen=True)
class Guarded:
    """A service that nobody applies for: the platform opens its matters.

    Only whoever holds `permission` where they lie sees them; no applicant does.
    """

    service: str
    permission: str


def services() -> list[Service]:
    """Return what can be applied for, in the order of parts and of file names."""
    return [one for one in _services().values() if not guard_of(one.code)]


def service(code: str) -> Service:
    """Return one service. Raises NotFound."""
    try:
        return _services()[code]
    except KeyError as missing:
        raise NotFound from missing


def known(key: str) -> Known:
    return {one.key: one for one in brought(Known)}[key]


def guard_of(code: str) -> str:
    """Return the permission that a guarded service needs, "" for all others."""
    found = (one.permission for one in brought(Guarded) if one.service == code)
    return next(found, "")


def local_rules(code: str) -> list[LocalRule]:
    """Return the rules of places about a service, the latest first."""
    rules = [one for one in brought(LocalRule) if one.service == code]
    return sorted(rules, key=lambda one: one.since, reverse=True)


def on_granted(code: str) -> list[OnGranted]:
    return [one for one in brought(OnGranted) if one.service == code]


@cache
def _services() -> dict[str, Service]:
    found: dict[str, Service] = {}
    for part in parts():
        for folder in part.brings:
            if not isinstance(folder, ServiceFolder):
                continue
            for file in sorted(folder.path.glob("*.yaml")):
                one = read_service(
                    file.read_text(encoding="utf-8"), file=file.name, part=part.key
                )
                found[one.code] = one
    return found
