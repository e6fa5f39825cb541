from dataclasses import dataclass

import pytest

from tests.foundation.uploads import samples  # noqa: F401 -- registers its kinds


@dataclass(frozen=True)
class Owner:
    account_id: int | None
    label: str = "somebody"
    person_id: int | None = None

    def scopes(self, permission):
        return ()


WANG, LI, STRANGER = Owner(1, "王芳"), Owner(2, "李娜"), Owner(None)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"
    return settings.JIANGXIN_UPLOADS


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
