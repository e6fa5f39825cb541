"""Each test commits: the snapshot is written beside the register's transactions."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.enums import Period
from jiangxin.kernel.policy.models import ChangedPeople, MatchRun, PolicyMatch
from jiangxin.kernel.policy.operations import on_snapshot
from jiangxin.kernel.policy.operations.matching import follow_changed_people
from jiangxin.kernel.policy.rules.tree import Amount, GrantRow, GrantTable
from jiangxin.kernel.policy.snapshot import store
from jiangxin.kernel.register.models import Person
from jiangxin.kernel.register.registry import PeopleChange
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, WORDS, leaf, policy

pytestmark = pytest.mark.django_db(transaction=True)


def row(fen, *when):
    return GrantRow(when, Amount(fen), None, WORDS, "c. 4")


GRANTS = GrantTable(
    Period.ONCE, (row(500, leaf("skill_grade", "at_least", 5)), row(100))
)
SENIOR = policy(leaf("skill_grade", "at_least", 3), code="tests.senior", grants=GRANTS)
YOUNG = policy(leaf("birth_on", "age_at_most", 45), code="tests.young")
SOME_DAY = TODAY + timedelta(days=1)


@pytest.fixture
def in_force(monkeypatch):
    """Say which policies there are."""

    def choose(*policies):
        for module in ("on_snapshot", "matching"):
            monkeypatch.setattr(
                f"jiangxin.kernel.policy.operations.{module}.all_policies",
                lambda: list(policies),
            )

    choose(SENIOR, YOUNG)
    return choose


@pytest.fixture
def people(in_force):
    senior, junior = making.person(1), making.person(2)
    making.certify(senior, 3)
    making.certify(junior, 2)
    return senior, junior


def match(days=0, **options):
    return operations.match_on_snapshot(
        actor=SYSTEM, now=NOW + timedelta(days=days), reason="tests", **options
    )


def served(code="tests.senior"):
    found = PolicyMatch.objects.filter(policy_code=code, valid_to__isnull=True)
    return dict(found.values_list("person_id", "amount_fen"))


def announce(*people, days=0, is_followed=True):
    at = NOW + timedelta(days=days)
    change = PeopleChange([one.pk for one in people], TODAY, at, SYSTEM, "credential")
    with transaction.atomic():
        on_snapshot.note_changed_people(change)
        if is_followed:
            follow_changed_people(change)


def raise_grade(who, grade, **options):
    who.credentials.update(grade=grade)
    announce(who, **options)


def test_first_matching_finds_everybody_and_what_they_are_granted(people):
    run = match()
    assert served() == {people[0].pk: 100}
    assert run.counts["tests.senior"] == {"eligible": 1, "gained": 1, "lost": 0}
    assert run.counts["tests.young"] == {"eligible": 2, "gained": 2, "lost": 0}
    found = PolicyMatch.objects.get(policy_code="tests.senior")
    assert (found.valid_from, found.policy_version, found.grant_row) == (TODAY, "v1", 2)
    assert found.gained_because is None
    assert run.people is None


def test_matching_twice_changes_nothing(people):
    match()
    before = list(PolicyMatch.objects.order_by("pk").values())
    run = match()
    assert list(PolicyMatch.objects.order_by("pk").values()) == before
    assert run.counts["tests.young"] == {"eligible": 2, "gained": 0, "lost": 0}


def test_changed_record_is_read_again_and_named_as_the_cause(people):
    match()
    raise_grade(people[1], 3, is_followed=False)
    run = match()
    assert served() == {people[0].pk: 100, people[1].pk: 100}
    assert run.counts["tests.senior"] == {"eligible": 2, "gained": 1, "lost": 0}
    gained = PolicyMatch.objects.get(gained_in=run)
    assert gained.gained_because == {
        "why": "record",
        "changed": {"skill_grade": [2, 3]},
    }
    assert run.watermark
    assert not ChangedPeople.objects.exists()


def test_record_that_changed_unannounced_is_found_when_all_is_read_anew(people):
    match()
    people[1].credentials.update(grade=3)
    assert match().counts["tests.senior"]["gained"] == 0
    run = match(anew=True)
    assert run.counts["tests.senior"]["gained"] == 1
    gained = PolicyMatch.objects.get(gained_in=run)
    assert gained.gained_because == {
        "why": "record",
        "changed": {"skill_grade": [2, 3]},
    }


def test_lost_match_says_which_change_ended_it(people):
    match()
    people[0].credentials.update(status="revoked")
    announce(people[0], is_followed=False)
    run = match()
    lost = PolicyMatch.objects.get(lost_in=run)
    assert lost.valid_to == TODAY
    assert lost.lost_because == {"why": "record", "changed": {"skill_grade": [3, None]}}


def test_personal_values_are_not_repeated_in_the_cause(people):
    match()
    Person.objects.filter(pk=people[1].pk).update(birth_on=date(1970, 1, 1))
    announce(people[1], is_followed=False)
    run = match()
    lost = PolicyMatch.objects.get(lost_in=run)
    assert lost.lost_because == {"why": "record", "changed": {"birth_on": None}}


def test_other_grant_alters_the_match_and_neither_begins_nor_ends_one(people):
    match()
    raise_grade(people[0], 5, is_followed=False)
    run = match()
    assert served() == {people[0].pk: 500}
    assert run.counts["tests.senior"] == {"eligible": 1, "gained": 0, "lost": 0}
    assert PolicyMatch.objects.filter(policy_code="tests.senior").count() == 1


def test_change_that_was_matched_at_once_is_not_counted_twice(people):
    match()
    raise_grade(people[1], 3)
    assert served() == {people[0].pk: 100, people[1].pk: 100}
    run = match()
    assert run.counts["tests.senior"] == {"eligible": 2, "gained": 0, "lost": 0}
    assert served() == {people[0].pk: 100, people[1].pk: 100}


def test_match_lost_by_day_and_regained_by_night_is_begun_again(people):
    """What the register's database holds counts, not what the file held last night."""
    match()
    people[0].credentials.update(status="suspended")
    announce(people[0])
    assert served() == {}
    people[0].credentials.update(status="valid")
    match()
    assert set(served()) == {people[0].pk}


