from datetime import time, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.counter.models import Booking, Hall, Question, Ticket
from jiangxin.kernel.counter.operations import limiting
from jiangxin.kernel.counter.queries.slots import days_to_book
from tests.exports import exported
from tests.kernel.access.conftest import make_account
from tests.samples import ELSEWHERE, HERE, make_records
from tests.window_samples import SERVICE

__all__ = ["make_account"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def records(now):
    """The samples, whose hall is of today as requests see it."""
    records = make_records(now)
    Ticket.objects.update(on=today(timezone.now()))
    return records


@pytest.fixture
def as_role(client, make_account):
    def signed_in(role, place=HERE):
        client.force_login(make_account(f"the-{role}", (role, place)))
        return client

    return signed_in


def url(name, *args):
    return reverse(f"counter:{name}", args=args)


def text(response):
    return response.content.decode()


def test_somebody_takes_a_number_and_sees_where_they_stand(client, records):
    address = url("number-take", records["hall_id"])
    assert "1 person waits" in text(client.get(address))
    answer = client.post(address, {"service": SERVICE}, follow=True)
    assert "A002" in text(answer)
    assert "1 person before you; about 10 minutes." in text(answer)


def test_too_many_numbers_from_one_address_are_refused(client, records, monkeypatch):
    monkeypatch.setitem(limiting.MOST, limiting.NUMBERS, 1)
    address = url("number-take", records["hall_id"])
    client.post(address, {"service": SERVICE})
    assert "too often" in text(client.post(address, {"service": SERVICE}))
    assert Ticket.objects.count() == 2


def test_the_board_names_nobody(client, records):
    html = text(client.get(url("board", records["hall_id"])))
    assert "1 person waits" in html
    assert "王芳" not in html


def test_the_board_is_refreshed_in_part(client, records):
    answer = client.get(
        url("board", records["hall_id"]), headers={"HX-Request": "true"}
    )
    assert "<html" not in text(answer)
    assert "As of" in text(answer)


def test_somebody_books_reads_and_cancels(client, records):
    on = days_to_book(timezone.now())[-1]
    address = f"{url('book', records['hall_id'])}?service={SERVICE}&on={on}"
    assert "2 left" in text(client.get(address))
    given = {
        "slot": f"{records['window_id']}-0930",
        "name": "李明",
        "phone": "138 0013 8001",
    }
    answer = client.post(address, given)
    booking = Booking.objects.order_by("-pk").first()
    assert answer["Location"] == url("booking", booking.token)
    assert (booking.on, booking.starts, booking.contact_phone) == (
        on,
        time(9, 30),
        "13800138001",
    )
    assert "09:30" in text(client.get(url("booking", booking.token)))
    client.post(url("booking-cancel", booking.token))
    booking.refresh_from_db()
    assert booking.state == "cancelled"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"slot": ""}, "slot"),
        ({"slot": "x-0930"}, "slot"),
        ({"slot": "1-2999"}, "slot"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_with_a_booking_stands_at_its_field(
    client, records, given, field
):
    on = days_to_book(timezone.now())[-1]
    address = f"{url('book', records['hall_id'])}?service={SERVICE}&on={on}"
    sound = {
        "slot": f"{records['window_id']}-0930",
        "name": "李明",
        "phone": "13800138001",
    }
    answer = client.post(address, {**sound, **given})
    assert set(answer.context["form"].errors) == {field}
    assert Booking.objects.count() == 1


def test_a_question_is_asked_and_read_again(client, records):
    address = url("questions", records["hall_id"])
    assert "办理登记要带公章吗？" in text(client.get(address))
    answer = client.post(address, {"text": "可以代办吗？"}, follow=True)
    assert "可以代办吗？" in text(answer)
    assert Question.objects.count() == 2


def test_a_clerk_calls_serves_and_ends(as_role, records):
    client = as_role(Role.WINDOW_CLERK)
    address = url("window", records["window_id"])
    assert "A001" in text(client.get(address))
    client.post(address, {"act": "call"})
    ticket = Ticket.objects.get()
    for act in ("start", "end"):
        client.post(address, {"act": act, "ticket": ticket.pk})
    ticket.refresh_from_db()
    assert ticket.state == "done"
    answer = client.post(address, {"act": "call"}, follow=True)
    assert "Nobody waits for this window." in text(answer)


@pytest.mark.parametrize("given", [{"act": "dance"}, {"act": "start", "ticket": "x"}])
def test_an_act_that_is_none_is_not_found(as_role, records, given):
    client = as_role(Role.WINDOW_CLERK)
    assert client.post(url("window", records["window_id"]), given).status_code == 404


def test_whoever_booked_is_let_in_by_a_clerk(as_role, records):
    client = as_role(Role.WINDOW_CLERK)
    html = text(client.get(url("booking-detail", records["booking_id"])))
    assert "王芳" in html
    assert "Please bring the originals" in html
    client.post(url("booking-arrived", records["booking_id"]))
    assert Ticket.objects.filter(booking=records["booking_id"]).exists()


def test_the_list_of_bookings_masks_phones(as_role, records):
    client = as_role(Role.WINDOW_CLERK)
    html = text(client.get(url("booking-list"), {"sort": "-on"}))
    for told in (html, exported(client, url("booking-list"), sort="-on")):
        assert "138****8000" in told
        assert "13800138000" not in told


def test_the_bookings_to_come_are_exported_as_they_are_listed(as_role, records):
    client = as_role(Role.WINDOW_CLERK)
    day = today(timezone.now())
    Booking.objects.update(on=day + timedelta(days=1))
    assert "王芳" in exported(client, url("booking-list"))
    Booking.objects.update(on=day - timedelta(days=1))
    assert "王芳" not in exported(client, url("booking-list"))
    assert "王芳" in exported(client, url("booking-list"), sort="-on")


@pytest.mark.parametrize("query", [{}, {"page": "1"}, {"size": "50"}, {"state": ""}])
def test_without_a_filter_only_bookings_to_come_are_listed(as_role, records, query):
    Booking.objects.update(on=today(timezone.now()) - timedelta(days=1))
    client = as_role(Role.WINDOW_CLERK)
    assert "王芳" not in text(client.get(url("booking-list"), query))
    assert "王芳" in text(client.get(url("booking-list"), {"state": "booked"}))


def test_questions_are_exported_in_full(as_role, records, now):
    asked = "办理工会法人资格证书之前，筹备组的成员是不是都要先成为会员？" * 2
    Question.objects.create(
        hall=Hall.objects.get(), token="t", text=asked, asked_at=now, due_on=today(now)
    )
    client = as_role(Role.WINDOW_CLERK)
    assert asked not in text(client.get(url("question-list")))
    assert asked in exported(client, url("question-list"))


def test_a_question_is_answered_and_published(as_role, records, now):
    hall = Hall.objects.get()
    asked = Question.objects.create(
        hall=hall,
        token="t",
        text="要预约吗？",
        asked_at=now,
        due_on=today(now) + timedelta(days=2),
    )
    client = as_role(Role.WINDOW_CLERK)
    address = url("question-detail", asked.pk)
    client.post(address, {"answer": "不必。"})
    client.post(address, {"question": "需要预约吗？", "answer": "不必。"})
    asked.refresh_from_db()
    assert asked.published_at is not None
    client.post(url("question-withdraw", asked.pk))
    asked.refresh_from_db()
    assert asked.published_at is None


def test_a_manager_sets_up_a_hall_a_window_and_times(as_role, records):
    client = as_role(Role.FEDERATION_OFFICER)
    given = {"region_code": HERE, "name": "新大厅", "is_open": "on"}
    assert client.post(url("hall-new"), given)["Location"] == url("hall-arrange")
    hall = Hall.objects.get(name="新大厅")
    client.post(url("window-new", hall.pk), {"number": "1", "is_open": "on"})
    window = hall.windows.get()
    plan = {
        "starts": "09:00",
        "ends": "11:00",
        "minutes": "30",
        "capacity": "2",
        "valid_from": "2026-01-01",
    }
    client.post(url("plan-new", window.pk), plan)
    assert "2 every 30 minutes" in text(client.get(url("hall-arrange")))
    client.post(url("plan-end", window.plans.get().pk))
    assert window.plans.get().valid_to is not None
    refused = client.post(url("window-new", hall.pk), {"number": "1"})
    assert set(refused.context["form"].errors) == {"number"}


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("window", "window_id"),
        ("booking-detail", "booking_id"),
        ("question-detail", "question_id"),
        ("hall", "hall_id"),
        ("window-new", "hall_id"),
        ("window-change", "window_id"),
    ],
)
def test_elsewhere_nothing_of_it_is_there(as_role, records, name, record):
    client = as_role(Role.FEDERATION_OFFICER, ELSEWHERE)
    assert client.get(url(name, records[record])).status_code == 404
