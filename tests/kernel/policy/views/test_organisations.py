"""Which organisations a policy serves, at the desk."""

import pytest
from django.urls import reverse

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import MatchRun, OrganisationMatch
from jiangxin.kernel.policy.registry import policies_about
from tests.kernel.policy import making
from tests.kernel.policy.making import NOW, TODAY

pytestmark = pytest.mark.django_db

CODE = "skill_credit.enterprise_loan"
LIST = reverse("policy:policy-organisations", args=[CODE])


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def serve(db):
    run = MatchRun.objects.create(reason="tests", on=TODAY, at=NOW)

    def served(code, *, at="331023", until=None):
        made = making.organisation(code, at=at)
        OrganisationMatch.objects.create(
            policy_code=CODE,
            organisation=made,
            valid_from=TODAY,
            valid_to=until,
            policy_version="v1",
            gained_in=run,
            amount_fen=123_00,
            gained_because={"why": "policy"},
        )
        return made

    return served


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def page_of(organisation, code=CODE):
    return reverse("policy:policy-organisation", args=[code, organisation.pk])


def test_organisations_served_are_listed_with_amount_and_cause(officer, serve):
    serve("mill")
    serve("gone", until=TODAY)
    page = text(officer.get(LIST))
    assert "Organisation mill" in page
    assert "123" in page
    assert "The policy changed" in page
    assert "Organisation gone" not in page
    assert "Organisation mill" not in text(officer.get(LIST, {"kind": "school"}))
    assert "Organisation mill" in text(officer.get(LIST, {"q": "mil"}))


def test_list_is_exported(officer, serve):
    serve("mill")
    exported = officer.get(LIST, {"export": "csv"})
    assert "Organisation mill" in b"".join(exported.streaming_content).decode()


def test_policy_counts_the_organisations_it_serves(officer, serve):
    serve("mill")
    serve("farm", at="330726")  # of another county
    page = officer.get(reverse("policy:policy-list"))
    lines = {line.policy.code: line for line in page.context["lines"]}
    assert lines[CODE].reach.eligible == 1
    assert lines[CODE].people_url == LIST
    detail = text(officer.get(reverse("policy:policy-detail", args=[CODE])))
    assert "organisations served" in detail


def test_organisation_has_its_answer_with_reasons_and_history(officer, serve):
    mill = serve("mill")
    page = text(officer.get(page_of(mill)))
    assert "Organisation mill" in page
    assert "Served from this day" in page
    assert text(officer.get(page_of(mill), {"on": "2020-01-01"}))
    shown = text(officer.get(reverse("register:organisation-detail", args=[mill.pk])))
    assert f'href="{page_of(mill)}"' in shown


def test_organisation_of_elsewhere_is_not_found(officer, signed_in, serve):
    farm = serve("farm", at="330726")
    assert officer.get(page_of(farm)).status_code == 404
    assert "Organisation farm" not in text(officer.get(LIST))


def test_policy_about_people_has_no_list_of_organisations(officer, serve):
    people = policies_about(Subject.PERSON)[0].code
    url = reverse("policy:policy-organisations", args=[people])
    assert officer.get(url).status_code == 404
    assert officer.get(page_of(serve("mill"), people)).status_code == 404


def test_worker_sees_no_list(signed_in, serve):
    worker = signed_in(Role.WORKER, person_id=making.person(1).pk)
    assert worker.get(LIST).status_code == 403
