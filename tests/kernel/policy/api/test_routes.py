"""What machines are answered about policies and people."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.trail.queries import events_of
from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy import operations
from jiangxin.kernel.policy.api import routes
from jiangxin.kernel.policy.enums import Period
from jiangxin.kernel.policy.registry import policies
from jiangxin.kernel.policy.rules.tree import Amount
from jiangxin.kernel.privacy.models import PersonalDataExport
from tests.kernel.policy.making import NOW, TODAY, leaf, policy, row, table

pytestmark = pytest.mark.django_db

SKILLED = leaf("skill_grade", "at_least", 3)
HIGH = row(leaf("skill_grade", "at_least", 5), gives=Amount(150_050))
ANY = row(gives=Amount(10_000))
GRANT = policy(SKILLED, grants=table([HIGH, ANY], Period.A_YEAR), code="tests.grant")


@pytest.fixture
def one_policy(monkeypatch):
    """As if there were this policy and no other."""
    known = {GRANT.code: GRANT}
    for module in ("operations.matching", "operations.on_snapshot"):
        name = f"jiangxin.kernel.policy.{module}.all_policies"
        monkeypatch.setattr(name, lambda: [GRANT])
    monkeypatch.setattr(routes, "policy", known.__getitem__)
    return GRANT


@pytest.fixture
def matched(one_policy, workers):
    with transaction.atomic():
        operations.match_people(
            person_ids=[one.pk for one in workers],
            on=TODAY,
            actor=SYSTEM,
            now=NOW,
            reason="tests",
        )
    return workers


def test_policies_are_listed_with_how_many_they_serve_here(calling, workers):
    answer = calling()("policies").json()
    assert [one["code"] for one in answer] == [one.code for one in policies()]
    assert all(one["served"] == 0 for one in answer)


def test_policy_is_answered_as_data_and_as_text(calling):
    call = calling()
    for one in policies():
        found = call(f"policies/{one.code}").json()
        assert found["text"] == one.text
        assert len(found["conditions"]) == len(one.conditions)
        assert found["version"] == one.version


def test_chinese_is_written_as_chinese(calling):
    response = calling()("policies")
    assert policies()[0].document in response.content.decode()
    assert response["Content-Type"] == "application/json; charset=utf-8"


def test_unknown_policy_is_not_found(calling):
    assert calling()("policies/tests.nothing").status_code == 404


def test_whom_a_policy_serves_is_answered_by_pages(calling, matched):
    call = calling()
    first = call("policies/tests.grant/people", limit=1).json()
    assert first["items"] == [
        {
            "person_id": matched[0].pk,
            "name": matched[0].name,
            "employer": "Bright Works",
            "region_code": "331023",
            "region": "R331023",
            "since": "2026-11-22",
            "version": "v1",
            "row": 2,
            "amount": "100.00",
        }
    ]
    rest = call("policies/tests.grant/people", limit=1, after=first["next"]).json()
    assert [one["person_id"] for one in rest["items"]] == [matched[1].pk]
    assert rest["items"][0]["amount"] == "1500.50"
    assert rest["next"] is None


def test_people_of_other_places_are_not_in_the_list(calling, matched):
    there = calling(region_code="330726")("policies/tests.grant/people").json()
    assert [one["person_id"] for one in there["items"]] == [matched[3].pk]


def test_each_page_that_names_people_is_kept_as_an_export(calling, matched):
    call = calling()
    call("policies/tests.grant/people", limit=1)
    call("policies/tests.grant/people", after=matched[3].pk)
    kept = PersonalDataExport.objects.get()
    assert (kept.list_key, kept.format, kept.rows) == ("api-policy-people", "api", 1)
    assert kept.exported_by_label.endswith("· Payroll")


def test_matching_answers_for_everybody_in_the_places_of_the_token(
    calling, one_policy, workers
):
    call = calling()
    answer = call("policies/tests.grant/match", {"limit": 2}).json()
    assert (answer["policy"], answer["version"]) == ("tests.grant", "v1")
    assert [(one["person_id"], one["verdict"]) for one in answer["items"]] == [
        (workers[0].pk, "eligible"),
        (workers[1].pk, "eligible"),
    ]
    assert answer["items"][1]["grant"]["amount"] == "1500.50"
    rest = call("policies/tests.grant/match", {"after": answer["next"]}).json()
    assert [one["person_id"] for one in rest["items"]] == [workers[2].pk]
    assert rest["items"][0]["verdict"] in {"not_eligible", "need_information"}
    assert rest["next"] is None
    assert PersonalDataExport.objects.count() == 2


def test_matching_named_people_leaves_out_those_of_other_places(
    calling, one_policy, workers
):
    ids = [one.pk for one in workers] + [987_654]
    answer = calling()("policies/tests.grant/match", {"person_ids": ids}).json()
    assert [one["person_id"] for one in answer["items"]] == ids[:3]
    assert answer["not_found"] == ids[3:]


def test_matching_as_of_a_day_before_the_policy_does_not_apply(
    calling, one_policy, workers
):
    body = {"person_ids": [workers[0].pk], "on": "2019-12-31"}
    answer = calling()("policies/tests.grant/match", body).json()
    assert [one["verdict"] for one in answer["items"]] == ["not_applicable"]


def test_policy_about_organisations_is_not_asked_about_people(
    calling, monkeypatch, workers
):
    about = SimpleNamespace(subject="organisation", code="a.b")
    about.title = GRANT.title
    monkeypatch.setattr(routes, "policy", lambda code: about)
    refused = calling()("policies/a.b/match", {})
    assert refused.status_code == 409
    assert refused.json()["code"] == "policy.not_about_people"


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 0},
        {"limit": 201},
        {"person_ids": []},
        {"person_ids": list(range(1, 202))},
        {"person_ids": [2**63]},
        {"after": -1},
        {"on": "1989-12-31"},
        {"on": "9999-12-31"},
        {"unknown": 1},
    ],
)
def test_what_is_sent_in_another_form_is_refused_with_its_place(
    calling, one_policy, body
):
    refused = calling()("policies/tests.grant/match", body)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["code"] == "access.not_valid"
    assert problem["errors"][0]["where"].startswith("body.")


def test_body_that_is_no_json_is_refused(calling):
    refused = calling()("policies/tests.grant/match", "{")
    assert refused.status_code == 400
    assert refused.json()["code"] == "access.not_valid"


def test_person_is_explained_condition_by_condition(calling, workers):
    answer = calling()(f"people/{workers[1].pk}/answers").json()
    assert {one["policy"] for one in answer["answers"]} <= {
        one.code for one in policies()
    }
    asked = [one for one in answer["answers"] if one["conditions"]]
    assert asked
    for one in asked[0]["conditions"]:
        assert one["says"]
        assert one["clause"]
        assert one["finding"] in {"met", "not_met", "unknown"}
        assert one["limit_text"]


def test_person_is_explained_as_of_a_day(calling, workers):
    answer = calling()(f"people/{workers[0].pk}/answers", on="2025-01-31").json()
    assert answer["on"] == "2025-01-31"


def test_explaining_is_on_the_persons_trail_with_the_tokens_name(calling, workers):
    calling()(f"people/{workers[0].pk}/answers")
    event = events_of(f"person:{workers[0].pk}").first()
    assert event.kind == "policy.answers_shown"
    assert event.actor_label.endswith("· Payroll")


def test_person_of_another_place_is_not_found(calling, workers):
    refused = calling()(f"people/{workers[3].pk}/answers")
    assert refused.status_code == 404
    assert not events_of(f"person:{workers[3].pk}").exists()


def test_union_clerk_sees_the_people_of_the_organisation_alone(calling, matched):
    call = calling(Role.UNION_CLERK, organisation_code="o2")
    listed = call("policies/tests.grant/people").json()
    assert [one["person_id"] for one in listed["items"]] == [matched[3].pk]


def test_logs_hold_neither_names_nor_tokens(calling, matched, caplog):
    caplog.set_level("DEBUG")
    call = calling()
    call("policies/tests.grant/people")
    call("policies/tests.grant/match", {"person_ids": ["职工1"]})
    ours = [one for one in caplog.records if not one.name.startswith("django.db")]
    text = " ".join(one.getMessage() for one in ours)
    assert matched[0].name not in text
    assert "jx_" not in text
