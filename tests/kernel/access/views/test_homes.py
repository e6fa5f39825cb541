import pytest

from jiangxin.foundation.parts import HomePanel, WaitingItem
from jiangxin.kernel.access.views import homes

pytestmark = pytest.mark.django_db


def test_public_home_is_for_anyone_and_leads_to_the_doors(client):
    html = client.get("/").content.decode()
    assert 'href="/portal/"' in html
    assert 'href="/desk/"' in html


@pytest.mark.parametrize(
    ("who", "door"),
    [("clerk", "/desk/"), ("sysadmin", "/desk/"), ("worker", "/portal/")],
)
def test_home_leads_to_the_door_of_ones_roles(signed_in, request, who, door):
    account = request.getfixturevalue(who)
    assert signed_in(account).get("/start/")["Location"] == door


def test_home_leads_to_ones_account_without_any_role(signed_in, make_account):
    client = signed_in(make_account("plain"))
    assert client.get("/start/")["Location"] == "/account/"


def test_the_desk_is_not_for_workers_nor_the_portal_for_staff(signed_in, clerk, worker):
    assert signed_in(worker).get("/desk/").status_code == 403
    assert signed_in(clerk).get("/portal/").status_code == 403


def test_portal_home_greets_by_name(signed_in, worker):
    assert "Worker" in signed_in(worker).get("/portal/").content.decode()


@pytest.fixture
def bringing(monkeypatch):
    """Let the parts bring these waiting items and panels and no others."""

    def bring(*items):
        monkeypatch.setattr(
            homes,
            "brought",
            lambda kind: [item for item in items if isinstance(item, kind)],
        )

    return bring


def waiting(count, permission=""):
    return WaitingItem(
        f"test-{count}",
        f"things of {count}",
        "inbox",
        "access:account-list",
        lambda actor, now: count,
        permission,
    )


def test_desk_home_counts_what_waits_and_hides_what_does_not(
    signed_in, clerk, bringing
):
    bringing(
        waiting(3),
        waiting(0),
        waiting(7, "access.grant_roles"),
        waiting(5, "jobs.view"),
    )
    response = signed_in(clerk).get("/desk/")
    assert [item.count for item in response.context["waiting"]] == [3, 5]
    assert "things of 3" in response.content.decode()


def test_desk_home_says_when_nothing_waits(signed_in, clerk, bringing):
    bringing()
    assert "empty-state" in signed_in(clerk).get("/desk/").content.decode()


def test_panels_are_drawn_in_order_where_they_may_be_seen(client, clerk, bringing):
    def panel(title, order, permission="", context=dict):
        return HomePanel(
            "public",
            "ui/_empty.html",
            lambda actor, now: context({"empty": {"title": title}}),
            permission,
            order,
        )

    bringing(
        panel("second", 2),
        panel("first", 1),
        panel("unseen", 1, "access.grant_roles"),
        panel("empty", 1, context=lambda given: None),
    )
    html = client.get("/").content.decode()
    assert html.index("first") < html.index("second")
    assert "unseen" not in html
    assert html.count("empty-title") == 2
