import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail.models import TrailEvent
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.operations.matching import follow_changed_people
from jiangxin.kernel.register.registry import PeopleChange
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, leaf, policy

pytestmark = pytest.mark.django_db

SENIOR = policy(leaf("skill_grade", "at_least", 3), code="tests.senior")
YOUNG = policy(leaf("birth_on", "age_at_most", 45), code="tests.young")


def match(*policies, person_ids=None, now=NOW, on=TODAY, reason="tests"):
    with transaction.atomic():
        return operations.match_people(
            person_ids=person_ids,
            on=on,
            actor=SYSTEM,
            now=now,
            reason=reason,
            policies=policies or [SENIOR, YOUNG],
        )


def served(code="tests.senior"):
    found = PolicyMatch.objects.filter(policy_code=code, valid_to__isnull=True)
    return set(found.values_list("person_id", flat=True))


@pytest.fixture
def people():
    senior, junior = making.person(1), making.person(2)
    making.certify(senior, 3)
    making.certify(junior, 2)
    return senior, junior


def test_matching_finds_whom_a_policy_serves(people):
    run = match()
    assert served() == {people[0].pk}
    assert run.counts["tests.senior"] == {"eligible": 1, "gained": 1, "lost": 0}
    found = PolicyMatch.objects.get(policy_code="tests.senior")
    assert (found.valid_from, found.policy_version) == (TODAY, "v1")
    assert found.gained_in == run


def test_matching_twice_changes_nothing(people):
    match()
    before = list(PolicyMatch.objects.order_by("pk").values())
    run = match()
    assert list(PolicyMatch.objects.order_by("pk").values()) == before
    assert run.counts["tests.young"] == {"eligible": 2, "gained": 0, "lost": 0}


def test_match_ends_when_a_condition_is_no_longer_met(people):
    match()
    people[0].credentials.update(status="revoked")
    later = NOW + timedelta(days=1)
    run = match(now=later, on=TODAY + timedelta(days=1))
    assert served() == set()
    ended = PolicyMatch.objects.get(policy_code="tests.senior")
    assert (ended.valid_to, ended.lost_in) == (TODAY + timedelta(days=1), run)
    assert run.counts["tests.senior"] == {"eligible": 0, "gained": 0, "lost": 1}


def test_match_that_is_regained_is_a_new_one(people):
    match()
    people[0].credentials.update(status="revoked")
    match()
    people[0].credentials.update(status="valid")
    match()
    assert served() == {people[0].pk}
    assert PolicyMatch.objects.filter(policy_code="tests.senior").count() == 2


def test_only_the_people_named_are_looked_at(people):
    senior, junior = people
    match(person_ids=[junior.pk])
    assert served() == set()
    match(person_ids=[senior.pk, senior.pk])
    assert served() == {senior.pk}
    senior.credentials.update(status="revoked")
    run = match(person_ids=[junior.pk])
    assert served() == {senior.pk}
    assert run.people == 1
    match(person_ids=[senior.pk])
    assert served() == set()


def test_only_the_policies_named_are_matched(people):
    match(SENIOR)
    assert served("tests.young") == set()


def test_matching_everybody_ends_the_matches_of_withdrawn_policies(people):
    match()
    with transaction.atomic():
        operations.match_people(
            person_ids=None, on=TODAY, actor=SYSTEM, now=NOW, reason="tests"
        )
    assert served("tests.senior") == set()
    assert served("craftsmen.highly_skilled_worker") == {people[0].pk}


def test_run_is_recorded_in_the_trail(people):
    run = match(reason="roster:7")
    event = TrailEvent.objects.get(subject=f"policy_match_run:{run.pk}")
    assert event.kind == "policy.people_matched"
    payload = json.loads(event.payload)
    assert payload["reason"] == "roster:7"
    assert payload["gained"] == {"tests.senior": 1, "tests.young": 2}


@pytest.mark.parametrize("days", [1, -1])
def test_matches_cannot_be_written_for_another_day(people, days):
    match()
    with pytest.raises(operations.NotOnThisDay) as caught:
        match(on=TODAY + timedelta(days=days))
    assert "2026" in caught.value.message
    assert MatchRun.objects.count() == 1


def test_the_past_can_be_matched_before_anything_later_was(people):
    match(on=TODAY - timedelta(days=30))
    match()
    assert PolicyMatch.objects.get(policy_code="tests.senior").valid_from < TODAY


def test_preview_counts_the_difference_and_writes_nothing(people):
    match()
    making.certify(people[1], 4)
    people[0].credentials.update(status="revoked")
    with transaction.atomic():
        counts = operations.preview(person_ids=None, on=TODAY, policies=[SENIOR])
    assert counts["tests.senior"] == operations.PolicyCounts(1, gained=1, lost=1)
    assert served() == {people[0].pk}


def test_preview_answers_for_any_day(people):
    with transaction.atomic():
        on = date(2035, 12, 31)
        counts = operations.preview(person_ids=None, on=on, policies=[YOUNG])
        assert counts["tests.young"].eligible == 2
        on = date(2036, 1, 1)
        counts = operations.preview(person_ids=None, on=on, policies=[YOUNG])
        assert counts["tests.young"].eligible == 0


def test_change_of_people_is_followed_in_its_transaction(people):
    change = PeopleChange([people[0].pk], TODAY, NOW, SYSTEM, "credential")
    with transaction.atomic():
        follow_changed_people(change)
        assert served("craftsmen.highly_skilled_worker") == {people[0].pk}
        transaction.set_rollback(True)
    assert served("craftsmen.highly_skilled_worker") == set()
    assert MatchRun.objects.count() == 0


@pytest.mark.parametrize("days", [-1, 1])
def test_change_is_followed_as_of_today_or_the_last_run(people, days):
    """A roster's work may begin before midnight and end after the night's run."""
    match(now=NOW + timedelta(days=max(days, 0)), on=TODAY + timedelta(days=days))
    earlier = PeopleChange(
        [people[0].pk], TODAY - timedelta(days=90), NOW, SYSTEM, "roster:1"
    )
    with transaction.atomic():
        follow_changed_people(earlier)
    assert MatchRun.objects.latest("pk").on == TODAY + timedelta(days=max(days, 0))
    assert served("craftsmen.highly_skilled_worker") == {people[0].pk}


def test_change_of_nobody_is_no_run():
    with transaction.atomic():
        follow_changed_people(PeopleChange([], TODAY, NOW, SYSTEM, "credential"))
    assert MatchRun.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_matching_needs_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        operations.match_people(
            person_ids=None, on=TODAY, actor=SYSTEM, now=NOW, reason="tests"
        )


@pytest.mark.django_db(transaction=True)
def test_everyone_is_matched_as_of_the_federations_day(people):
    late_evening = datetime(2026, 11, 22, 17, tzinfo=UTC)  # the 23rd in Zhejiang
    told = []
    run = operations.match_everyone(
        actor=SYSTEM,
        now=late_evening,
        reason="tests",
        policies=[SENIOR, YOUNG],
        report=lambda done, total: told.append((done, total)),
    )
    assert run.on == date(2026, 11, 23)
    assert run.people is None
    assert told == [(0, 2), (1, 2)]
