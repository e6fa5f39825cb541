from dataclasses import replace
from datetime import date

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.enums import Period
from jiangxin.kernel.policy.rules.tree import Amount, GrantRow, GrantTable
from jiangxin.kernel.policy.snapshot import whatif
from jiangxin.kernel.policy.snapshot.store import NoSnapshot
from jiangxin.kernel.policy.snapshot.whatif import NotInSnapshot, RowReach
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, WORDS, leaf, policy

pytestmark = pytest.mark.django_db(transaction=True)

HIGH = GrantRow(
    (leaf("skill_grade", "at_least", 5),), Amount(50_000), None, WORDS, "c. 4"
)
ANY = GrantRow((), Amount(10_000), None, WORDS, "c. 5")
SKILLED = leaf("skill_grade", "at_least", 3)
YOUNG = leaf("birth_on", "age_at_most", 45)
DRAFT = policy(SKILLED, YOUNG, grants=GrantTable(Period.ONCE, (HIGH, ANY)))


@pytest.fixture
def people(monkeypatch):
    """Four: young and skilled, young and a master, old and a master, young and unskilled."""
    monkeypatch.setattr(
        "jiangxin.kernel.policy.operations.on_snapshot.all_policies",
        lambda: [policy(SKILLED)],
    )
    employers = [
        making.organisation(f"o{place}", at=region)
        for place, region in enumerate(("331023", "330726"))
    ]
    made = []
    for place, (grade, year) in enumerate(
        [(3, 1990), (5, 1990), (5, 1960), (None, 1990)]
    ):
        one = making.person(place, birth_on=date(year, 1, 1))
        making.employ(one, employers[place % 2])
        if grade:
            making.certify(one, grade)
        made.append(one)
    operations.match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    return made


def test_draft_is_counted_and_costed_by_rows(people):
    found = whatif.what_if(DRAFT, on=TODAY)
    assert (found.people, found.fen, found.register) == (2, 60_000, 4)
    assert found.rows == (RowReach(1, 1, 50_000), RowReach(2, 1, 10_000))
    assert (found.on, found.snapshot_on) == (TODAY, TODAY)


def test_draft_is_compared_with_whom_the_policy_serves_now(people):
    found = whatif.what_if(DRAFT, on=TODAY)
    assert (found.adds, found.drops) == (0, 1)
    assert whatif.moved(DRAFT, "drops", on=TODAY) == [people[2].pk]
    assert whatif.moved(DRAFT, "adds", on=TODAY) == []


def test_policy_that_is_new_adds_all_whom_it_would_serve(people):
    new = replace(DRAFT, code="tests.new")
    found = whatif.what_if(new, on=TODAY)
    assert (found.adds, found.drops) == (2, 0)
    expected = [people[0].pk, people[1].pk]
    assert whatif.moved(new, "adds", on=TODAY) == expected
    assert whatif.moved(new, "adds", on=TODAY, most=1) == expected[:1]


def test_draft_is_asked_of_a_place_only(people):
    found = whatif.what_if(DRAFT, on=TODAY, within=["3310"])
    assert (found.people, found.register, found.drops) == (1, 2, 1)
    assert whatif.what_if(DRAFT, on=TODAY, within=["33", "11"]).people == 2


def test_place_that_is_no_division_code_holds_nobody(people):
    assert whatif.what_if(DRAFT, on=TODAY, within=["' OR true --"]).register == 0


def test_funnel_counts_each_condition_alone_and_who_fails_no_other(people):
    skilled, young = whatif.funnel(DRAFT, on=TODAY)
    assert (skilled.condition, skilled.alone, skilled.only) == (SKILLED, 3, 1)
    assert (young.condition, young.alone, young.only) == (YOUNG, 3, 1)


def test_funnel_begins_with_the_region_of_a_policy_that_has_one(people):
    region, *_others = whatif.funnel(replace(DRAFT, region="3310"), on=TODAY)
    assert (region.condition, region.alone, region.only) == (None, 2, 1)


def test_funnel_of_a_draft_of_next_year_is_not_empty(people):
    later = replace(DRAFT, in_force_from=date(2027, 1, 1))
    assert whatif.what_if(later, on=TODAY).people == 0
    assert whatif.funnel(later, on=TODAY)[0].alone == 3


def test_without_a_snapshot_there_is_no_answer_but_how_to_make_one(db):
    with pytest.raises(NoSnapshot) as caught:
        whatif.what_if(DRAFT, on=TODAY)
    assert "policy snapshot refresh" in caught.value.message


def test_draft_that_reads_what_the_snapshot_lacks_is_refused_by_its_name(people):
    counted = leaf("credential_count__honour__any__36", "at_least", 1)
    with pytest.raises(NotInSnapshot) as caught:
        whatif.what_if(policy(counted), on=TODAY)
    assert caught.value.values["attributes"]
