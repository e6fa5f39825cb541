"""Every component, in every appearance, on a desk's screen and on a phone's."""

import pytest

from jiangxin.foundation.ui.preferences import APPEARANCE, PRINT

APPEARANCES = [{}, {APPEARANCE.cookie: "dark"}, {PRINT.cookie: "large"}]


@pytest.fixture(autouse=True)
def _shown(settings):
    settings.DEMONSTRATION = True


def _visit(page, live_server, cookies):
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": live_server.url}
            for name, value in cookies.items()
        ]
    )
    page.goto("/styleguide/")
    return "-".join(["styleguide", *cookies.values()])


@pytest.mark.parametrize("cookies", APPEARANCES, ids=str)
def test_styleguide_is_whole_on_a_desk(page, live_server, look, cookies):
    look(page, _visit(page, live_server, cookies))


@pytest.mark.parametrize("cookies", APPEARANCES, ids=str)
def test_styleguide_is_whole_on_a_phone(phone, live_server, look, cookies):
    look(phone, _visit(phone, live_server, cookies))
