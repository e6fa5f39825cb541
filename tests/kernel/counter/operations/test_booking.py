"""A time is kept for one person only, on working days, for so many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jiangxin.foundation.clock.models import CalendarDay
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.kernel.counter.enums import BookingState
from jiangxin.kernel.counter.models import Booking
from jiangxin.kernel.counter.operations.booking import (
    BookingClosed,
    SlotFull,
    SlotNotOffered,
    TooManyBookings,
    Wanted,
    book,
    cancel_booking,
    count_contacts,
    forget_contacts,
    mark_missed,
    miss_bookings,
)
from jiangxin.kernel.counter.queries.slots import days_to_book, slots_of
from tests.kernel.counter.conftest import (
    CLERK,
    FAR_CLERK,
    JOIN,
    MANAGER,
    MONDAY,
    SERVICE,
)

pytestmark = pytest.mark.django_db(transaction=True)

TEN = time(10)


def wanted(window, number=1, **more):
    given = {
        "window_id": window.pk,
        "service": SERVICE,
        "on": MONDAY,
        "starts": TEN,
        "name": f"王{number}",
        "phone": f"138001380{number:02}",
    }
    return Wanted(**{**given, **more})


def left(window, now, at=TEN, on=MONDAY):
    found = slots_of(window.hall, SERVICE, on, now)
    return next(slot.left for slot in found if slot.starts == at)


def test_a_booked_time_is_no_longer_left(window, now):
    booking = book(wanted(window), now=now)
    assert booking.position == 1
    assert left(window, now) == 1


def test_a_full_slot_is_refused(window, now):
    for number in (1, 2):
        book(wanted(window, number), now=now)
    with pytest.raises(SlotFull):
        book(wanted(window, 3), now=now)


def test_a_cancelled_time_is_given_to_another(window, now):
    first = book(wanted(window, 1), now=now)
    book(wanted(window, 2), now=now)
    cancel_booking(token=first.token, now=now)
    assert book(wanted(window, 3), now=now).position == 1


@pytest.mark.parametrize(
    "more",
    [
        {"starts": time(10, 10)},
        {"starts": time(9)},  # over: it is half past nine
        {"on": MONDAY - timedelta(days=1)},
        {"on": date(2026, 11, 28)},  # a Saturday
        {"on": MONDAY + timedelta(days=15)},
    ],
)
def test_what_is_not_offered_cannot_be_booked(window, now, more):
    with pytest.raises(SlotNotOffered):
        book(wanted(window, **more), now=now)


def test_a_make_up_saturday_can_be_booked_and_a_holiday_not(window, now):
    saturday, tuesday = date(2026, 11, 28), date(2026, 11, 24)
    for on, is_working in ((saturday, True), (tuesday, False)):
        CalendarDay.objects.create(
            on=on, is_working=is_working, name="调休", source="通知", notice_year=2026
        )
    assert saturday in days_to_book(now)
    assert book(wanted(window, on=saturday), now=now).on == saturday
    assert slots_of(window.hall, SERVICE, tuesday, now) == []


def test_a_window_is_booked_only_for_what_it_handles(window, now):
    window.services = [JOIN]
    window.save()
    with pytest.raises(SlotNotOffered):
        book(wanted(window), now=now)


def test_a_closed_window_is_not_there(window, now):
    window.is_open = False
    window.save()
    with pytest.raises(NotFound):
        book(wanted(window), now=now)


def test_one_phone_holds_two_times_at_most(window, now):
    for at in (TEN, time(10, 30)):
        book(wanted(window, starts=at), now=now)
    with pytest.raises(TooManyBookings):
        book(wanted(window, on=MONDAY + timedelta(days=1)), now=now)


def test_many_at_once_get_no_place_twice(window, now):
    def attempt(number):
        try:
            return book(wanted(window, number), now=now).position
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(attempt, range(1, 13)))
    assert sorted(place for place in places if place) == [1, 2]
    assert Booking.objects.count() == 2


def test_the_database_itself_gives_a_place_once(window, now):
    booking = book(wanted(window), now=now)
    booking.pk, booking.token = None, "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        booking.save(force_insert=True)


def test_cancelling_twice_changes_nothing_more(window, now):
    booking = book(wanted(window), now=now)
    cancel_booking(token=booking.token, now=now)
    again = cancel_booking(token=booking.token, now=now + timedelta(hours=1))
    assert again.changed_at == now


def test_only_an_address_that_was_given_opens_a_booking(window, now):
    book(wanted(window), now=now)
    with pytest.raises(NotFound):
        cancel_booking(token="guessed", now=now)


def test_a_clerk_says_that_nobody_came(window, now):
    booking = book(wanted(window), now=now)
    assert mark_missed(booking_id=booking.pk, actor=CLERK, now=now).state == "missed"
    with pytest.raises(BookingClosed):
        cancel_booking(token=booking.token, now=now)


@pytest.mark.parametrize("actor", [FAR_CLERK, MANAGER])
def test_others_do_not(window, now, actor):
    booking = book(wanted(window), now=now)
    with pytest.raises(NotPermitted):
        mark_missed(booking_id=booking.pk, actor=actor, now=now)


def test_at_night_what_nobody_came_for_is_missed(window, now):
    book(wanted(window), now=now)
    assert miss_bookings(now) == 0
    assert miss_bookings(now + timedelta(days=1)) == 1
    assert miss_bookings(now + timedelta(days=1)) == 0
    assert Booking.objects.get().state == BookingState.MISSED


def test_name_and_phone_are_forgotten_and_the_booking_stays(window, now):
    book(wanted(window), now=now)
    before = now + timedelta(days=1)
    assert count_contacts(now) == 0
    assert count_contacts(before) == forget_contacts(before) == 1
    kept = Booking.objects.get()
    assert (kept.contact_name, kept.contact_phone, kept.phone_index) == ("", "", "")
    assert count_contacts(before) == 0
