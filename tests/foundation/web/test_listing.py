from datetime import timedelta

import pytest
from pytest_django.asserts import assertNumQueries

from jiangxin.foundation.web.listing import Column, Listing, Search
from tests.foundation.web.addresses import ACCOUNTS

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def make(django_user_model, now):
    def made(count, **values):
        start = django_user_model.objects.count()
        django_user_model.objects.bulk_create(
            django_user_model(
                **{
                    "username": f"u{number:04}",
                    "display_name": f"Name {number:04}",
                    "created_at": now + timedelta(days=number),
                    **values,
                }
            )
            for number in range(start, start + count)
        )

    return made


def names(response):
    return [row.username for row, _cells in response.context["list"].table]


def listed(client, query=""):
    return names(client.get(f"/accounts/{query}"))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_two_questions_however_many_rows(client, make, rows):
    make(rows)
    with assertNumQueries(2):
        client.get("/accounts/")


def test_list_shows_rows_with_links_labels_and_count(client, make):
    make(3)
    html = client.get("/accounts/").content.decode()
    assert "3 accounts" in html
    assert 'data-label="Sign-in name"' in html
    assert "u0002</a>" in html
    assert html.count('<tr role="row">') == 4


def test_empty_list_says_what_to_do_next(client):
    html = client.get("/accounts/").content.decode()
    assert "No account yet" in html
    assert 'href="/make/"' in html
    assert "<table" not in html


def test_list_that_finds_nothing_offers_to_show_everything(client, make):
    make(1)
    html = client.get("/accounts/?q=nobody").content.decode()
    assert "Nothing found" in html
    assert "No account yet" not in html


def test_search_needs_every_word_and_looks_everywhere(client, make):
    make(30)
    assert listed(client, "?q=u0007") == ["u0007"]
    assert listed(client, "?q=Name+0007") == ["u0007"]
    assert listed(client, "?q=0007+0008") == []


def test_search_survives_what_no_database_stores(client, make):
    make(1)
    assert listed(client, "?q=%00") == ["u0000"]


def test_filters_narrow_and_are_shown_as_chips_that_remove_them(client, make):
    make(1, person_id=1)
    make(1, is_active=False)
    response = client.get("/accounts/?person=1&active=yes&page=1")
    assert names(response) == ["u0000"]
    chips = {chip.text: chip.url for chip in response.context["list"].chips}
    assert chips == {"one": "/accounts/?active=yes", "yes": "/accounts/?person=1"}


def test_dates_are_included_at_both_ends(client, make):
    make(3)
    query = "?made_from=2026-11-23&made_to=2026-11-24"
    assert listed(client, query) == ["u0000", "u0001"]
    assert listed(client, "?made_from=2026-11-25") == ["u0002"]
    assert listed(client, "?made_to=2026-11-23") == ["u0000"]


@pytest.mark.parametrize("query", ["?made_from=yesterday", "?person=9", "?active=1"])
def test_filter_not_understood_is_said_and_not_applied(client, make, query):
    make(2)
    response = client.get(f"/accounts/{query}")
    assert len(names(response)) == 2
    assert response.context["list"].problems
    assert 'role="alert"' in response.content.decode()


def test_sorting_falls_and_rises_and_says_so(client, make):
    make(3)
    assert listed(client, "?sort=-username") == ["u0002", "u0001", "u0000"]
    html = client.get("/accounts/?sort=-username").content.decode()
    assert 'aria-sort="descending"' in html
    assert 'href="/accounts/?sort=username"' in html


def test_sorting_by_what_does_not_sort_keeps_the_usual_order(client, make):
    make(2)
    for key in ("phone", "password", "--name", ""):
        assert listed(client, f"?sort={key}") == ["u0000", "u0001"]


@pytest.mark.parametrize("sort", ["person", "-person"])
def test_rows_with_nothing_come_last_either_way(client, make, sort):
    make(1)
    make(1, person_id=5)
    assert listed(client, f"?sort={sort}") == ["u0001", "u0000"]


@pytest.mark.parametrize("sort", ["name", "-name", "made", "person"])
def test_every_row_is_on_exactly_one_page(client, make, sort):
    make(60, display_name="the same")
    seen = [
        name
        for number in (1, 2, 3)
        for name in listed(client, f"?sort={sort}&page={number}")
    ]
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999999999", "٣", "99"])
def test_page_that_is_not_there_gives_the_nearest(client, make, number):
    make(30)
    rows = listed(client, f"?page={number}")
    assert len(rows) == (5 if number == "99" else 25)


def test_page_size_is_one_of_those_offered(client, make):
    make(60)
    assert len(listed(client, "?size=50")) == 50
    assert len(listed(client, "?size=100000")) == 25


def test_links_keep_the_state_and_drop_what_is_empty(client, make):
    make(60)
    response = client.get("/accounts/?q=Name&person=&sort=-name")
    assert response.context["list"].next_url == "/accounts/?q=Name&sort=-name&page=2"


def test_htmx_gets_the_region_alone_and_a_clean_address(client, make):
    make(1)
    response = client.get("/accounts/?q=Name&person=&sort=name&size=25", headers=HTMX)
    html = response.content.decode()
    assert "<html" not in html
    assert "1 accounts" in html
    assert response["HX-Push-Url"] == "/accounts/?q=Name"
    assert "HX-Request" in response["Vary"]


def test_count_beyond_the_limit_says_more_than(client, make, monkeypatch):
    make(30)
    monkeypatch.setitem(ACCOUNTS.__dict__, "count_limit", 26)
    response = client.get("/accounts/?page=2")
    assert "more than 26 accounts" in response.content.decode()
    assert names(response) == ["u0025"]


def test_list_refuses_filters_that_share_a_name():
    with pytest.raises(ValueError, match="share a name"):
        Listing("x", [], filters=[Search(("a",)), Search(("b",))])
    with pytest.raises(ValueError, match="reserved"):
        Listing("x", [], filters=[Search(("a",), key="page")])


def test_list_refuses_to_sort_by_a_column_that_does_not():
    with pytest.raises(ValueError, match="cannot sort"):
        Listing("x", [Column("a", "A")], sort="-a")
