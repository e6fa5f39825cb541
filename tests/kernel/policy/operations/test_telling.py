"""Whom a matching newly finds is told, and so are the staff of their places."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.notices.models import Notice, NoticeChoice
from jiangxin.kernel.notices.operations import telling_nobody
from jiangxin.kernel.notices.queries.reading import text_of
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.queries.refusals import refuses
from tests.kernel.policy import making
from tests.kernel.policy.making import LONG_AGO, NOW, TODAY, leaf, policy

pytestmark = pytest.mark.django_db

SENIOR = policy(leaf("skill_grade", "at_least", 3), code="tests.senior")
YOUNG = policy(leaf("birth_on", "age_at_most", 45), code="tests.young")
TIANTAI = "331023"


def match(*policies, person_ids=None, now=NOW, on=TODAY):
    with transaction.atomic():
        return operations.match_people(
            person_ids=person_ids,
            on=on,
            actor=SYSTEM,
            now=now,
            reason="tests",
            policies=policies or [SENIOR, YOUNG],
        )


@pytest.fixture
def earlier(db):
    """The register was matched before, so what is found now is new."""
    return MatchRun.objects.create(reason="tests", on=TODAY, at=NOW, people=0)


@pytest.fixture
def people():
    senior, junior = making.person(1), making.person(2)
    making.certify(senior, 3)
    making.certify(junior, 2)
    for one in (senior, junior):
        one.region_code = f"{TIANTAI}100"
        one.save()
    return senior, junior


def told():
    """Return who was told of which policy."""
    notices = Notice.objects.filter(kind="policy.newly_served")
    return sorted(notices.values_list("person", "subject"))


def of_staff():
    """Return how many each account was told of."""
    notices = Notice.objects.filter(kind="policy.found_people")
    return {one.account.username: one.facts["people"] for one in notices}


def test_whoever_is_newly_served_is_told_of_each_policy(people, earlier):
    senior, junior = (one.pk for one in people)
    match()
    assert told() == [
        (senior, "policy:tests.senior"),
        (senior, "policy:tests.young"),
        (junior, "policy:tests.young"),
    ]
    match()
    assert len(told()) == 3


def test_change_of_one_person_tells_that_person_alone(people, earlier):
    match(SENIOR, person_ids=[people[0].pk])
    assert told() == [(people[0].pk, "policy:tests.senior")]


def test_losing_and_regaining_on_one_day_is_told_once_and_later_again(people, earlier):
    senior, _junior = people

    def lose_and_regain(days):
        for status in ("revoked", "valid"):
            senior.credentials.update(status=status)
            moment = {"now": NOW + timedelta(days), "on": TODAY + timedelta(days)}
            match(SENIOR, person_ids=[senior.pk], **moment)

    match(SENIOR, person_ids=[senior.pk])
    lose_and_regain(days=0)
    assert len(told()) == 1
    lose_and_regain(days=1)
    assert len(told()) == 2


def test_whoever_refused_is_served_and_not_told(people, earlier):
    senior, junior = people
    NoticeChoice.objects.create(
        person=senior,
        kind="policy.newly_served",
        subject="policy:tests.young",
        is_wanted=False,
        at=NOW,
    )
    NoticeChoice.objects.create(
        person=junior, kind="policy.newly_served", is_wanted=False, at=NOW
    )
    run = match()
    assert told() == [(senior.pk, "policy:tests.senior")]
    assert run.counts["tests.young"] == {"eligible": 2, "gained": 2, "lost": 0}
    assert not refuses(senior.pk, "tests.senior")
    assert refuses(senior.pk, "tests.young")
    assert refuses(junior.pk, "tests.senior")


def test_notice_names_the_policy_and_leads_to_its_reasons(people, earlier):
    code = "craftsmen.star_technician"
    match(policy(leaf("skill_grade", "at_least", 3), code=code))
    with translation.override("en"):
        text = text_of(Notice.objects.get())
    assert "serves you" in text.title
    assert "tests" not in text.title
    assert "22 November 2026" in text.text
    assert text.url == f"/portal/entitlements/#{code}"


def test_notice_of_a_policy_that_was_withdrawn_shows_its_code(people, earlier):
    match(SENIOR)
    with translation.override("en"):
        assert "“tests.senior” serves you" in str(text_of(Notice.objects.get()))


def test_first_matching_of_the_whole_register_tells_staff_alone(people, account):
    account(Role.FEDERATION_OFFICER, region_code=TIANTAI)
    match()
    assert told() == []
    notice = Notice.objects.get()
    assert notice.facts == {"people": 2, "on": "2026-11-22", "is_first": True}
    with translation.override("en"):
        assert "were not told" in text_of(notice).text


def test_first_roster_tells_its_people(people):
    match(SENIOR, person_ids=[people[0].pk])
    assert told() == [(people[0].pk, "policy:tests.senior")]


def test_loading_what_was_so_already_tells_nobody(people, account, earlier):
    account(Role.FEDERATION_OFFICER, region_code=TIANTAI)
    with telling_nobody():
        match()
    assert not Notice.objects.exists()
    assert PolicyMatch.objects.count() == 3


def test_nobody_is_told_before_the_day_that_the_settings_say(people, earlier, settings):
    settings.JIANGXIN_NOTICES_FROM = date(2026, 11, 23)
    match(SENIOR)
    assert told() == []
    later = {"now": NOW + timedelta(days=1), "on": date(2026, 11, 23)}
    match(YOUNG, **later)
    assert len(told()) == 2


def test_staff_are_told_how_many_of_their_place_once_a_run(people, account, earlier):
    senior, junior = people
    firm = making.organisation("E-9", at=f"{TIANTAI}100")
    union = making.organisation(
        "U-9", kind="grassroots_union", at=f"{TIANTAI}100", employer=firm
    )
    making.employ(senior, firm)
    making.join(junior, union)
    account(Role.FEDERATION_OFFICER, region_code=TIANTAI)
    account(Role.FEDERATION_OFFICER, region_code="330726")
    account(Role.TOWN_UNION_CLERK, region_code=f"{TIANTAI}101")
    account(Role.UNION_CLERK, organisation_code="U-9")
    account(Role.UNION_CLERK, organisation_code="E-9")
    both = account(Role.UNION_CLERK, organisation_code="U-8")
    both.grants.create(
        role=Role.UNION_CLERK, organisation_code="E-9", valid_from=LONG_AGO
    )
    both.grants.create(
        role=Role.TOWN_UNION_CLERK, region_code=f"{TIANTAI}100", valid_from=LONG_AGO
    )
    account(Role.AUDITOR)
    match()
    assert of_staff() == {
        f"federation_officer-{TIANTAI}": 2,
        "union_clerk-U-9": 2,
        "union_clerk-E-9": 1,
        "union_clerk-U-8": 2,
    }
    match()
    assert len(of_staff()) == 4


def test_staff_hear_nothing_of_a_matching_that_found_nobody(people, account, earlier):
    account(Role.FEDERATION_OFFICER, region_code=TIANTAI)
    match(policy(leaf("skill_grade", "at_least", 8)))
    assert not Notice.objects.exists()
