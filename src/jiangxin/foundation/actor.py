"""Who acts. The kernel's accounts satisfy this protocol; the foundation knows no more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, Protocol

from django.utils.translation import gettext

from jiangxin.foundation.errors import NotPermitted

P = ParamSpec("P")


@dataclass(frozen=True)
class Scope:
    """A place an actor may act in.

    region_code: a division-code prefix ("3307" covers "330726100"); "" is everywhere.
    organisation_code: one organisation; when given, `region_code` is not looked at.
    """

    region_code: str = ""
    organisation_code: str = ""

    def covers(self, *, region_code: str = "", organisation_code: str = "") -> bool:
        if self.organisation_code:
            return self.organisation_code == organisation_code
        return region_code.startswith(self.region_code)


EVERYWHERE = Scope()


class Actor(Protocol):
    """Someone, or the platform itself, on whose behalf a thing is done or read."""

    @property
    def account_id(self) -> int | None: ...

    @property
    def label(self) -> str:
        """What the trail and the screens call this actor."""

    @property
    def person_id(self) -> int | None:
        """The registered person this actor is, if any."""

    def scopes(self, permission: str) -> tuple[Scope, ...]:
        """Where this actor holds `permission`; empty when nowhere."""


@dataclass(frozen=True)
class _System:
    """The platform itself: jobs, scheduled work and the operator's command line."""

    account_id: int | None = None
    label: str = "system"
    person_id: int | None = None

    def scopes(self, permission: str) -> tuple[Scope, ...]:  # noqa: ARG002 -- protocol
        return (EVERYWHERE,)


SYSTEM: Actor = _System()


def label_of(account_id: int | None, label: str) -> str:
    """Name who acted; the platform itself is stored by one name and read by many."""
    if account_id is None and label == SYSTEM.label:
        return gettext("the platform itself")
    return label


def may(
    actor: Actor,
    permission: str,
    *,
    region_code: str = "",
    organisation_code: str = "",
) -> bool:
    """Return whether one of the actor's scopes of `permission` covers the place."""
    return any(
        scope.covers(region_code=region_code, organisation_code=organisation_code)
        for scope in actor.scopes(permission)
    )


def holds(actor: Actor, permission: str) -> bool:
    """Return whether the actor holds `permission` anywhere at all (for menus)."""
    return bool(actor.scopes(permission))


def allows(
    check: Callable[Concatenate[Actor, P], None],
) -> Callable[Concatenate[Actor, P], bool]:
    """Make the question `can_…` from the rule `check_…`, so that they cannot differ."""

    def can(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(actor, *args, **kwargs)
        except NotPermitted:
            return False
        return True

    can.__doc__ = check.__doc__
    return can
