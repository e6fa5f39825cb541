from dataclasses import dataclass

import pytest

from jiangxin.foundation.uploads import operations
from tests.foundation.uploads.samples import PAPER, pdf


@dataclass(frozen=True)
class Owner:
    account_id: int | None
    label: str = "somebody"
    person_id: int | None = None

    def scopes(self, permission):
        return ()


CONTENT = pdf(padding=3_000)
WANG, LI, STRANGER = Owner(1, "王芳"), Owner(2, "李娜"), Owner(None)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path / "uploads"
    return settings.JIANGXIN_UPLOADS


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def begin(now):
    def begun(content=CONTENT, actor=WANG, *, kind=PAPER, fingerprint="f", at=None):
        return operations.begin(
            kind=kind,
            name=r"C:\扫描件\住所证明.pdf",
            size_bytes=len(content),
            fingerprint=fingerprint,
            actor=actor,
            now=at or now,
        )

    return begun


@pytest.fixture
def send():
    def sent(upload, content=CONTENT, *, size=1_000, actor=WANG):
        while (start := operations.received(upload)) < len(content):
            piece = content[start : start + size]
            operations.add_piece(
                key=upload.key, start=start, content=piece, actor=actor
            )
        return upload

    return sent


@pytest.fixture
def keep(begin, send, now):
    def kept(content=CONTENT, actor=WANG, **more):
        upload = send(begin(content, actor, **more), content, actor=actor)
        return operations.finish(key=upload.key, actor=actor, now=now)

    return kept


def bytes_of(upload):
    with operations.open_upload(upload) as file:
        return file.read()
