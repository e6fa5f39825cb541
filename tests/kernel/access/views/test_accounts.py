import pytest

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.access.models import Account
from tests.exports import exported
from tests.unreached import UNREACHED

pytestmark = pytest.mark.django_db

ADMINISTRATORS = ["sysadmin", "secadmin", "auditor"]


def path(account, what=""):
    return f"/desk/accounts/{account.pk}/{what}"


@pytest.mark.parametrize("who", ADMINISTRATORS)
def test_account_list_is_for_administrators(signed_in, request, clerk, who):
    client = signed_in(request.getfixturevalue(who))
    html = client.get("/desk/accounts/").content.decode()
    assert path(clerk) in html
    assert client.get(path(clerk)).status_code == 200


@pytest.mark.parametrize("who", ["clerk", "worker"])
def test_account_list_is_not_for(signed_in, request, who):
    account = request.getfixturevalue(who)
    client = signed_in(account)
    assert client.get("/desk/accounts/").status_code == 403
    assert client.get(path(account)).status_code == 403
    assert "/desk/accounts/" not in client.get("/account/").content.decode()


def test_account_list_filters_by_role(signed_in, auditor, clerk, worker):
    html = signed_in(auditor).get("/desk/accounts/?role=worker").content.decode()
    assert path(worker) in html
    assert path(clerk) not in html


def test_account_list_is_exported_with_its_roles(signed_in, auditor, clerk, worker):
    told = exported(signed_in(auditor), "/desk/accounts/", role="worker")
    assert worker.username in told
    assert clerk.username not in told


def test_account_list_asks_as_often_for_three_as_for_one(
    signed_in, auditor, make_account, django_assert_num_queries
):
    client = signed_in(auditor)
    # session, account, grants and factor of the actor; unread notices; count, rows, their grants
    queries = 8
    with django_assert_num_queries(queries):
        client.get("/desk/accounts/")
    make_account("one", (Role.UNION_CLERK, "", "U-1"))
    make_account("two", (Role.UNION_CLERK, "", "U-2"))
    with django_assert_num_queries(queries):
        client.get("/desk/accounts/")


def test_account_create_shows_a_password_once(signed_in, sysadmin):
    client = signed_in(sysadmin)
    assert client.get("/desk/accounts/new/").status_code == 200
    response = client.post(
        "/desk/accounts/new/", {"username": "wang", "display_name": "Wang Fang"}
    )
    password = response.context["password"]
    account = Account.objects.get(username="wang")
    assert account.check_password(password)
    assert password in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert password not in client.get(path(account)).content.decode()


def test_account_create_says_why_not(signed_in, sysadmin, clerk):
    response = signed_in(sysadmin).post(
        "/desk/accounts/new/", {"username": "Clerk", "display_name": "Another"}
    )
    assert "clerk" in str(response.context["form"].non_field_errors())


@pytest.mark.parametrize(
    ("what", "who", "is_active"),
    [("close/", "sysadmin", False), ("open/", "sysadmin", True)],
)
def test_closing_and_opening_ask_first(signed_in, request, clerk, what, who, is_active):
    client = signed_in(request.getfixturevalue(who))
    Account.objects.filter(pk=clerk.pk).update(is_active=not is_active)
    assert client.get(path(clerk, what)).status_code == 200
    clerk.refresh_from_db()
    assert clerk.is_active is not is_active
    assert client.post(path(clerk, what))["Location"] == path(clerk)
    clerk.refresh_from_db()
    assert clerk.is_active is is_active


def test_closing_ones_own_account_is_refused_with_the_way_out(signed_in, sysadmin):
    response = signed_in(sysadmin).post(path(sysadmin, "close/"))
    assert response.status_code == 409


def test_a_new_password_is_shown_once(signed_in, sysadmin, clerk):
    client = signed_in(sysadmin)
    assert client.get(path(clerk, "password/")).status_code == 200
    password = client.post(path(clerk, "password/")).context["password"]
    clerk.refresh_from_db()
    assert clerk.check_password(password)


def test_granting_and_ending_a_role(signed_in, secadmin, clerk):
    client = signed_in(secadmin)
    assert client.get(path(clerk, "grant/")).status_code == 200
    response = client.post(
        path(clerk, "grant/"),
        {"role": "federation_officer", "region_code": "330726"},
    )
    assert response["Location"] == path(clerk)
    grant = clerk.grants.get(role="federation_officer")
    assert f"/desk/grants/{grant.pk}/end/" in client.get(path(clerk)).content.decode()
    assert client.get(f"/desk/grants/{grant.pk}/end/").status_code == 200
    client.post(f"/desk/grants/{grant.pk}/end/")
    grant.refresh_from_db()
    assert grant.valid_to is not None


def test_granting_says_why_not(signed_in, secadmin, clerk):
    response = signed_in(secadmin).post(
        path(clerk, "grant/"), {"role": "federation_officer"}
    )
    assert response.context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("secadmin", "password/"),
        ("secadmin", "close/"),
        ("secadmin", "open/"),
        ("sysadmin", "grant/"),
        ("auditor", "password/"),
        ("auditor", "grant/"),
        ("clerk", "grant/"),
    ],
)
def test_nobody_does_the_work_of_another(signed_in, request, clerk, who, what):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(path(clerk, what)).status_code == 403
    assert client.post(path(clerk, what)).status_code == 403


def test_an_account_that_does_not_exist_is_not_found(signed_in, sysadmin, secadmin):
    assert signed_in(sysadmin).get(f"/desk/accounts/{UNREACHED}/").status_code == 404
    assert (
        signed_in(sysadmin).get(f"/desk/accounts/{UNREACHED}/close/").status_code == 404
    )
    assert signed_in(secadmin).get(f"/desk/grants/{UNREACHED}/end/").status_code == 404
