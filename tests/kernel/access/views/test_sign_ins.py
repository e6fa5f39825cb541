import pytest

from jiangxin.kernel.access.models import SignInRecord
from tests.kernel.access.conftest import PASSWORD

pytestmark = pytest.mark.django_db
URL = "/desk/sign-ins/"


def fail(client, username="clerk", times=1):
    for _ in range(times):
        client.post("/sign-in/", {"username": username, "password": "wrong"})


def acts(response):
    return [row.act for row, _cells in response.context["list"].table]


def test_sign_in_log_tells_the_auditor_who_came_and_who_failed(
    client, signed_in, auditor, clerk
):
    fail(client, times=6)
    client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    response = signed_in(auditor).get(URL)
    assert acts(response) == ["signed_in", "locked_out", "locked_out", *["failed"] * 5]
    assert "clerk" in response.content.decode()


def test_sign_in_log_filters_and_exports(client, signed_in, auditor, clerk):
    fail(client)
    reader = signed_in(auditor)
    assert acts(reader.get(f"{URL}?act=failed")) == ["failed"]
    assert acts(reader.get(f"{URL}?q=auditor")) == ["signed_in"]
    csv = b"".join(reader.get(f"{URL}?act=failed&export=csv").streaming_content)
    assert "clerk,Clerk,127.0.0.1" in csv.decode()


def test_sign_in_log_keeps_no_name_that_belongs_to_nobody(client, signed_in, auditor):
    fail(client, username="my-secret-password")
    assert SignInRecord.objects.get().account is None
    assert "my-secret" not in signed_in(auditor).get(URL).content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "clerk", "worker"])
def test_sign_in_log_is_for_the_auditor_alone(signed_in, request, who):
    assert signed_in(request.getfixturevalue(who)).get(URL).status_code == 403


def test_sign_in_log_asks_as_often_for_three_as_for_one(
    client, signed_in, auditor, clerk, django_assert_num_queries
):
    reader = signed_in(auditor)
    # session, account, grants and factor of the actor; count, rows with accounts
    with django_assert_num_queries(7):
        reader.get(URL)
    fail(type(client)(), times=2)
    with django_assert_num_queries(7):
        reader.get(URL)


def test_own_sign_ins_show_ones_own_alone(client, signed_in, clerk, worker):
    fail(client)
    fail(client, username="worker")
    response = signed_in(clerk).get("/account/sign-ins/")
    assert acts(response) == ["signed_in", "failed"]
