import struct

import pytest

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.credentials import operations
from jiangxin.kernel.credentials.operations.carrying import carried, token_of
from jiangxin.kernel.credentials.proofs import jose
from jiangxin.kernel.credentials.verification import verify_file
from tests.kernel.credentials.operations.test_issuing import issue, record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issued(now, make_person, firms):
    return issue(record(now, person_id=make_person(employer=firms.north).pk), now)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("json", "application/vc+json"),
        ("jwt", "application/vc+jwt"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
    ],
)
def test_file_of_every_form_is_genuine(now, issued, form, kind):
    file = carried(issued, form, now=now)
    report = verify_file(file.content, at=now)
    assert (report.verdict, report.form) == ("good", form)
    assert (file.kind, file.name) == (kind, f"credential-{issued.public_id}.{form}")


def test_picture_is_large_enough_to_be_shown(now, issued):
    content = carried(issued, "png", now=now).content
    assert struct.unpack(">II", content[16:24]) == (800, 800)


def test_picture_says_what_the_document_says_and_names_nobody(now, issued):
    """The letters of an SVG are drawn: its texts are those of the credential."""
    content = carried(issued, "svg", now=now).content.decode()
    picture, _start, _rest = content.partition("<openbadges:credential")
    _before, _end, after = content.partition("</openbadges:credential>")
    assert "王芳" not in picture + after


def test_token_is_signed_with_a_key_in_use(now, issued):
    before = jose.read_token(token_of(issued, now=now).encode())
    assert before.header["kid"] == f"{issued.issuer}#{issued.key}"
    fresh = operations.rotate_key(reason="", actor=SYSTEM, now=now)
    issued.key.refresh_from_db()
    text = token_of(issued, now=now)
    assert jose.read_token(text.encode()).header["kid"] == f"{issued.issuer}#{fresh}"
    assert verify_file(text.encode(), at=now).verdict == "good"


def test_other_form_is_not_found(now, issued):
    with pytest.raises(NotFound):
        carried(issued, "exe", now=now)
