import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from jiangxin.foundation.web import page
from jiangxin.foundation.web.pages import wants_fragment


def request(**headers):
    made = RequestFactory().get("/", headers=headers)
    made.htmx = HtmxDetails(made)
    return made


def test_browser_gets_the_page_whole():
    response = page(request(), "ui/_empty.html", {"empty": {"title": "Nothing"}})
    assert response.status_code == 200
    assert "Nothing" in response.content.decode()


def test_caches_are_told_that_one_address_answers_in_two_ways():
    response = page(request(), "ui/_empty.html", {"empty": {}})
    assert "HX-Request" in response["Vary"]


def test_status_is_the_one_asked_for():
    assert page(request(), "ui/_empty.html", {"empty": {}}, status=286).status_code


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_only_htmx_filling_a_place_wants_a_fragment(headers, wanted):
    assert wants_fragment(request(**headers)) is wanted


def test_request_without_htmx_wants_no_fragment():
    assert not wants_fragment(RequestFactory().get("/"))
