import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.clock.models import CalendarDay
from jiangxin.foundation.db import (
    Among,
    after_commit,
    bulk_insert,
    empty_log,
    for_database,
    in_batches,
    needs_transaction,
    opens_transaction,
    reserve_ids,
)

DAYS = [date(2031, 1, day) for day in range(1, 8)]
COLUMNS = ["on", "is_working", "name", "source", "notice_year"]


def insert(days):
    on = for_database(CalendarDay, "on")
    rows = ((on(day), True, "", "test", day.year) for day in days)
    with transaction.atomic():
        return bulk_insert(CalendarDay, COLUMNS, rows)


@pytest.mark.django_db
def test_rows_are_inserted_in_bulk_and_counted():
    assert insert(DAYS) == len(DAYS)
    assert list(CalendarDay.objects.order_by("on").values_list("on", flat=True)) == DAYS


@pytest.mark.django_db
def test_inserting_no_rows_is_no_fault():
    assert insert([]) == 0


@pytest.mark.django_db
@pytest.mark.postgresql_only
@pytest.mark.parametrize("count", [999, 1_000])
def test_postgresql_looks_at_a_table_that_has_grown_by_much(count):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE clock_calendarday")
        insert([date(2031, 1, 1) + timedelta(day) for day in range(count)])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reltuples FROM pg_class WHERE relname = 'clock_calendarday'"
            )
            (known,) = cursor.fetchone()
    assert known == (1_000 if count == 1_000 else 0)


@pytest.mark.django_db
def test_a_broken_constraint_undoes_the_whole_bulk():
    with pytest.raises(IntegrityError):
        insert([*DAYS, DAYS[0]])
    assert not CalendarDay.objects.exists()


@pytest.mark.django_db
def test_reserved_keys_are_new_and_rising_and_never_given_twice():
    insert(DAYS)
    highest = max(CalendarDay.objects.values_list("pk", flat=True))
    with transaction.atomic():
        first = list(reserve_ids(CalendarDay, 3))
        on = for_database(CalendarDay, "on")
        rows = [
            (key, on(date(2032, 1, key % 28 + 1)), True, "", "test", 2032)
            for key in first
        ]
        bulk_insert(CalendarDay, ["id", *COLUMNS], rows)
    assert first == sorted(first)
    assert first[0] > highest
    with transaction.atomic():
        assert reserve_ids(CalendarDay, 1)[0] > first[-1]


@pytest.mark.django_db
def test_no_keys_are_reserved_when_none_are_asked_for():
    with transaction.atomic():
        assert list(reserve_ids(CalendarDay, 0)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 3])
def test_among_finds_what_in_finds(count):
    insert(DAYS)
    keys = list(CalendarDay.objects.values_list("pk", flat=True))[:count]
    found = CalendarDay.objects.filter(Among(F("id"), keys))
    assert sorted(found.values_list("pk", flat=True)) == sorted(keys)


@pytest.mark.django_db
def test_among_finds_texts_with_any_characters():
    names = ["o'clock", '"', "元旦", "\\", "50%"]
    for number, name in enumerate(names):
        CalendarDay.objects.create(
            on=DAYS[number], is_working=True, name=name, source="t", notice_year=2031
        )
    assert CalendarDay.objects.filter(Among(F("name"), names)).count() == len(names)


@pytest.mark.django_db(transaction=True)
def test_an_operation_opens_its_transaction_and_undoes_it_on_a_fault():
    @opens_transaction
    def create_and_fail():
        CalendarDay.objects.create(
            on=DAYS[0], is_working=True, source="t", notice_year=2031
        )
        raise LookupError

    with pytest.raises(LookupError):
        create_and_fail()
    assert not CalendarDay.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_operation_refuses_to_be_a_step_of_another():
    @opens_transaction
    def act():
        return 1

    with pytest.raises(RuntimeError), transaction.atomic():
        act()


@pytest.mark.django_db(transaction=True)
def test_a_step_refuses_to_run_on_its_own():
    @needs_transaction
    def step():
        return 1

    with pytest.raises(transaction.TransactionManagementError, match="step"):
        step()
    with transaction.atomic():
        assert step() == 1


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_the_commit_is_not_done_when_it_is_undone():
    done = []
    with transaction.atomic():
        after_commit(lambda: done.append("undone"))
        transaction.set_rollback(True)
    with transaction.atomic():
        after_commit(lambda: done.append("committed"))
        assert done == []
    assert done == ["committed"]


def test_a_column_without_a_value_of_its_own_has_no_form():
    from jiangxin.kernel.register.models import Person

    with pytest.raises(TypeError, match="employments"):
        for_database(Person, "employments")


@given(st.lists(st.integers()), st.integers(1, 10))
def test_batches_hold_everything_once_and_in_order(items, size):
    batches = list(in_batches(items, size))
    assert [item for batch in batches for item in batch] == items
    assert all(1 <= len(batch) <= size for batch in batches)


@pytest.mark.django_db
def test_the_database_under_test_is_one_of_the_two():
    assert connection.vendor in {"sqlite", "postgresql"}


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_in_the_file_once_the_log_is_empty(tmp_path):
    insert(DAYS)
    empty_log()
    if connection.vendor != "sqlite":
        return
    alone = shutil.copy(connection.settings_dict["NAME"], tmp_path)  # without its log
    with closing(sqlite3.connect(alone)) as copied:
        found = copied.execute("SELECT count(*) FROM clock_calendarday").fetchone()
    assert found == (len(DAYS),)