def test_birthday_is_found_without_any_change_of_a_record(people):
    Person.objects.filter(pk=people[1].pk).update(birth_on=date(1980, 11, 23))
    match()
    assert people[1].pk in served("tests.young")
    run = match(days=1)
    assert people[1].pk not in served("tests.young")
    lost = PolicyMatch.objects.get(lost_in=run)
    assert lost.lost_because == {"why": "day"}


def test_certificate_that_lapses_by_itself_is_found(people):
    people[0].credentials.update(valid_to=SOME_DAY)
    making.certify(people[1], 4, since=SOME_DAY)
    match()
    run = match(days=1)
    assert set(served()) == {people[1].pk}
    lost = PolicyMatch.objects.get(lost_in=run)
    assert lost.lost_because == {"why": "record", "changed": {"skill_grade": [3, None]}}


def test_changed_policy_is_asked_of_everybody_and_named_as_the_cause(people, in_force):
    match()
    in_force(
        policy(leaf("skill_grade", "at_least", 2), code="tests.senior", version="v2"),
        YOUNG,
    )
    run = match()
    gained = PolicyMatch.objects.get(gained_in=run)
    assert (gained.person, gained.policy_version) == (people[1], "v2")
    assert gained.gained_because == {"why": "policy"}
    assert served() == {people[0].pk: None, people[1].pk: None}


def test_withdrawn_policy_serves_nobody(people, in_force):
    match()
    in_force(YOUNG)
    run = match()
    assert served() == {}
    assert PolicyMatch.objects.get(lost_in=run).lost_because == {"why": "withdrawn"}


def test_matches_of_the_database_are_taken_over_by_the_first_snapshot(people):
    with transaction.atomic():
        operations.match_people(
            person_ids=None, on=TODAY, actor=SYSTEM, now=NOW, reason="tests"
        )
    people[0].credentials.update(status="revoked")
    run = match()
    assert run.counts["tests.senior"] == {"eligible": 0, "gained": 0, "lost": 1}


