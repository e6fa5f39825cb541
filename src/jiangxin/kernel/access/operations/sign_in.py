"""Signing in with a name and a password: the first step.

The library takes the account that `check_sign_in` returns through the steps after it
(`views/sign_in.py`), and a session begins when all are done (`listening.py`).
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.access import events, queries, rules
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.access.operations.attempts import (
    TooManyAttempts,
    charge_attempt,
    forget_attempts,
)
from jiangxin.kernel.access.operations.shared_steps import note
from jiangxin.kernel.access.operations.sign_in_log import Origin, log_sign_in, origin

# Stands for the address of attempts on a second factor.
SECOND_FACTOR = "second factor"


class SignInRefused(Refused):
    """One text for every cause, so that nobody learns which accounts exist."""

    code = "access.sign_in_refused"
    text = _(
        "The sign-in name or the password is not right, or the account is closed. "
        "Check both; if you forgot the password, ask your system administrator."
    )


class CodeRefused(Refused):
    code = "access.code_refused"
    text = _(
        "The code is not right, or it was used before. Wait for the next one and type "
        "it as the app shows it."
    )


def check_sign_in(
    *, request: HttpRequest | None, username: str, password: str, now: datetime
) -> Account:
    """Return the account that name and password belong to, and that may sign in.

    request: for its address, and for authentication back ends that read it.
    Raises TooManyAttempts, SignInRefused.
    """
    came_from = origin(request)
    try:
        attempts = charge_attempt(username=username, address=came_from.address, now=now)
    except TooManyAttempts:
        _note_failure(username, SignInAct.LOCKED_OUT, came_from=came_from, now=now)
        raise
    account = authenticate(request, username=username, password=password)
    if not isinstance(account, Account):
        _note_failure(username, SignInAct.FAILED, came_from=came_from, now=now)
        if attempts == rules.FAILURES_ALLOWED:
            _note_block(_named(username), now=now)
        raise SignInRefused
    _forget(account.username, came_from.address)
    return account


def check_second_factor(
    *,
    account: Account,
    is_right: Callable[[], bool],
    request: HttpRequest | None,
    now: datetime,
) -> None:
    """Let `is_right` say whether a code is, within the limit on failures.

    An account's codes are counted apart from its passwords, from whatever address:
    whoever guesses codes knows the password. Raises TooManyAttempts, CodeRefused.
    """
    came_from = origin(request)
    try:
        attempts = charge_attempt(
            username=account.username, address=SECOND_FACTOR, now=now
        )
    except TooManyAttempts:
        _log(SignInAct.LOCKED_OUT, account, came_from=came_from, now=now)
        raise
    if not is_right():
        _log(SignInAct.FACTOR_FAILED, account, came_from=came_from, now=now)
        if attempts == rules.FAILURES_ALLOWED:
            _note_block(account, now=now)
        raise CodeRefused
    _forget(account.username, SECOND_FACTOR)


@opens_transaction
def _forget(username: str, address: str) -> None:
    forget_attempts(username=username, address=address)


def _named(username: str) -> Account | None:
    return Account.objects.filter(username=rules.sign_in_name(username)).first()


def _note_failure(
    username: str, act: SignInAct, *, came_from: Origin, now: datetime
) -> None:
    _log(act, _named(username), came_from=came_from, now=now)


@opens_transaction
def _log(
    act: SignInAct, account: Account | None, *, came_from: Origin, now: datetime
) -> None:
    log_sign_in(act, account=account, came_from=came_from, now=now)


@opens_transaction
def _note_block(account: Account | None, *, now: datetime) -> None:
    if account:
        event = events.SignInBlocked(failures=rules.FAILURES_ALLOWED)
        note(event, account.pk, actor=queries.ANONYMOUS, now=now)
