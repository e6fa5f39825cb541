import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail.operations import record_many
from jiangxin.kernel.access.enums import SignInAct
from jiangxin.kernel.access.operations.sign_in_log import Origin, log_sign_in
from tests.foundation.trail.samples import Clerk, Named


@pytest.fixture
def happen(db, now):
    """Let things happen: events of some people, and sign-ins that fail."""

    def happened(people=3, times=4, sign_ins=5):
        with transaction.atomic():
            for each in range(times):
                events = [
                    (f"person:{number}", Named(name=f"第{each}次", notes=("a", "b")))
                    for number in range(people)
                ]
                record_many(events, actor=Clerk() if each else SYSTEM, at=now)
            for each in range(sign_ins):
                origin = Origin(address=f"203.0.113.{each}", device="浏览器")
                log_sign_in(SignInAct.FAILED, account=None, came_from=origin, now=now)

    return happened
