"""What the API says of organisations: whom policies serve, match and explain."""

import pytest

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy.api import organisation_routes
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import MatchRun, OrganisationMatch
from jiangxin.kernel.policy.registry import policies_about
from jiangxin.kernel.policy.rules.tree import Amount
from jiangxin.kernel.privacy.models import PersonalDataExport
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY, leaf, policy, row, table

pytestmark = pytest.mark.django_db

EMPLOYING = policy(
    leaf("organisation_employees", "at_least", 2),
    subject=Subject.ORGANISATION,
    grants=table([row(gives=Amount(500_050))]),
    code="tests.employing",
)
ABOUT_PEOPLE = policy(leaf("skill_grade", "at_least", 3), code="tests.people")


@pytest.fixture
def works(workers, monkeypatch):
    """Bright Works of Tiantai, which employs three; another is of Pujiang."""
    known = {one.code: one for one in (EMPLOYING, ABOUT_PEOPLE)}
    monkeypatch.setattr(organisation_routes, "policy", known.__getitem__)
    return workers[0].employments.get().organisation


@pytest.fixture
def served(works):
    run = MatchRun.objects.create(reason="tests", on=TODAY, at=NOW)
    there = making.organisation("o3", at="330726")
    for one in (works, there):
        OrganisationMatch.objects.create(
            policy_code=EMPLOYING.code,
            organisation=one,
            valid_from=TODAY,
            policy_version="v1",
            grant_row=1,
            amount_fen=500_050,
            gained_in=run,
        )
    return works


def test_organisations_served_are_those_of_the_places_of_the_token(calling, served):
    answer = calling()(f"policies/{EMPLOYING.code}/organisations").json()
    assert answer == {
        "items": [
            {
                "organisation_id": served.pk,
                "code": "o1",
                "name": "Bright Works",
                "region_code": "331023",
                "since": TODAY.isoformat(),
                "version": "v1",
                "row": 1,
                "amount": "5000.50",
            }
        ],
        "next": None,
    }


def test_organisations_are_matched_by_pages(calling, works):
    making.organisation("o4", at="331023101")
    call = calling()
    path = f"policies/{EMPLOYING.code}/match-organisations"
    first = call(path, {"limit": 1}).json()
    assert [one["organisation_id"] for one in first["items"]] == [works.pk]
    assert first["items"][0]["verdict"] == "eligible"
    assert first["items"][0]["grant"]["amount"] == "5000.50"
    rest = call(path, {"after": first["next"]}).json()
    assert [one["verdict"] for one in rest["items"]] == ["not_eligible"]
    assert rest["next"] is None


def test_matching_named_organisations_leaves_out_those_of_other_places(calling, works):
    there = making.organisation("o5", at="330726")
    asked = {"organisation_ids": [works.pk, there.pk, 9_999]}
    answer = calling()(f"policies/{EMPLOYING.code}/match-organisations", asked).json()
    assert [one["organisation_id"] for one in answer["items"]] == [works.pk]
    assert answer["not_found"] == [there.pk, 9_999]
    assert not PersonalDataExport.objects.exists()


@pytest.mark.parametrize(
    ("path", "body"), [("organisations", None), ("match-organisations", {})]
)
def test_a_policy_about_people_is_not_asked_about_organisations(
    calling, works, path, body
):
    refused = calling()(f"policies/{ABOUT_PEOPLE.code}/{path}", body)
    assert refused.status_code == 409
    assert refused.json()["code"] == "policy.not_about_organisations"


def test_an_organisation_is_explained_condition_by_condition(calling, works):
    answer = calling()(f"organisations/{works.pk}/answers").json()
    about = {one.code for one in policies_about(Subject.ORGANISATION)}
    assert {one["policy"] for one in answer["answers"]} == about
    found = [one for each in answer["answers"] for one in each["conditions"]]
    assert all(one["says"] and one["finding"] for one in found)


def test_an_organisation_of_another_place_is_not_found(calling, works):
    there = making.organisation("o6", at="330726")
    assert calling()(f"organisations/{there.pk}/answers").status_code == 404
    clerk = calling(Role.UNION_CLERK, organisation_code="o1")
    assert clerk(f"organisations/{there.pk}/answers").status_code == 404
