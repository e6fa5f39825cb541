"""Wrong passwords and codes are counted by sign-in name and address, and then wait.

An attempt is charged before the password is looked at and forgotten when it was right:
a hundred guesses sent at once are then no better than one after the other.
"""

from datetime import datetime

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.access import rules
from jiangxin.kernel.access.models import Account, SignInFailure


class TooManyAttempts(Refused):
    code = "access.too_many_attempts"
    text = _(
        "Too many wrong passwords or codes. Try again in %(minutes)s minutes, or ask your "
        "system administrator to set a new password."
    )


def charge_attempt(*, username: str, address: str, now: datetime) -> int:
    """Count an attempt as failed until it turns out right; return how many count now.

    Raises TooManyAttempts when five count already; that attempt is not counted.
    """
    minutes, counting = _charge(username=username, address=address, now=now)
    if minutes:
        raise TooManyAttempts(minutes=minutes)
    return counting


@opens_transaction
def _charge(*, username: str, address: str, now: datetime) -> tuple[int, int]:
    # Attempts on one account wait for each other; strangers' names need not.
    name = rules.sign_in_name(username)
    list(Account.objects.select_for_update().filter(username=name).values_list("pk"))
    SignInFailure.objects.filter(at__lte=now - rules.FAILURES_COUNT_FOR).delete()
    target = _target(name, address)
    failed_at = list(
        SignInFailure.objects.filter(target=target).values_list("at", flat=True)
    )
    minutes = rules.minutes_to_wait(failed_at, now=now)
    if not minutes:
        SignInFailure.objects.create(target=target, at=now)
    return minutes, len(failed_at) + 1


@needs_transaction
def forget_attempts(*, username: str, address: str) -> None:
    """The password was right after all."""
    target = _target(rules.sign_in_name(username), address)
    SignInFailure.objects.filter(target=target).delete()


def _target(name: str, address: str) -> str:
    return salted_hmac(
        "jiangxin.access.sign_in", f"{name}\0{address}", algorithm="sha256"
    ).hexdigest()
