from datetime import UTC, datetime

import pytest

from jiangxin.foundation.parts import Part, Permission
from tests.foundation.web.addresses import Closed

HTMX = {"HX-Request": "true"}


def text_of(response):
    return response.content.decode()


def test_request_knows_who_acts_and_when(client):
    label, _, at = client.get("/who/").content.decode().partition(" at ")
    assert label == "system"
    assert abs((datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()) < 60


def test_actor_is_not_made_for_a_page_that_does_not_ask(client, settings):
    settings.JIANGXIN_ACTOR_FACTORY = "operator.truediv"
    assert client.get("/form/").status_code == 200


@pytest.mark.django_db
def test_pages_of_signed_in_people_stay_out_of_caches(client, django_user_model, now):
    assert "Cache-Control" not in client.get("/form/")
    client.force_login(django_user_model.objects.create(username="li", created_at=now))
    for address in ("/form/", "/not-found/"):
        assert client.get(address)["Cache-Control"] == "private, no-store"


def test_not_found_becomes_a_page_with_the_way_home(client):
    response = client.get("/not-found/")
    assert response.status_code == 404
    assert 'href="/"' in text_of(response)


def test_unknown_address_gets_the_same_page_as_what_others_own(client):
    status = "This page does not exist"
    for address in ("/not-found/", "/nowhere/"):
        assert status in text_of(client.get(address))


def test_stranger_without_permission_is_sent_to_sign_in_and_back(client):
    response = client.get("/desk/not-permitted/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/desk/not-permitted/%3Fpage%3D2"


@pytest.mark.django_db
def test_signed_in_person_is_told_which_permission_is_missing(
    client, django_user_model, monkeypatch, now
):
    permission = Permission("register.import_roster", "Import rosters")
    part = Part("register", "Register", "", brings=(permission,))
    monkeypatch.setattr("jiangxin.foundation.parts._parts", {"register": part})
    account = django_user_model.objects.create(username="li", created_at=now)
    client.force_login(account)
    response = client.get("/desk/not-permitted/")
    assert response.status_code == 403
    assert "the permission “Import rosters”" in text_of(response)


@pytest.mark.django_db
def test_permission_nobody_declared_is_still_a_page(client, django_user_model, now):
    client.force_login(django_user_model.objects.create(username="li", created_at=now))
    response = client.get("/desk/not-permitted/")
    assert response.status_code == 403
    assert "Ask your administrator" in text_of(response)


def test_refusal_that_no_form_showed_says_the_way_out_and_leads_back(client):
    back = {"Referer": "http://testserver/portal/"}
    response = client.post("/portal/refused/", headers=back)
    assert response.status_code == 409
    assert Closed(on="2026-11-22").message in text_of(response)
    assert 'href="http://testserver/portal/"' in text_of(response)


@pytest.mark.parametrize(
    "referer", ["http://elsewhere.example/", "http://testserver/portal/refused/"]
)
def test_way_back_never_leads_elsewhere_or_to_the_same_refusal(client, referer):
    response = client.get("/portal/refused/", headers={"Referer": referer})
    assert "Go back" not in text_of(response)


def test_other_errors_are_left_to_django(client):
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "what you typed is still there" in text_of(response)


def test_fragment_is_never_filled_with_a_page_it_was_redirected_to(client):
    response = client.get("/moved/", headers=HTMX)
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/who/"
    assert response.content == b""
    assert client.get("/moved/").status_code == 302
