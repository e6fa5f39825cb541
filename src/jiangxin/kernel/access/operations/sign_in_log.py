"""The sign-in log: who came in or failed to, when, from where."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.models import Account, SignInRecord


@dataclass(frozen=True)
class Origin:
    """Where a request came from. device: what the browser says of itself."""

    address: str = ""
    device: str = ""


def origin(request: HttpRequest | None) -> Origin:
    if request is None:
        return Origin()
    return Origin(
        address=request.META.get("REMOTE_ADDR", "")[:45],
        device=request.META.get("HTTP_USER_AGENT", "")[:300],
    )


def log_sign_in(
    act: SignInAct, *, account: Account | None, came_from: Origin, now: datetime
) -> None:
    """Add a line to the log. Lines are never changed."""
    SignInRecord.objects.create(
        account=account,
        act=act,
        at=now,
        address=came_from.address,
        device=came_from.device,
    )
