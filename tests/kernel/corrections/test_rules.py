import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.corrections.rules import kind_of
from tests.kernel.corrections.conftest import PDF, PNG

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 30 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (PDF, "application/pdf")],
)
def test_a_whole_file_is_known_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize("content", [PNG[:-4], JPEG[:-2], PDF[:8], b"", b"<html>"])
def test_a_file_cut_off_or_of_another_format_is_not(content):
    assert kind_of(content) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(content):
    kind_of(content)
