"""An officer reads a policy and finds whom it serves; a worker reads why."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation
from playwright.sync_api import expect

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account, RoleGrant
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.registry import policy
from tests.kernel.policy import making

REWARD = "craftsmen.skill_reward"
STAR = "craftsmen.star_technician"
MAKER = "talent_pools.countryside_maker"


def account(role, *, region_code="", person_id=None):
    made = Account.objects.create(
        username=role,
        display_name="林岚",
        person_id=person_id,
        created_at=timezone.now(),
    )
    RoleGrant.objects.create(
        account=made,
        role=role,
        region_code=region_code,
        valid_from=date(2026, 1, 1),
    )
    return made


@pytest.fixture
def people():
    """Four workers of one mill, of whom some are served by this policy or that."""
    with translation.override("zh-hans"):
        mill = making.organisation(
            "mill", name="天台某机械有限公司", is_above_scale=True, at="331023101"
        )
        union = making.organisation("union", kind="grassroots_union", at="331023101")
        made = []
        for number, grade in enumerate([5, 4, 3, 1]):
            who = making.person(number, education="" if number == 0 else "31")
            making.employ(who, mill, occupation="6-18-01-01")
            making.certify(who, grade)
            if number < 3:
                making.join(who, union)
            made.append(who)
        now = timezone.now()
        with transaction.atomic():
            operations.match_people(
                person_ids=None, on=today(now), actor=SYSTEM, now=now, reason="tests"
            )
    return made


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_officer_reads_a_policy_and_whom_it_serves(
    request, screen, sign_in, look, people
):
    page = request.getfixturevalue(screen)
    sign_in(page, account(Role.FEDERATION_OFFICER, region_code="331023"))

    page.goto("/desk/policies/")
    look(page, "policy-list")
    page.get_by_role("link", name="星级技工").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("星级技工")
    look(page, "policy-detail")

    page.goto(f"/desk/policies/{STAR}/people/")
    expect(page.get_by_role("link", name=re.compile(r"^职工\d"))).to_have_count(2)
    look(page, "policy-people")
    page.get_by_role("link", name="职工1").click()
    expect(page.locator("table.conditions tbody tr")).to_have_count(3)
    look(page, "policy-person")

    page.goto(f"/desk/policies/{MAKER}/people/{people[0].pk}/")
    look(page, "policy-person-not-served")


def test_worker_reads_what_they_are_entitled_to_and_why_not_the_rest(
    phone, page, sign_in, look, people
):
    worker = account(Role.WORKER, person_id=people[0].pk)
    for screen in (phone, page):
        sign_in(screen, worker)
        screen.goto("/portal/")
        look(screen, "portal-home-entitlements")
        screen.goto("/portal/entitlements/")
        expect(screen.locator("main")).to_contain_text("高技能人才")
        look(screen, "entitlements")


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_they_read_what_is_given_what_is_short_and_when_it_turns(
    request, screen, sign_in, look, people
):
    page = request.getfixturevalue(screen)
    technician, senior = people[1], people[2]
    sign_in(page, account(Role.FEDERATION_OFFICER, region_code="331023"))
    page.goto(f"/desk/policies/{REWARD}/")
    expect(page.get_by_text("技师一次性奖励")).to_be_visible()
    look(page, "policy-grants")

    making.certify(technician, 4, since=today(timezone.now()) - timedelta(days=30))
    page.goto(f"/desk/policies/{REWARD}/people/{technician.pk}/")
    expect(page.get_by_text("3,000元", exact=True)).to_be_visible()
    expect(page.get_by_text("此后不再符合")).to_be_visible()
    look(page, "policy-given")

    page.goto(f"/desk/policies/{STAR}/people/{senior.pk}/")
    expect(page.get_by_text("还差1项")).to_be_visible()
    look(page, "policy-near-miss")

    with transaction.atomic():
        kept = operations.freeze_answer(
            policy(REWARD),
            subject_id=technician.pk,
            on=today(timezone.now()),
            actor=SYSTEM,
            now=timezone.now(),
            reason="tests",
        )
    page.goto(f"/desk/policy-answers/{kept.pk}/")
    page.get_by_text("当时的政策文本").click()
    look(page, "policy-frozen")

    sign_in(page, account(Role.WORKER, person_id=technician.pk))
    page.goto("/portal/entitlements/")
    expect(page.get_by_text("3,000元", exact=True)).to_be_visible()
    look(page, "policy-own")
