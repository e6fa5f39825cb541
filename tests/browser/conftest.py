"""The machine's Chromium, driven at the live server.

A test here takes `page` (1440 px) or `phone` (360 px). When it ends, the page must have
logged no error, broken no rule of the Content-Security-Policy and asked no other host.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
)
# A busy machine is slow, not wrong.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

TO_THE_TOP = "window.scrollTo({top: 0, behavior: 'instant'})"
AT_THE_TOP = "window.scrollY === 0 && window.visualViewport.offsetTop === 0"
LOOKS = 5


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


def _missing(what):
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser():
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        _missing("no Chromium here: apt-get install chromium fonts-noto-cjk")
    if not (Path(settings.PACKAGE) / "foundation/ui/static/vendor/.made").exists():
        _missing("the front-end files are not there: make setup")
    # Playwright's loop runs in this thread, and Django would take us for asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser, live_server):
    """Return a function that opens a browser of its own at a width."""
    contexts, problems, expected = [], [], []

    def opened(viewport, **options):
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, locale="zh-CN", **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda line: (
                problems.append(f"{page.url}: {line.text}")
                if line.type in {"error", "warning"}
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((live_server.url, "data:", "blob:", "about:"))
                else problems.append(f"{page.url}: asks {request.url}")
            ),
        )
        page.expect_problem = expected.append
        return page

    yield opened
    for context in contexts:
        context.close()
    unexpected = [
        problem
        for problem in problems
        if not any(re.search(pattern, problem) for pattern in expected)
    ]
    assert unexpected == []


@pytest.fixture
def page(open_page):
    return open_page(DESK)


@pytest.fixture
def phone(open_page):
    return open_page(PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def sign_in(live_server):
    """Sign an account in without the form; the form has a walk of its own."""

    def signed_in(page, account):
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [
                {
                    "name": name,
                    "value": client.cookies[name].value,
                    "url": live_server.url,
                }
            ]
        )

    return signed_in


def _looked_at_from_the_top(page):
    """Return what axe finds of the page scrolled to its top.

    Scrolled down, what is on top lies under the bar and looks too small to touch. On a
    phone the browser scrolls to what has the focus when it pleases: then look again.
    """
    for _ in range(LOOKS):
        page.evaluate(TO_THE_TOP)
        found = Axe().run(page, options={"runOnly": WCAG})
        if page.evaluate(AT_THE_TOP):
            return found
    return pytest.fail("the page does not stay at its top")


@pytest.fixture
def look():
    """Check the page as it stands: axe finds nothing, and nothing sticks out sideways.

    The walks keep pictures in var/screens; with JIANGXIN_SCREENSHOTS=FOLDER all do.
    """

    def looked(page, name, *, picture=False):
        page.wait_for_load_state("load")
        folder = os.environ.get("JIANGXIN_SCREENSHOTS") or ("var/screens" * picture)
        if folder:
            width = page.viewport_size["width"]
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{name} is {overflow} px wider than the screen"
        found = _looked_at_from_the_top(page)
        assert found.violations_count == 0, found.generate_report()

    return looked
