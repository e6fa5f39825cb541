import pytest

from jiangxin.foundation.actor import SYSTEM


def the_system(user, now):
    return SYSTEM


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.foundation.web.addresses"
    settings.JIANGXIN_ACTOR_FACTORY = "tests.foundation.web.conftest.the_system"
    settings.LOGIN_URL = "/sign-in/"
    settings.LANGUAGE_CODE = "en"
