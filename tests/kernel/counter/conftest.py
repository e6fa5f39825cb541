"""A hall with two windows in the county town, open on working mornings."""

from datetime import date, time

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.kernel.counter.models import Hall, SlotPlan, Window
from tests.kernel.register.cast import COUNTY, SOUTH, Somebody
from tests.unreached import UNREACHED

SERVICE = "service_window.legal_person_first"
JOIN = "service_window.join_union"
SERVING = frozenset(
    {
        "counter.serve",
        "counter.answer_questions",
        "counter.view_board",
        "matters.view",
    }
)
CLERK = Somebody(
    (Scope(COUNTY),), label="窗口小陈", account_id=UNREACHED + 21, permissions=SERVING
)
COLLEAGUE = Somebody(
    (Scope(COUNTY),), label="窗口小周", account_id=UNREACHED + 22, permissions=SERVING
)
FAR_CLERK = Somebody(
    (Scope(SOUTH),), label="南镇窗口", account_id=UNREACHED + 23, permissions=SERVING
)
MANAGER = Somebody(
    (Scope(COUNTY),),
    label="大厅主任",
    account_id=UNREACHED + 24,
    permissions=frozenset({"counter.manage"}),
)
NOBODY = Somebody(label="路人", account_id=None)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def hall(db):
    return Hall.objects.create(region_code=COUNTY, name="浦江县总工会服务大厅")


@pytest.fixture
def window(hall):
    """Handles everything; two people every half hour from nine to eleven."""
    window = Window.objects.create(hall=hall, number=1)
    SlotPlan.objects.create(
        window=window,
        starts=time(9),
        ends=time(11),
        minutes=30,
        capacity=2,
        valid_from=date(2026, 1, 1),
    )
    return window


@pytest.fixture
def second(hall):
    """Handles joining a union only, and cannot be booked."""
    return Window.objects.create(hall=hall, number=2, services=[JOIN])
