from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from jiangxin.foundation.actor import SYSTEM

pytestmark = pytest.mark.urls("tests.foundation.ui.addresses")

FRAMES = ["ui/desk.html", "ui/portal.html", "ui/public.html", "ui/sign_in.html"]


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def request_(settings):
    made = RequestFactory().get("/desk/?page=2")
    made.user = AnonymousUser()
    made.actor = SYSTEM
    return made


@pytest.mark.parametrize("frame", FRAMES)
def test_frame_has_landmarks_language_and_a_way_past_the_menu(frame, request_):
    html = render_to_string(frame, {"title": "Home"}, request_)
    assert '<html lang="en" data-bs-theme="auto">' in html
    assert 'href="#main"' in html
    assert html.count('<main id="main"') == 1
    assert "<title>Home · " in html
    assert 'name="next" value="/desk/?page=2"' in html


@pytest.mark.parametrize("frame", FRAMES)
def test_frame_shows_messages_by_tone(frame, request_):
    levels = (constants.SUCCESS, constants.ERROR, constants.WARNING, constants.INFO)
    messages = [Message(level, f"<{level}>") for level in levels]
    html = render_to_string(frame, {"messages": messages}, request_)
    for tone in ("ok", "bad", "warn", "info"):
        assert f"notice tone-{tone}" in html
    assert "&lt;25&gt;" in html


def test_signed_in_person_finds_their_menu(request_):
    request_.user = SimpleNamespace(is_authenticated=True)
    html = render_to_string("ui/desk.html", {}, request_)
    assert "system" in html


def test_footer_shows_only_what_is_set(request_, settings):
    settings.DEMONSTRATION = False
    assert "beian" not in render_to_string("ui/public.html", {}, request_)
    settings.JIANGXIN_SPONSOR = "Federation of unions"
    settings.JIANGXIN_ICP_NUMBER = "ICP 1"
    settings.JIANGXIN_POLICE_NUMBER = "Police 1"
    settings.DEMONSTRATION = True
    html = render_to_string("ui/public.html", {}, request_)
    for text in ("Run by: Federation of unions", "ICP 1", "Police 1", "made up"):
        assert text in html


def test_list_of_a_failed_form_is_not_where_preferences_lead(settings):
    made = RequestFactory().post("/desk/?q=1")
    made.user = AnonymousUser()
    html = render_to_string("ui/public.html", {}, made)
    assert 'name="next" value="/desk/"' in html
