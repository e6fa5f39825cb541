import pytest

from jiangxin.kernel.register.queries import search
from tests.kernel.register.cast import id_number

URL = "/desk/people/"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def people(make_person, firms):
    make_person(1, name="单芳", employer=firms.north)
    make_person(2, name="李明", employer=firms.south)


@pytest.mark.parametrize("typed", ["单芳", "sf", id_number(1)[-4:], "单 北方"])
def test_the_one_box_finds_people_by_whatever_is_typed(officer, people, typed):
    html = officer.get(URL, {"q": typed}).content.decode()
    assert "单芳" in html
    assert "李明" not in html


def test_the_box_stands_on_every_page_of_the_desk(officer, people):
    assert 'class="bar-search"' in officer.get("/desk/").content.decode()


def test_the_box_is_for_those_who_may_see_people(auditor):
    assert 'class="bar-search"' not in auditor.get("/desk/").content.decode()


def test_a_word_of_too_many_employers_is_said_to_be_so(officer, people, monkeypatch):
    monkeypatch.setattr(search, "MOST_EMPLOYERS", 1)
    html = officer.get(URL, {"q": "机械"}).content.decode()
    assert "Too many employers are called" in html
    assert "单芳" not in html
