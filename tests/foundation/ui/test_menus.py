from types import SimpleNamespace

import pytest

from jiangxin.foundation import parts
from jiangxin.foundation.actor import EVERYWHERE
from jiangxin.foundation.parts import MenuItem, Part
from jiangxin.foundation.ui.menus import menu

pytestmark = pytest.mark.urls("tests.foundation.ui.addresses")


@pytest.fixture(autouse=True)
def house(monkeypatch):
    home = MenuItem("desk", "Home", "home", "home", order=1)
    people = MenuItem("desk", "People", "people", "users", "register.view", order=10)
    firms = MenuItem("desk", "Firms", "firms", "building", "register.view", order=11)
    roles = MenuItem("desk", "Accounts", "accounts", "id", "access.manage", order=10)
    lost = MenuItem("desk", "Lost", "no-such-name", "x")
    portal = MenuItem("portal", "Mine", "mine", "user")
    monkeypatch.setattr(
        parts,
        "_parts",
        {
            "access": Part("access", "Access", "", brings=(home, portal, roles)),
            "register": Part("register", "Register", "", brings=(firms, people, lost)),
        },
    )


def who(*permissions):
    return SimpleNamespace(
        scopes=lambda permission: (EVERYWHERE,) if permission in permissions else ()
    )


def shown(door="desk", actor=None, path="/"):
    return [
        (section.title, [link.label for link in section.links])
        for section in menu(door, actor=actor, path=path)
    ]


def test_menu_follows_the_order_and_names_parts_that_bring_several():
    clerk = who("register.view")
    assert shown(actor=clerk) == [("", ["Home"]), ("Register", ["People", "Firms"])]


def test_part_with_a_home_page_and_one_link_needs_no_title():
    both = who("register.view", "access.manage")
    assert shown(actor=both) == [
        ("", ["Home", "Accounts"]),
        ("Register", ["People", "Firms"]),
    ]


@pytest.mark.parametrize("actor", [None, who(), who("other.permission")])
def test_menu_hides_what_the_actor_may_not_use(actor):
    assert shown(actor=actor) == [("", ["Home"])]


def test_each_door_has_its_own_menu():
    assert shown("portal") == [("", ["Mine"])]
    assert shown("public") == []


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/desk/", ["Home"]),
        ("/desk/people/", ["People"]),
        ("/desk/people/12/", ["People"]),
        ("/desk/people/firms/", ["Firms"]),
        ("/desk/else/", []),
    ],
)
def test_menu_marks_the_page_or_the_list_it_belongs_to(path, current):
    sections = menu("desk", actor=who("register.view"), path=path)
    links = [link for section in sections for link in section.links]
    assert [link.label for link in links if link.is_current] == current
