import pytest

from tests.kernel.register.roster.making import World


@pytest.fixture(autouse=True)
def demonstration(settings, tmp_path):
    """Let people be who exist nowhere, and their files lie in a folder of the test."""
    settings.DEMONSTRATION = True
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"


@pytest.fixture
def world(db):
    return World()
