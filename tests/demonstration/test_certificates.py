"""The plan of what is held and issued beside the figures of the stories."""

from datetime import date

import pytest

from jiangxin.demonstration.certificates import listed, term
from jiangxin.demonstration.holdings import listed as listed_holdings
from jiangxin.kernel.credentials.enums import GRADES, KIND_LADDERS, CredentialKind
from jiangxin.kernel.credentials.operations.sharing import LONGEST_DAYS
from jiangxin.kernel.credentials.queries.expiring import DAYS

ENTRIES = [*listed()["passport"], *listed()["others"]]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["title"])
def test_every_entry_is_of_a_kind_and_grade_there_is(entry):
    ladder = KIND_LADDERS.get(CredentialKind(entry["kind"]), "")
    assert entry.get("ladder", "") == ladder
    if ladder:
        assert entry["grade"] in GRADES[ladder].values


def test_something_ends_within_30_60_and_90_days_and_something_has_ended():
    days = [day for entry in listed()["others"] for day in entry["ends_in"]]
    least = 0
    for until in sorted(DAYS.values()):
        assert sum(least < day <= until for day in days) >= 5
        least = until
    assert sum(day < 0 for day in days) >= 3


@pytest.mark.parametrize(
    "on", [date(2026, 11, 23), date(2028, 2, 29), date(2027, 1, 31)]
)
def test_every_term_begins_before_the_day_it_is_recorded(on):
    for entry in listed()["others"]:
        for days in entry["ends_in"]:
            begins, ends = term(entry, days, on)
            assert begins < on
            assert (ends - on).days == days


def test_nothing_is_added_to_what_the_stories_count():
    counted = {
        one["kind"]
        for one in listed_holdings()["credentials"]
        if one["place"] == "tiantai" and one["of"] == "people"
    }
    assert not counted & {entry["kind"] for entry in ENTRIES}


def test_links_are_such_as_workers_can_make():
    for entry in listed()["shares"]:
        assert 0 < entry["days"] <= LONGEST_DAYS
        opened = [*entry["opened"], entry.get("withdrawn", entry["ago"])]
        assert max(opened) <= entry["ago"]
