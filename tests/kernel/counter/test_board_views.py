from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account
from jiangxin.kernel.counter.models import Ticket
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.ratings.models import MatterRating
from tests.kernel.access.conftest import make_account
from tests.samples import ELSEWHERE, HERE, make_records

__all__ = ["make_account"]

pytestmark = pytest.mark.django_db
BOARD = "/desk/window-board/"


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(make_account):
    return make_account("the-clerk", (Role.WINDOW_CLERK, HERE))


@pytest.fixture
def records(now, clerk):
    """A quarter of an hour's service, two settled matters, one bad rating: all today."""
    records = make_records(now)
    at = timezone.now()
    settled = Matter.objects.filter(settled_at__isnull=False)
    hand = {"assigned_account_id": clerk.pk, "assigned_label": "窗口小陈"}
    settled.update(settled_at=at, is_on_time=True, visits=1, **hand)
    rating = MatterRating.objects.get()
    MatterRating.objects.update(rated_at=at, clerk_account_id=clerk.pk)
    Ticket.objects.update(
        on=today(at),
        state="done",
        window_id=records["window_id"],
        matter=rating.matter,
        clerk_account_id=clerk.pk,
        clerk_label="窗口小陈",
        taken_at=at - timedelta(minutes=25),
        started_at=at - timedelta(minutes=15),
        ended_at=at,
    )
    return records


def text(response):
    return response.content.decode()


def behind(figure, who="all"):
    period = f"{timezone.localtime():%Y-%m}"
    return reverse("counter:board-records", args=[period, figure, who])


def test_the_board_shows_each_clerk_and_who_cannot_win(client, clerk, records):
    client.force_login(clerk)
    html = text(client.get(BOARD))
    assert "窗口小陈" in html
    assert "100%" in html
    assert "10 / 10" in html
    assert "a bad rating is not answered" in html
    assert "Red flag" not in html.partition("The rule, version")[0].rpartition("<ol")[2]


def test_by_window_a_matter_counts_where_it_was_served(client, clerk, records):
    client.force_login(clerk)
    html = text(client.get(BOARD, {"by": "window"}))
    assert "某镇总工会服务大厅 1" in html
    who = f"window-{records['window_id']}"
    rows = text(client.get(behind("settled", who)))
    assert MatterRating.objects.get().matter.number in rows
    assert "330726202601050102" not in rows


@pytest.mark.parametrize(
    "figure",
    [
        *("settled", "on-time", "late", "early", "first-time", "proxies", "visits"),
        *("rated", "good", "bad", "put-right", "served"),
    ],
)
def test_each_figure_leads_to_what_stands_behind_it(client, clerk, records, figure):
    client.force_login(clerk)
    for who in ("all", f"clerk-{clerk.pk}", f"window-{records['window_id']}"):
        assert client.get(behind(figure, who)).status_code == 200


def test_the_records_are_as_many_as_the_figure_says(client, clerk, records):
    client.force_login(clerk)
    answer = client.get(behind("settled"), {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(lines.strip().splitlines()) == 1 + 2


def test_a_figure_or_period_that_is_none_is_not_found(client, clerk, records):
    client.force_login(clerk)
    assert client.get(behind("weather")).status_code == 404
    address = reverse("counter:board-records", args=["2026-13", "settled", "all"])
    assert client.get(address).status_code == 404


def test_the_board_is_exported(client, clerk, records):
    client.force_login(clerk)
    answer = client.get(BOARD, {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "窗口小陈" in lines
    workbook = client.get(BOARD, {"export": "xlsx"})
    assert b"".join(workbook.streaming_content).startswith(b"PK")
    workbook.close()


def test_what_was_left_out_is_not_counted(client, clerk, records):
    MatterRating.objects.update(excluded_at=timezone.now())
    client.force_login(clerk)
    assert "a bad rating is not answered" not in text(client.get(BOARD))


def test_elsewhere_nothing_of_it_is_seen(client, make_account, records):
    client.force_login(make_account("far", (Role.WINDOW_CLERK, ELSEWHERE)))
    assert "窗口小陈" not in text(client.get(BOARD))
    assert Account.objects.count() == 2
