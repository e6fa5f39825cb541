"""What a draft would do, asked by a machine."""

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy import operations
from jiangxin.kernel.privacy.models import PersonalDataExport
from tests.kernel.policy.making import NOW, leaf, policy

pytestmark = pytest.mark.django_db(transaction=True)

DRAFT = """\
code: craftsmen.draft
title: {zh-hans: 某草案, en: Some draft}
summary: {zh-hans: 某摘要, en: Some summary}
issuer: 某单位
document: 《某文件》
clause: 第一条
region: "33"
subject: person
in_force: {from: 2026-01-01}
tier: quick
is_demonstration: true
conditions:
  - attribute: skill_grade
    at_least: 5
    says: {zh-hans: 技师及以上, en: A technician or above}
    clause: 第二条
grants:
  period: once
  rows:
    - amount: 500
      says: {zh-hans: 一次性, en: Once}
      clause: 第三条
cases:
  - says: {zh-hans: 技师, en: A technician}
    on: 2026-11-22
    profile: {region: "330726", skill_grade: 5}
    expect: eligible
"""


@pytest.fixture
def snapshot(workers, monkeypatch):
    served = policy(
        leaf("skill_grade", "at_least", 3), region="33", code="craftsmen.draft"
    )
    monkeypatch.setattr(
        "jiangxin.kernel.policy.operations.on_snapshot.all_policies", lambda: [served]
    )
    operations.match_on_snapshot(actor=SYSTEM, now=NOW, reason="tests")
    return workers


def test_draft_is_counted_in_the_places_of_the_token(calling, snapshot):
    answer = calling()("policies/dry-run", {"text": DRAFT}).json()
    assert answer["faults"] == []
    assert answer["code"] == "craftsmen.draft"
    count = answer["count"]
    assert (count["register_size"], count["people"]) == (3, 1)
    assert (count["adds"], count["drops"]) == (0, 1)
    assert count["amount"] == "500.00"
    assert count["rows"] == [{"row": 1, "people": 1, "amount": "500.00"}]
    assert [one["says"] for one in count["funnel"]] == ["", "A technician or above"]
    assert [one["alone"] for one in count["funnel"]] == [3, 1]


def test_contradiction_in_a_draft_is_named_beside_its_count(calling, snapshot):
    both = DRAFT.replace(
        "grants:",
        """  - attribute: skill_grade
    at_most: 2
    says: {zh-hans: 中级工及以下, en: An intermediate worker or below}
    clause: 第二条
grants:""",
    ).replace("expect: eligible", "expect: not_eligible")
    answer = calling()("policies/dry-run", {"text": both}).json()
    found = {one["code"]: one for one in answer["findings"]}
    assert found["contradiction"]["is_error"] is True
    assert "An intermediate worker or below" in found["contradiction"]["text"]
    assert answer["count"]["people"] == 0


def test_draft_names_nobody_unless_asked_to(calling, snapshot):
    count = calling()("policies/dry-run", {"text": DRAFT}).json()["count"]
    assert count["added_ids"] == count["dropped_ids"] == []
    assert not PersonalDataExport.objects.exists()


def test_numbers_of_those_who_come_and_go_are_kept_as_an_export(calling, snapshot):
    body = {"text": DRAFT, "with_people": True}
    count = calling()("policies/dry-run", body).json()["count"]
    assert count["dropped_ids"] == [snapshot[0].pk]
    assert PersonalDataExport.objects.get().rows == 1


def test_draft_of_next_year_is_counted_as_of_its_first_day(calling, snapshot):
    later = DRAFT.replace("{from: 2026-01-01}", "{from: 2030-01-01}")
    later = later.replace("on: 2026-11-22", "on: 2030-01-01")
    answer = calling()("policies/dry-run", {"text": later}).json()
    assert answer["count"]["on"] == "2030-01-01"


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("skill_grade\n", "no_such\n", "conditions[0]"),
        ("tier: quick", "tier: slow", "tier"),
        ("craftsmen.draft", "Draft", "code"),
        ("at_least: 5", "at_least: 1e999999", "conditions[0]"),
    ],
)
def test_fault_of_a_draft_is_answered_with_its_line(
    calling, snapshot, before, after, where
):
    answer = calling()("policies/dry-run", {"text": DRAFT.replace(before, after)})
    found = answer.json()
    assert found["is_readable"] is False
    assert found["count"] is None
    assert found["faults"][0]["where"].startswith(where)
    assert found["faults"][0]["line"] > 0


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 50_000, "\x00", "- a", "&a [*a]", "a: !!python/object:x {}"]
)
def test_what_is_no_policy_at_all_is_a_fault(calling, text):
    answer = calling()("policies/dry-run", {"text": text})
    assert answer.status_code == 200
    assert len(answer.json()["faults"]) == 1


def test_without_a_snapshot_there_is_no_dry_run(calling, workers):
    refused = calling()("policies/dry-run", {"text": DRAFT})
    assert refused.status_code == 409
    assert refused.json()["code"] == "policy.no_snapshot"


def test_account_without_a_region_makes_no_dry_run(calling, snapshot):
    call = calling(Role.UNION_CLERK, organisation_code="o1")
    refused = call("policies/dry-run", {"text": DRAFT})
    assert refused.status_code == 409
    assert refused.json()["code"] == "policy.dry_run_needs_region"


def test_draft_about_organisations_is_counted_in_the_register(calling, workers):
    draft = (
        DRAFT.replace("subject: person", "subject: organisation")
        .replace("skill_grade", "organisation_employees")
        .replace("at_least: 5", "at_least: 2")
        .replace('region: "330726",', 'organisation_region: "330726",')
    )
    call = calling()
    answer = call("policies/dry-run", {"text": draft, "with_people": True}).json()
    assert answer["faults"] == []
    count = answer["count"]
    works = workers[0].employments.get().organisation_id
    assert (count["people"], count["adds"], count["added_ids"]) == (1, 1, [works])
    assert (count["snapshot_on"], count["amount"]) == (None, None)
    assert not PersonalDataExport.objects.exists()
