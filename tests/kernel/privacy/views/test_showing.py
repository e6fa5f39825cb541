import pytest
from django.urls import reverse

from jiangxin.kernel.privacy.models import PersonalDataView
from tests.kernel.register.cast import SOUTH

pytestmark = pytest.mark.django_db
GIVEN = {"value": "phone", "purpose": "contact", "note": "missed payment"}


@pytest.fixture
def url(person):
    return reverse("privacy:value-show", args=[person.pk])


def test_person_page_leads_to_what_may_be_shown(as_officer, person, url):
    html = as_officer.get(f"/desk/people/{person.pk}/").content.decode()
    assert f"{url}?value=phone" in html
    assert "13800138000" not in html


def test_way_is_not_shown_to_who_may_not_go_it(client, make_account, person, url):
    leader = make_account("leader", "federation_leader", region_code="330726")
    client.force_login(leader)
    assert url not in client.get(f"/desk/people/{person.pk}/").content.decode()
    assert client.get(url).status_code == 403
    assert client.post(url, GIVEN).status_code == 403


def test_another_place_answers_as_not_there(client, make_account, url):
    client.force_login(make_account("south", "federation_officer", region_code=SOUTH))
    assert client.get(url).status_code == 404
    assert client.post(url, GIVEN).status_code == 404


def test_asking_shows_nothing_yet(as_officer, url):
    html = as_officer.get(url, {"value": "phone"}).content.decode()
    assert "13800138000" not in html
    assert not PersonalDataView.objects.exists()


def test_value_is_in_the_answer_that_no_cache_keeps(as_officer, url):
    response = as_officer.post(url, GIVEN)
    assert "13800138000" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert PersonalDataView.objects.get().seen_by_label == "Officer"


@pytest.mark.parametrize("missing", GIVEN)
def test_form_says_what_is_missing(as_officer, url, missing):
    response = as_officer.post(url, {**GIVEN, missing: ""})
    assert response.context["form"].errors.keys() == {missing}
    assert not PersonalDataView.objects.exists()


def test_too_many_are_refused_on_the_form(as_officer, url, monkeypatch):
    monkeypatch.setattr(
        "jiangxin.kernel.privacy.operations.showing.limit", lambda key, on: 0
    )
    response = as_officer.post(url, GIVEN)
    assert "as many as one person may see in a day" in response.content.decode()


def test_phone_that_is_not_known_cannot_be_chosen(as_officer, make_person, firms):
    nobody = make_person(2, employer=firms.north)
    url = reverse("privacy:value-show", args=[nobody.pk])
    assert as_officer.post(url, GIVEN).context["form"].errors.keys() == {"value"}
