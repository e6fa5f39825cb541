"""An officer's token, and people whom some policies serve and others do not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access import rules
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import ApiToken
from tests.kernel.policy import making

SCOPES = ["policy:read", "policy:match", "policy:explain"]


@pytest.fixture
def token_of(db):
    cache.clear()

    def make(account):
        plain = rules.new_token()
        now = timezone.now()
        ApiToken.objects.create(
            account=account,
            name="Payroll",
            scopes=SCOPES,
            digest=rules.token_digest(plain),
            made_at=now,
            valid_to=today(now) + timedelta(days=30),
        )
        return plain

    return make


@pytest.fixture
def calling(client, account, token_of):
    """Return get(path, …) and post(path, body) of an account's token, in English."""

    def calling(role=Role.FEDERATION_OFFICER, **place):
        place = place or {"region_code": "331023"}
        headers = {
            "Authorization": f"Bearer {token_of(account(role, **place))}",
            "Accept-Language": "en",
        }

        def call(path, body=None, **query):
            url = f"/api/v1/{path}"
            if body is None:
                return client.get(url, query, headers=headers)
            return client.post(
                url, body, content_type="application/json", headers=headers
            )

        return call

    return calling


@pytest.fixture
def workers():
    """Three of Tiantai, by grade of their certificate: 3, 5, none; one of Pujiang."""
    here = making.organisation("o1", at="331023", name="Bright Works")
    there = making.organisation("o2", at="330726")
    made = []
    for number, grade in enumerate((3, 5, None, 5), start=1):
        one = making.person(number)
        making.employ(one, there if number == 4 else here)
        if grade:
            making.certify(one, grade)
        made.append(one)
    return made
