"""Where accounts are signed in: beginning, staying and ending."""

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module

from django.conf import settings

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.db import needs_transaction, opens_transaction
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.trail.operations import record, subject
from jiangxin.kernel.access import events, queries
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.models import Account, AccountSession
from jiangxin.kernel.access.operations.sign_in_log import Origin, log_sign_in
from jiangxin.kernel.access.roles import ADMINISTRATORS


@opens_transaction
def begin_session(
    *, account: Account, session_key: str, came_from: Origin, now: datetime
) -> AccountSession:
    """Note that somebody signed in; an administrator's other sessions end."""
    actor = queries.actor_for(account, now)
    if queries.roles_of(account, now) & ADMINISTRATORS:
        _end(account.sessions.exclude(session_key=session_key), now=now)
    session, _made = AccountSession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "account": account,
            "began_at": now,
            "seen_at": now,
            "address": came_from.address,
            "device": came_from.device,
        },
    )
    log_sign_in(SignInAct.SIGNED_IN, account=account, came_from=came_from, now=now)
    place = subject("account", account.pk)
    record(events.SignedIn(), subject=place, actor=actor, at=now)
    return session


def see_session(session_key: str, *, now: datetime) -> None:
    """Note that a session is in use."""
    AccountSession.objects.filter(session_key=session_key).update(seen_at=now)


def move_session(before: str, after: str) -> None:
    """Follow a session whose key was changed, as after a change of password."""
    AccountSession.objects.filter(session_key=before).update(session_key=after)


@opens_transaction
def close_session(
    *,
    account: Account,
    session_key: str,
    act: SignInAct,
    came_from: Origin,
    now: datetime,
) -> None:
    """Note that whoever acts signed out, or was signed out by the clock."""
    AccountSession.objects.filter(session_key=session_key).delete()
    log_sign_in(act, account=account, came_from=came_from, now=now)


@opens_transaction
def end_own_session(*, session_id: int, actor: Actor, now: datetime) -> None:
    """Sign the actor out of one of their sessions. Raises NotFound."""
    account = queries.get_own_account(actor)
    found = account.sessions.filter(pk=session_id)
    if not found.exists():
        raise NotFound
    _end(found, now=now)


@opens_transaction
def end_other_sessions(*, present: str, actor: Actor, now: datetime) -> int:
    """Sign the actor out everywhere but in the session `present`; return of how many."""
    account = queries.get_own_account(actor)
    return _end(account.sessions.exclude(session_key=present), now=now)


@needs_transaction
def end_all_sessions(account: Account, *, now: datetime) -> int:
    """Sign an account out everywhere."""
    return _end(account.sessions.all(), now=now)


def _end(sessions: Iterable[AccountSession], *, now: datetime) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = 0
    for session in sessions:
        store(session.session_key).delete()
        log_sign_in(
            SignInAct.ENDED,
            account=session.account,
            came_from=Origin(session.address, session.device),
            now=now,
        )
        session.delete()
        ended += 1
    return ended
