import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.queries import actor_for
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.policy.queries.matches import newly_served
from jiangxin.kernel.policy.views import panels
from jiangxin.kernel.register.models import RosterImport
from jiangxin.kernel.register.registry import PanelFor
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY
from tests.unreached import UNREACHED


@pytest.fixture
def mill(db):
    return making.organisation("mill")


@pytest.fixture
def skilled(mill):
    who = making.person()
    making.employ(who, mill)
    making.certify(who, 5)
    return who


def match(reason="tests"):
    with transaction.atomic():
        operations.match_people(
            person_ids=None, on=TODAY, actor=SYSTEM, now=NOW, reason=reason
        )


def roster(at):
    return RosterImport.objects.create(
        organisation=at,
        file_name="roster.xlsx",
        file_digest="0" * 64,
        effective_on=TODAY,
        handed_in_at=NOW,
    )


def test_roster_shows_whom_policies_serve_of_its_people(mill, skilled):
    handed_in = roster(mill)
    assert panels.roster_panel(handed_in.pk, SYSTEM) == []
    match(reason=f"roster:{handed_in.pk}")
    served = {one.policy.code: one for one in panels.roster_panel(handed_in.pk, SYSTEM)}
    assert served["craftsmen.highly_skilled_worker"].gained == 1
    assert served["craftsmen.highly_skilled_worker"].people_url.endswith(
        "?employer=Organisation+mill"
    )


def test_roster_of_a_union_leads_to_its_employers_people(mill, skilled):
    union = making.organisation("union", kind="grassroots_union", employer=mill)
    handed_in = roster(union)
    match(reason=f"roster:{handed_in.pk}")
    assert panels.roster_panel(handed_in.pk, SYSTEM)[0].people_url.endswith("mill")


def test_roster_shows_nothing_to_those_who_may_not_see_policies(mill, skilled, account):
    handed_in = roster(mill)
    match(reason=f"roster:{handed_in.pk}")
    auditor = actor_for(account(Role.AUDITOR), NOW)
    assert panels.roster_panel(handed_in.pk, auditor) == []


def test_persons_page_shows_the_policies_that_apply(skilled, account):
    leader = actor_for(account(Role.FEDERATION_LEADER, region_code="331023"), NOW)
    panel = panels.person_panel(PanelFor(leader, skilled.pk, TODAY, NOW))
    assert panel["answers"][0].policy.code == "craftsmen.highly_skilled_worker"
    elsewhere = actor_for(account(Role.FEDERATION_LEADER, region_code="330324"), NOW)
    assert panels.person_panel(PanelFor(elsewhere, skilled.pk, TODAY, NOW)) is None


def test_home_page_leaves_out_who_is_not_registered(account):
    nobody = actor_for(account(Role.WORKER, person_id=UNREACHED), NOW)
    assert panels.portal_panel(nobody, NOW) is None
    officer = actor_for(account(Role.FEDERATION_OFFICER, region_code="33"), NOW)
    assert panels.portal_panel(officer, NOW) is None


def test_newly_served_people_wait_for_the_staff_of_their_place(skilled, account):
    match()
    assert PolicyMatch.objects.filter(person=skilled).count() > 1
    here = actor_for(account(Role.FEDERATION_OFFICER, region_code="331023"), NOW)
    elsewhere = actor_for(account(Role.FEDERATION_OFFICER, region_code="330324"), NOW)
    assert newly_served(here, NOW) == 1
    assert newly_served(elsewhere, NOW) == 0
