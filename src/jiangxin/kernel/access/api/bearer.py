"""Who calls: a token in the header, its scope, and how often it may call."""

from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.wall.visits import admit
from jiangxin.foundation.web import Request
from jiangxin.kernel.access import operations, permissions, queries
from jiangxin.kernel.access.api.problems import BadToken, ScopeMissing, TooManyCalls
from jiangxin.kernel.access.models import ApiToken

SECONDS = 60


class Bearer(HttpBearer):
    """Admits tokens with a scope, and makes their account the actor of the request.

    A session is never looked at: what a page of another site makes a browser send
    does nothing here.
    """

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        ours = cast("Request", request)
        found = queries.token_of(token)
        if found is None or not _is_usable(found, ours):
            raise BadToken
        _count(found, ours)
        if self.scope not in found.scopes:
            raise ScopeMissing(scope=self.scope)
        actor = queries.token_actor(found, ours.now)
        permissions.check_use_api(actor)
        operations.note_use(found, now=ours.now)
        ours.actor = admit(actor)
        return actor


def _is_usable(token: ApiToken, request: Request) -> bool:
    return (
        token.revoked_at is None
        and token.account.is_active
        and today(request.now) < token.valid_to
    )


def _count(token: ApiToken, request: Request) -> None:
    """Count the call in its minute. Two at the same instant may count as one."""
    stamp = int(request.now.timestamp())
    key = f"api-calls:{token.pk}:{stamp // SECONDS}"
    calls = cache.get_or_set(key, 0, timeout=2 * SECONDS) or 0
    if calls >= settings.JIANGXIN_API_CALLS_A_MINUTE:
        raise TooManyCalls(
            calls=settings.JIANGXIN_API_CALLS_A_MINUTE,
            seconds=SECONDS - stamp % SECONDS,
        )
    cache.set(key, calls + 1, timeout=2 * SECONDS)
