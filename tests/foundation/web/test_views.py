import pytest


def test_preferences_are_kept_in_cookies_by_a_plain_form(client):
    response = client.post(
        "/preferences/", {"appearance": "dark", "next": "/accounts/?page=2"}
    )
    assert response["Location"] == "/accounts/?page=2"
    assert response.cookies["jiangxin_appearance"].value == "dark"
    assert "jiangxin_print" not in response.cookies


def test_large_print_and_dark_are_drawn_on_the_next_page(client):
    client.post("/preferences/", {"appearance": "dark", "print": "large"})
    html = client.get("/nowhere/").content.decode()
    assert 'data-bs-theme="dark" class="large-print"' in html


def test_language_is_kept_and_spoken(client):
    client.post("/preferences/", {"language": "zh-hans"})
    assert '<html lang="zh-hans"' in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize(
    "sent", [{"appearance": "pink"}, {"print": ""}, {"language": "xx"}, {}]
)
def test_what_is_no_choice_is_not_kept(client, sent):
    assert not client.post("/preferences/", sent).cookies


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere", ""])
def test_preferences_lead_nowhere_else(client, target):
    assert client.post("/preferences/", {"next": target})["Location"] == "/"


def test_preferences_are_only_changed_by_a_form(client):
    assert client.get("/preferences/").status_code == 405


@pytest.mark.parametrize("mode", ["DEBUG", "DEMONSTRATION"])
def test_style_guide_draws_every_component(client, settings, mode):
    setattr(settings, mode, True)
    response = client.get("/styleguide/")
    assert response.status_code == 200
    assert "欧阳建国" in response.content.decode()


def test_style_guide_is_not_for_the_public(client, settings):
    settings.DEBUG = settings.DEMONSTRATION = False
    assert client.get("/styleguide/").status_code == 404
