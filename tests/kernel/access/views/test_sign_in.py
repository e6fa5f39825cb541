import pytest
from django.urls import reverse

from tests.kernel.access.conftest import PASSWORD

pytestmark = pytest.mark.django_db
URL = "/sign-in/"


def post(client, **changes):
    return client.post(URL, {"username": "clerk", "password": PASSWORD, **changes})


def test_signing_in_leads_home_and_gives_the_session_a_new_key(client, clerk):
    client.get(URL)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    response = post(client)
    assert response["Location"] == reverse("access:home")
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("given", "leads_to"),
    [
        ("/desk/accounts/", "/desk/accounts/"),
        ("https://elsewhere.example/", "/start/"),
        ("//elsewhere.example/", "/start/"),
        ("javascript:alert(1)", "/start/"),
        ("", "/start/"),
    ],
)
def test_signing_in_follows_next_within_this_site_only(client, clerk, given, leads_to):
    assert post(client, next=given)["Location"] == leads_to


def test_a_wrong_password_keeps_the_name_and_says_no_more(client, clerk):
    response = post(client, password="wrong")
    stranger = post(client, username="nobody", password="wrong")
    assert response.status_code == stranger.status_code == 200
    assert 'value="clerk"' in response.content.decode()
    errors = response.context["form"].non_field_errors()
    assert errors == stranger.context["form"].non_field_errors()
    assert "wrong" not in response.content.decode()


def test_the_sixth_attempt_is_told_to_wait(client, clerk, settings):
    settings.LANGUAGE_CODE = "en"
    for _ in range(5):
        post(client, password="wrong")
    response = post(client)
    assert "_auth_user_id" not in client.session
    assert response.context["form"].errors.as_data()["__all__"][0].code == (
        "access.too_many_attempts"
    )


def test_an_empty_form_is_no_attempt(client, clerk):
    for _ in range(6):
        post(client, password="")
    assert post(client).status_code == 302


def test_whoever_is_signed_in_is_led_home(signed_in, clerk):
    assert signed_in(clerk).get(URL)["Location"] == reverse("access:home")


def test_signing_out_needs_a_post_and_ends_the_session(signed_in, clerk):
    client = signed_in(clerk)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_signed_out_with_its_next_request(signed_in, clerk):
    client = signed_in(clerk)
    assert client.get("/desk/").status_code == 200
    clerk.is_active = False
    clerk.save()
    assert client.get("/desk/")["Location"] == "/sign-in/?next=/desk/"
