"""A settled matter, whoever rates it, and whoever follows bad ratings up."""

from datetime import timedelta

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.kernel.matters.operations.deciding import grant_matter
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.ratings.enums import Grade
from jiangxin.kernel.ratings.operations.rating import Given, rate_matter
from jiangxin.kernel.ratings.queries.invitations import token_of
from tests.kernel.matters.conftest import (
    CHAIR,
    COLLEAGUE,
    NOBODY,
    OFFICE,
    SIDE,
    WINDOW,
    accept,
    begin,
    firms,
    fresh,
    hand_in,
    made_up_people,
    make_organisation,
    make_person,
    regions,
    submit,
    trial_services,
    uploads,
)
from tests.kernel.register.cast import COUNTY, SOUTH, Somebody
from tests.unreached import UNREACHED

__all__ = [
    "CHAIR",
    "COLLEAGUE",
    "NOBODY",
    "WINDOW",
    "accept",
    "begin",
    "firms",
    "fresh",
    "hand_in",
    "made_up_people",
    "make_organisation",
    "make_person",
    "regions",
    "submit",
    "trial_services",
    "uploads",
]

FOLLOWING = OFFICE | {"ratings.view", "ratings.follow", "matters.assign"}
CLERK = Somebody(
    (Scope(COUNTY),),
    label="窗口小周",
    account_id=UNREACHED + 22,
    permissions=OFFICE | {"ratings.view"},
)
OFFICER = Somebody(
    (Scope(COUNTY),), label="评价专员", account_id=UNREACHED + 41, permissions=FOLLOWING
)
SECOND = Somebody(
    (Scope(COUNTY),), label="督查老何", account_id=UNREACHED + 42, permissions=FOLLOWING
)
FAR_OFFICER = Somebody(
    (Scope(SOUTH),), label="南镇专员", account_id=UNREACHED + 43, permissions=FOLLOWING
)
VIEWER = Somebody(
    (Scope(COUNTY),),
    label="普通科员",
    account_id=UNREACHED + 44,
    permissions=SIDE | {"matters.view"},
)
LATER = timedelta(days=1)


def settle(matter, now, *, actor=WINDOW):
    """Do the steps of an accepted matter, and grant it."""
    matter = fresh(matter)
    while matter.step:
        matter = finish_step(
            matter_id=matter.pk, seen=matter.version, actor=actor, now=now
        )
    return grant_matter(matter_id=matter.pk, seen=matter.version, actor=actor, now=now)


@pytest.fixture
def settled(accept, now):
    return settle(accept(), now)


@pytest.fixture
def rate(settled, now):
    def rated(grade=Grade.SATISFIED, *, actor=NOBODY, matter=None, **more):
        return rate_matter(
            token=token_of(matter or settled),
            given=Given(grade, **more),
            actor=actor,
            now=now,
        )

    return rated
