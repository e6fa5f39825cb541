import pytest
from django.test import Client


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_too_large_a_request_says_what_to_do(client):
    response = client.post("/too-big/")
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_unreadable_request_is_a_page(client):
    response = client.get("/who/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Nothing was saved" in response.content.decode()


def test_form_open_too_long_gives_back_what_was_typed(strict):
    typed = {"story": "<b>twenty years at the lathe</b>", "empty": " "}
    response = strict.post("/form/", typed)
    assert response.status_code == 403
    html = response.content.decode()
    assert "&lt;b&gt;twenty years at the lathe&lt;/b&gt;</textarea>" in html
    assert 'for="typed-2"' not in html
    assert 'href="/form/"' in html


def test_form_open_too_long_never_shows_secrets(strict):
    secrets = {"password": "s3cret", "new_password1": "s3cret", "code": "s3cret"}
    html = strict.post("/form/", secrets).content.decode()
    assert "s3cret" not in html
    assert "What you typed" not in html


def test_form_open_too_long_is_a_page_even_if_it_cannot_be_read(strict, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1
    html = strict.post("/form/", "story=long", content_type="text/plain")
    assert html.status_code == 403
    posted = strict.post(
        "/form/", "a=long", content_type="application/x-www-form-urlencoded"
    )
    assert posted.status_code in {403, 413}


def test_failure_is_shown_in_the_frame_of_its_door(client):
    assert 'class="desk"' in client.get("/desk/nowhere/").content.decode()
    assert 'class="portal"' in client.get("/portal/nowhere/").content.decode()
    assert 'class="public"' in client.get("/nowhere/").content.decode()