def test_matching_everybody_in_the_database_makes_the_next_snapshot_read_all(people):
    match()
    people[1].credentials.update(grade=3)
    operations.match_everyone(actor=SYSTEM, now=NOW, reason="tests")
    assert set(served()) == {people[0].pk, people[1].pk}
    people[1].credentials.update(grade=2)
    match()
    assert set(served()) == {people[0].pk}


def test_merged_record_is_served_no_longer(people):
    match()
    Person.objects.filter(pk=people[0].pk).update(merged_into=people[1])
    announce(people[0], is_followed=False)
    run = match()
    assert served() == {}
    assert PolicyMatch.objects.filter(lost_in=run).count() == 2


def test_change_while_the_file_is_made_keeps_its_own_answer(people, monkeypatch):
    """The file knows the record as it was; the change has been matched meanwhile."""
    match()
    raise_grade(people[1], 3, is_followed=False)
    evaluate = on_snapshot.evaluate

    def be_overtaken(*args, **kwargs):
        raise_grade(people[1], 2)
        return evaluate(*args, **kwargs)

    monkeypatch.setattr(on_snapshot, "evaluate", be_overtaken)
    match()
    assert set(served()) == {people[0].pk}
    monkeypatch.setattr(on_snapshot, "evaluate", evaluate)
    match()
    assert set(served()) == {people[0].pk}


def test_run_that_is_killed_before_publishing_is_done_again(people, monkeypatch):
    match()
    before = store.published_file()
    raise_grade(people[1], 3, is_followed=False)

    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "_publish", die)
        with pytest.raises(KeyboardInterrupt):
            match()
    assert store.published_file() == before
    assert ChangedPeople.objects.count() == 1
    run = match()
    assert run.counts["tests.senior"] == {"eligible": 2, "gained": 0, "lost": 0}
    assert set(served()) == {people[0].pk, people[1].pk}
    assert not ChangedPeople.objects.exists()


def test_other_day_than_today_is_refused_once_a_later_one_is_kept(people):
    match(days=1)
    with pytest.raises(operations.NotOnThisDay):
        match()
    assert MatchRun.objects.count() == 1


def test_run_is_of_the_size_of_its_register(people, settings):
    settings.JIANGXIN_SNAPSHOT_FROM = 3
    run = operations.match_register(actor=SYSTEM, now=NOW, reason="tests")
    assert run.watermark is None
    assert store.published_file() is None
    settings.JIANGXIN_SNAPSHOT_FROM = 2
    operations.match_register(actor=SYSTEM, now=NOW, reason="tests")
    assert store.published_file()


def test_change_that_is_matched_at_once_names_what_changed_since_the_snapshot(people):
    match()
    raise_grade(people[1], 5)
    gained = PolicyMatch.objects.get(policy_code="tests.senior", person=people[1])
    assert gained.gained_because == {
        "why": "record",
        "changed": {"skill_grade": [2, 5]},
    }
    people[0].credentials.update(status="revoked")
    announce(people[0])
    lost = PolicyMatch.objects.get(policy_code="tests.senior", person=people[0])
    assert lost.lost_because["changed"] == {"skill_grade": [3, None]}


def test_without_a_snapshot_only_that_the_record_changed_is_known(people):
    announce(people[0])
    assert PolicyMatch.objects.get(policy_code="tests.senior").gained_because == {
        "why": "record"
    }


def test_honour_that_grows_too_old_to_count_is_found(people, in_force):
    in_force(
        policy(
            leaf("credential_count__skill_certificate__any__36", "at_least", 1),
            code="tests.recent",
        )
    )
    people[0].credentials.update(valid_from=date(2023, 11, 23))
    people[1].credentials.update(valid_from=date(2023, 11, 1))
    match()
    assert set(served("tests.recent")) == {people[0].pk}
    match(days=2)
    assert served("tests.recent") == {}


def test_snapshot_of_another_database_is_not_believed(people):
    """Such as after a backup was put back: its people and matches are not ours."""
    run = match()
    PolicyMatch.objects.all().delete()
    MatchRun.objects.all().delete()
    people[1].credentials.update(grade=5)
    assert match().counts["tests.senior"] == {"eligible": 2, "gained": 2, "lost": 0}
    assert not MatchRun.objects.filter(snapshot=run.snapshot).exists()
