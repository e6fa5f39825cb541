"""What a page of the desk asks of the database, however many matters there are."""

import pytest
from django.utils import timezone

from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.queries.matters import get_office_matter
from jiangxin.kernel.matters.queries.queues import counts_of, queue_of
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
