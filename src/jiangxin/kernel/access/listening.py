"""Signals of Django and of the library, turned into operations.

We have no signals of our own; these tell of every sign-in, whichever way it went, and of
every change to a second factor. `apps.py` connects them.
"""

from typing import Any

from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django.utils import timezone

from jiangxin.foundation.db import opens_transaction
from jiangxin.foundation.trail.events import Event
from jiangxin.kernel.access import events, operations, queries
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.models import Account

BEGAN_AT = "access_began_at"
SEEN_AT = "access_seen_at"


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="access.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="access.signed_out")
    factors.authenticator_added.connect(_factor_added, dispatch_uid="access.added")
    factors.authenticator_removed.connect(_factor_removed, dispatch_uid="access.gone")
    factors.authenticator_reset.connect(_factor_added, dispatch_uid="access.reset")
    factors.authenticator_used.connect(_factor_used, dispatch_uid="access.used")


def _signed_in(request: HttpRequest, user: Account, **_more: Any) -> None:
    now = timezone.now()
    request.session[BEGAN_AT] = request.session[SEEN_AT] = now.timestamp()
    if not request.session.session_key:
        request.session.create()
    operations.begin_session(
        account=user,
        session_key=str(request.session.session_key),
        came_from=operations.origin(request),
        now=now,
    )


def _signed_out(request: HttpRequest, user: Account | None, **_more: Any) -> None:
    if user is None:
        return
    operations.close_session(
        account=user,
        session_key=str(request.session.session_key),
        act=getattr(request, "sign_out_act", SignInAct.SIGNED_OUT),
        came_from=operations.origin(request),
        now=timezone.now(),
    )


def _factor_added(user: Account, authenticator: Authenticator, **_more: Any) -> None:
    _note(user, events.FactorAdded(authenticator.type))


def _factor_removed(user: Account, authenticator: Authenticator, **_more: Any) -> None:
    _note(user, events.FactorRemoved(authenticator.type))


def _note(account: Account, event: Event) -> None:
    now = timezone.now()
    actor = queries.actor_for(account, now)
    operations.note_factor(event, account=account, actor=actor, now=now)


@opens_transaction
def _factor_used(request: HttpRequest, user: Account, **_more: Any) -> None:
    operations.log_sign_in(
        SignInAct.FACTOR_PASSED,
        account=user,
        came_from=operations.origin(request),
        now=timezone.now(),
    )
