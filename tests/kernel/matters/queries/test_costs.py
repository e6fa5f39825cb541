"""What a page of the desk asks of the database, however many matters there are."""

import pytest
from django.db import connection
from django.utils import timezone

from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.queries.matters import get_office_matter
from jiangxin.kernel.matters.queries.queues import (
    QUEUES,
    SETTLED_QUEUE,
    counts_of,
    queue_of,
)
from tests.kernel.matters.conftest import WINDOW

pytestmark = pytest.mark.django_db
PAGE = 50


def multiply(matter, rows):
    template = Matter.objects.filter(pk=matter.pk).values().get()
    del template["id"]
    Matter.objects.bulk_create(
        (
            Matter(**{**template, "number": f"{one}", "token": f"{one:032x}"})
            for one in range(rows)
        ),
        batch_size=1000,
    )


@pytest.mark.parametrize("rows", [10, 10_000])
def test_a_queue_and_a_matter_cost_the_same_however_many_there_are(
    submit, now, rows, django_assert_num_queries
):
    matter = submit()
    multiply(matter, rows)
    day = timezone.localdate(now)
    with django_assert_num_queries(1):
        shown = list(queue_of("open", WINDOW, day).order_by("due_on", "pk")[:PAGE])
        assert {one.subject.name for one in shown} == {"北方工会"}
    with django_assert_num_queries(1):
        assert counts_of(WINDOW, day)["open"] == rows + 1
    with django_assert_num_queries(1):
        assert get_office_matter(matter.pk, visible_to=WINDOW).subject.name


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_is_read_from_the_index_of_open_matters(submit, now, queue):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL weighs what it has counted, and here that is nothing")
    multiply(submit(), 3)
    rows = queue_of(queue, WINDOW, timezone.localdate(now)).order_by("due_on", "pk")
    # Without values that are sent apart the index would be passed over.
    assert "INDEX matters_open_" in rows[:PAGE].explain()
    assert "INDEX matters_open_" in rows.order_by().values("pk").explain()


def test_the_settled_are_read_in_the_order_of_an_index(submit, now):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL weighs what it has counted, and here that is nothing")
    rows = queue_of(SETTLED_QUEUE, WINDOW, timezone.localdate(now))
    plan = rows.order_by("-submitted_at", "-pk")[:PAGE].explain()
    assert "TEMP B-TREE" not in plan
