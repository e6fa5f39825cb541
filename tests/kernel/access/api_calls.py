"""Calling the API as some account would."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access import rules
from jiangxin.kernel.access.models import ApiToken

SCOPES = ("policy:read", "policy:match", "policy:explain")


@pytest.fixture(autouse=True)
def no_calls_counted(db):
    cache.clear()


@pytest.fixture
def make_token(db):
    def make(account, *scopes, **values):
        """Return a token of an account, for all scopes unless some are named."""
        plain = rules.new_token()
        now = timezone.now()
        details = {
            "name": "a system",
            "scopes": list(scopes or SCOPES),
            "made_at": now,
            "valid_to": today(now) + timedelta(days=30),
        }
        ApiToken.objects.create(
            account=account, digest=rules.token_digest(plain), **{**details, **values}
        )
        return plain

    return make
