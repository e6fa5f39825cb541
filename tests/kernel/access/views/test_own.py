import pytest

from tests.kernel.access.conftest import PASSWORD

pytestmark = pytest.mark.django_db
URL = "/account/password/"
STRONG = "a-rather-long-secret-4711"


def post(client, **changes):
    values = {"present": PASSWORD, "password": STRONG, "again": STRONG, **changes}
    return client.post(URL, values)


@pytest.mark.parametrize("who", ["clerk", "worker", "sysadmin"])
def test_account_shows_ones_own_name_and_roles(signed_in, request, who):
    account = request.getfixturevalue(who)
    response = signed_in(account).get("/account/")
    assert account.username in response.content.decode()
    assert len(response.context["grants"]) == 1


def test_account_says_when_one_holds_no_role(signed_in, make_account):
    html = signed_in(make_account("plain")).get("/account/").content.decode()
    assert "empty-state" in html


def test_password_change_keeps_this_session_and_ends_the_others(
    client, signed_in, clerk, django_user_model
):
    elsewhere = type(client)()
    elsewhere.force_login(clerk)
    here = signed_in(clerk)
    assert post(here)["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert clerk.sessions.get().session_key == here.session.session_key
    clerk.refresh_from_db()
    assert clerk.check_password(STRONG)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"present": "wrong"}, "__all__"),
        ({"password": "short", "again": "short"}, "__all__"),
        ({"again": "another"}, "again"),
    ],
)
def test_password_change_says_what_is_wrong(signed_in, clerk, change, field):
    response = post(signed_in(clerk), **change)
    assert field in response.context["form"].errors
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_password_change_never_sends_a_password_back(signed_in, clerk):
    html = post(signed_in(clerk), again="another").content.decode()
    assert STRONG not in html
    assert PASSWORD not in html
