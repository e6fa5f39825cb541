"""Policies about organisations keep matches like those about people."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.enums import Period, Subject
from jiangxin.kernel.policy.models import OrganisationMatch, OrganisationProfile
from jiangxin.kernel.policy.operations.dry_run import dry_run, moved_people
from jiangxin.kernel.policy.operations.matching import follow_changed_people
from jiangxin.kernel.policy.queries.explanations import explanations_of_organisation
from jiangxin.kernel.policy.rules.tree import Amount, GrantRow, GrantTable
from jiangxin.kernel.register.registry import PeopleChange
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, WORDS, leaf, policy
from tests.kernel.register.cast import Scope, Somebody

pytestmark = pytest.mark.django_db

ABOUT = {"subject": Subject.ORGANISATION}
GRANTS = GrantTable(
    Period.ONCE,
    (
        GrantRow(
            (leaf("organisation_employees", "at_least", 2),),
            Amount(500),
            None,
            WORDS,
            "c. 4",
        ),
        GrantRow((), Amount(100), None, WORDS, "c. 5"),
    ),
)
LARGE = policy(
    leaf("organisation_employees", "at_least", 1),
    code="tests.large",
    grants=GRANTS,
    **ABOUT,
)
RATED = policy(
    leaf("organisation_credential_count__enterprise_rating", "at_least", 1),
    code="tests.rated",
    **ABOUT,
)
TIANTAI = Somebody((Scope("331023"),))


@pytest.fixture
def in_force(monkeypatch):
    def choose(*policies):
        for module in ("on_snapshot", "matching"):
            monkeypatch.setattr(
                f"jiangxin.kernel.policy.operations.{module}.all_policies",
                lambda: list(policies),
            )

    choose(LARGE, RATED)
    return choose


@pytest.fixture
def mill(in_force):
    made = making.organisation("mill")
    making.employ(making.person(1), made)
    return made


@pytest.fixture
def farm(in_force):
    return making.organisation("farm", at="330726")


def match(days=0, **options):
    with transaction.atomic():
        return operations.match_people(
            person_ids=options.pop("person_ids", None),
            on=TODAY + timedelta(days=days),
            actor=SYSTEM,
            now=NOW + timedelta(days=days),
            reason="tests",
            **options,
        )


def served(code="tests.large"):
    found = OrganisationMatch.objects.filter(policy_code=code, valid_to__isnull=True)
    return dict(found.values_list("organisation__code", "amount_fen"))


def rate(organisation):
    Credential.objects.create(
        organisation=organisation,
        kind="enterprise_rating",
        valid_from=making.LONG_AGO,
        recorded_at=NOW,
    )


def test_matching_finds_which_organisations_a_policy_serves(mill, farm):
    run = match()
    assert served() == {"mill": 100}
    assert run.counts["tests.large"] == {"eligible": 1, "gained": 1, "lost": 0}
    assert run.counts["tests.rated"] == {"eligible": 0, "gained": 0, "lost": 0}
    found = OrganisationMatch.objects.get()
    assert (found.valid_from, found.policy_version, found.grant_row) == (TODAY, "v1", 2)
    assert found.gained_because is None


def test_matching_twice_changes_nothing(mill, farm):
    match()
    before = list(OrganisationMatch.objects.values())
    run = match()
    assert list(OrganisationMatch.objects.values()) == before
    assert run.counts["tests.large"] == {"eligible": 1, "gained": 0, "lost": 0}


def test_answers_of_matching_and_of_the_explanation_agree(mill, farm):
    rate(farm)
    match()
    for one in (LARGE, RATED):
        for organisation in (mill, farm):
            answer = explanations_of_organisation(
                organisation.pk, on=TODAY, policies=[one]
            )[0]
            is_served = organisation.code in served(one.code)
            assert (answer.verdict == "eligible") == is_served


def test_match_that_is_lost_or_gained_names_the_change(mill, farm):
    match()
    rate(farm)
    mill.employments.update(valid_to=TODAY)
    run = match(days=1)
    assert served() == {}
    lost = OrganisationMatch.objects.get(policy_code="tests.large")
    assert (lost.valid_to, lost.lost_in) == (TODAY + timedelta(days=1), run)
    assert lost.lost_because == {
        "why": "record",
        "changed": {"organisation_employees": [1, 0]},
    }
    gained = OrganisationMatch.objects.get(policy_code="tests.rated")
    assert gained.gained_because["changed"] == {
        "organisation_credential_count__enterprise_rating": [0, 1]
    }


def test_policy_that_changed_is_the_cause_where_no_record_did(mill, farm, in_force):
    match()
    easier = replace(
        LARGE,
        conditions=(leaf("organisation_employees", "at_least", 0),),
        version="v2",
        text="another",
    )
    in_force(easier)
    match(days=1)
    gained = OrganisationMatch.objects.get(organisation=farm)
    assert gained.gained_because == {"why": "policy"}
    assert OrganisationMatch.objects.filter(organisation=mill).count() == 1


def test_what_is_granted_is_kept_up_without_a_new_match(mill):
    match()
    making.employ(making.person(2), mill)
    match(days=1)
    assert served() == {"mill": 500}
    assert OrganisationMatch.objects.count() == 1


def test_employer_of_a_changed_person_is_matched_with_them(mill, farm):
    match()
    clerk = making.person(7)
    making.employ(clerk, farm)
    change = PeopleChange([clerk.pk], TODAY, NOW, SYSTEM, "employment")
    with transaction.atomic():
        follow_changed_people(change)
    assert served() == {"mill": 100, "farm": 100}


def test_people_alone_leave_other_organisations_as_they_are(mill, farm):
    match()
    mill.employments.update(valid_to=TODAY)
    match(person_ids=[making.person(8).pk])
    assert served() == {"mill": 100}


def test_policy_that_is_gone_serves_no_organisation(mill, in_force):
    match()
    in_force(RATED)
    match()
    assert served() == {}
    ended = OrganisationMatch.objects.get()
    assert ended.lost_because == {"why": "withdrawn"}


@pytest.mark.django_db(transaction=True)
def test_matching_on_the_snapshot_matches_organisations_too(mill, farm, tmp_path):
    run = operations.match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    assert served() == {"mill": 100}
    assert run.counts["tests.large"] == {"eligible": 1, "gained": 1, "lost": 0}
    assert OrganisationProfile.objects.count() == 2
    again = operations.match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    assert again.counts["tests.large"] == {"eligible": 1, "gained": 0, "lost": 0}


def test_dry_run_counts_the_organisations_that_the_actor_sees(mill, farm):
    match()
    anybody = replace(LARGE, conditions=())
    run = dry_run(anybody, on=TODAY, actor=SYSTEM)
    assert (run.register, run.now, run.people) == (2, 1, 2)
    assert (run.adds, run.drops) == (1, 0)
    assert moved_people(anybody, "adds", on=TODAY, actor=SYSTEM) == [farm.pk]
    here = dry_run(LARGE, on=TODAY, actor=TIANTAI)
    assert (here.register, here.now, here.people) == (1, 1, 1)
    assert [(step.alone, step.only) for step in here.steps] == [(1, 0)]
    nobody = replace(LARGE, conditions=(leaf("organisation_employees", "at_least", 9),))
    assert moved_people(nobody, "drops", on=TODAY, actor=TIANTAI) == [mill.pk]
