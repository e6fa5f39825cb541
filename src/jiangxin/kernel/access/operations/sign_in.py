"""Signing in with a name and a password.

The seam for a second factor and for enterprise sign-in: whatever proves who someone is
ends in `django.contrib.auth.login` with the account that `check_sign_in` returned.
"""

from datetime import datetime

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.access import events, queries, rules
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.operations.attempts import charge_attempt, forget_attempts
from jiangxin.kernel.access.operations.shared_steps import note


class SignInRefused(Refused):
    """One text for every cause, so that nobody learns which accounts exist."""

    code = "access.sign_in_refused"
    text = _(
        "The sign-in name or the password is not right, or the account is closed. "
        "Check both; if you forgot the password, ask your system administrator."
    )


def check_sign_in(
    *, request: HttpRequest | None, username: str, password: str, now: datetime
) -> Account:
    """Return the account that name and password belong to, and that may sign in.

    request: for its address, and for authentication back ends that read it.
    Raises TooManyAttempts, SignInRefused.
    """
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    attempts = charge_attempt(username=username, address=address, now=now)
    account = authenticate(request, username=username, password=password)
    if not isinstance(account, Account):
        if attempts == rules.FAILURES_ALLOWED:
            _note_block(username, now=now)
        raise SignInRefused
    _note_sign_in(account, address=address, now=now)
    return account


@opens_transaction
def _note_sign_in(account: Account, *, address: str, now: datetime) -> None:
    forget_attempts(username=account.username, address=address)
    actor = queries.actor_for(account, now)
    note(events.SignedIn(), account.pk, actor=actor, now=now)


@opens_transaction
def _note_block(username: str, *, now: datetime) -> None:
    name = rules.sign_in_name(username)
    account = Account.objects.filter(username=name).first()
    if account:
        event = events.SignInBlocked(failures=rules.FAILURES_ALLOWED)
        note(event, account.pk, actor=queries.ANONYMOUS, now=now)
