"""Numbers are given and called once each, and the minutes written down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from django.db import connection

from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.kernel.counter.models import Ticket
from jiangxin.kernel.counter.operations.booking import (
    BookingClosed,
    Wanted,
    book,
    cancel_booking,
)
from jiangxin.kernel.counter.operations.serving import (
    NobodyWaits,
    NoSuchMatter,
    NotHandledHere,
    NotPossibleNow,
    NotToday,
    TooEarly,
    TooLate,
    WindowBusy,
    arrive_with_booking,
    call_next,
    end_serving,
    miss_number,
    start_serving,
    take_back,
    take_number,
)
from jiangxin.kernel.counter.queries.queue import place_of, standing
from tests.kernel.counter.conftest import (
    CLERK,
    COLLEAGUE,
    FAR_CLERK,
    JOIN,
    MANAGER,
    MONDAY,
    NOBODY,
    SERVICE,
)

pytestmark = pytest.mark.django_db(transaction=True)

MINUTES = timedelta(minutes=1)


@pytest.fixture
def take(hall, window, now):
    def taken(service=SERVICE, at=now):
        return take_number(hall_id=hall.pk, service=service, now=at)

    return taken


def call(window, now, actor=CLERK):
    return call_next(window_id=window.pk, actor=actor, now=now)


def booked(window, now, at=time(10), number=1):
    return book(
        Wanted(window.pk, SERVICE, MONDAY, at, "王芳", f"138001380{number:02}"),
        now=now,
    )


def test_from_number_to_the_end_the_minutes_are_kept(take, window, now):
    taken = take()
    assert taken.code == "A001"
    called = call(window, now + 12 * MINUTES)
    assert called.pk == taken.pk
    start_serving(ticket_id=taken.pk, actor=CLERK, now=now + 15 * MINUTES)
    done = end_serving(ticket_id=taken.pk, actor=CLERK, now=now + 24 * MINUTES)
    assert (done.waiting_minutes, done.service_minutes) == (15, 9)
    assert (done.state, done.clerk_label) == ("done", "窗口小陈")


def test_numbers_begin_anew_each_day(take, now):
    assert [take().number, take().number] == [1, 2]
    assert take(at=now + timedelta(days=1)).number == 1


def test_many_at_once_get_a_number_each(hall, window, now):
    def one(_attempt):
        try:
            return take_number(hall_id=hall.pk, service=SERVICE, now=now).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(one, range(12)))
    assert sorted(numbers) == list(range(1, 13))


def test_two_windows_at_once_do_not_call_the_same(take, window, second, now):
    second.services = []
    second.save()
    take(), take()

    def one(at):
        try:
            return call(at, now).number
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, [window, second])) == [1, 2]


def test_a_window_serves_one_at_a_time(take, window, now):
    take(), take()
    call(window, now)
    with pytest.raises(WindowBusy):
        call(window, now, actor=COLLEAGUE)


def test_a_window_calls_only_what_it_handles(take, second, now):
    take(SERVICE)
    with pytest.raises(NobodyWaits):
        call(second, now)
    wanted = take(JOIN)
    assert call(second, now).pk == wanted.pk


def test_what_no_window_handles_gets_no_number(hall, second, now):
    with pytest.raises(NotHandledHere):
        take_number(hall_id=hall.pk, service=SERVICE, now=now)


def test_no_number_for_a_service_that_is_none(take):
    with pytest.raises(NotFound):
        take("no.such_service")


def test_whoever_booked_goes_first_once_it_is_time(take, window, now):
    walked_in = take()
    booking = booked(window, now)
    at_ten = now + 30 * MINUTES
    arrived = arrive_with_booking(token=booking.token, actor=NOBODY, now=now)
    assert arrived.code == "B002"
    assert place_of(arrived.token, now).ahead == 1
    assert place_of(walked_in.token, at_ten).ahead == 1
    assert call(window, at_ten).pk == arrived.pk


def test_arriving_twice_gives_one_number(window, now):
    booking = booked(window, now)
    first, again = (
        arrive_with_booking(token=booking.token, actor=NOBODY, now=now)
        for _time in range(2)
    )
    assert first.pk == again.pk


@pytest.mark.parametrize(
    ("minutes", "refusal"),
    [(-1, TooEarly), (46, TooLate), (24 * 60, NotToday), (-24 * 60, NotToday)],
)
def test_a_number_is_given_around_the_booked_time_only(window, now, minutes, refusal):
    booking = booked(window, now)
    at = now + minutes * MINUTES  # half past nine is the earliest for ten
    with pytest.raises(refusal):
        arrive_with_booking(token=booking.token, actor=NOBODY, now=at)


def test_a_clerk_lets_somebody_in_at_any_time(window, now):
    booking = booked(window, now)
    ticket = arrive_with_booking(
        booking_id=booking.pk, actor=CLERK, now=now + 60 * MINUTES
    )
    assert ticket.booking_id == booking.pk
    with pytest.raises(NotPermitted):
        arrive_with_booking(booking_id=booking.pk, actor=FAR_CLERK, now=now)


def test_a_cancelled_booking_gives_no_number(window, now):
    booking = booked(window, now)
    cancel_booking(token=booking.token, now=now)
    with pytest.raises(BookingClosed):
        arrive_with_booking(token=booking.token, actor=NOBODY, now=now)


def test_whoever_did_not_come_can_wait_again(take, window, now):
    taken = take()
    call(window, now)
    miss_number(ticket_id=taken.pk, actor=CLERK, now=now)
    back = take_back(ticket_id=taken.pk, actor=CLERK, now=now)
    assert (back.state, back.window, back.clerk_label) == ("waiting", None, "")
    assert call(window, now).pk == taken.pk


def test_yesterdays_number_is_not_put_back(take, window, now):
    taken = take()
    call(window, now)
    miss_number(ticket_id=taken.pk, actor=CLERK, now=now)
    with pytest.raises(NotPossibleNow):
        take_back(ticket_id=taken.pk, actor=CLERK, now=now + timedelta(days=1))


@pytest.mark.parametrize("act", [start_serving, end_serving, miss_number, take_back])
def test_what_does_not_follow_is_refused(take, act, now):
    taken = take()
    if act is take_back:
        assert act(ticket_id=taken.pk, actor=CLERK, now=now).state == "waiting"
        return
    with pytest.raises(NotPossibleNow):
        act(ticket_id=taken.pk, actor=CLERK, now=now)


@pytest.mark.parametrize("actor", [FAR_CLERK, MANAGER, NOBODY])
def test_only_those_who_serve_there_call(take, window, now, actor):
    taken = take()
    with pytest.raises(NotPermitted):
        call(window, now, actor=actor)
    with pytest.raises(NotPermitted):
        start_serving(ticket_id=taken.pk, actor=actor, now=now)


def test_an_end_names_a_matter_that_is_there_or_none(take, window, now):
    taken = take()
    call(window, now)
    start_serving(ticket_id=taken.pk, actor=CLERK, now=now)
    with pytest.raises(NoSuchMatter):
        end_serving(ticket_id=taken.pk, matter_number="404", actor=CLERK, now=now)
    assert Ticket.objects.get().state == "serving"


def test_the_board_says_numbers_windows_and_about_how_long(take, hall, window, now):
    for _time in range(3):
        take()
    call(window, now)
    shown = standing(hall, now)
    assert [(one.code, one.window) for one in shown.called] == [("A001", 1)]
    assert (shown.waiting, shown.minutes) == (2, 20)


def test_once_somebody_was_served_the_median_of_the_day_counts(take, hall, window, now):
    for _time in range(3):
        take()
    served = call(window, now)
    start_serving(ticket_id=served.pk, actor=CLERK, now=now)
    end_serving(ticket_id=served.pk, actor=CLERK, now=now + 5 * MINUTES)
    assert standing(hall, now).minutes == 10


def test_a_number_is_opened_only_by_its_own_address(take, now):
    take()
    with pytest.raises(NotFound):
        place_of("guessed", now)
