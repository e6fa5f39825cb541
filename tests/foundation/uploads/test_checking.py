from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.uploads import refusals
from jiangxin.foundation.uploads.checking import check_whole, format_of
from jiangxin.foundation.uploads.enums import FileFormat
from tests.foundation.uploads.samples import SOUND, jpeg, packed, pdf, png

each_format = pytest.mark.parametrize("kind", FileFormat)


@each_format
def test_a_sound_file_is_known_by_its_content_and_taken(kind):
    assert format_of(SOUND[kind]) is kind
    check_whole(SOUND[kind], kind)


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\0", b"<html>", b"GIF89a", packed("a.txt"), b"PK\x03\x04 cut off"],
)
def test_other_files_have_no_format(content):
    assert format_of(content) is None


@each_format
@given(data=st.data())
def test_a_file_that_is_cut_off_anywhere_is_never_taken(kind, data):
    whole = SOUND[kind]
    content = whole[: data.draw(st.integers(0, len(whole) - 3))]
    found = format_of(content)
    if found is not None:
        with pytest.raises(refusals.FileUnreadable):
            check_whole(content, found)


@given(st.sampled_from(list(FileFormat)), st.binary(max_size=300))
def test_whatever_is_sent_is_taken_or_refused_and_breaks_nothing(kind, noise):
    heads = {
        FileFormat.PNG: b"\x89PNG\r\n\x1a\n",
        FileFormat.JPEG: b"\xff\xd8\xff",
        FileFormat.PDF: b"%PDF-",
    }
    content = heads.get(kind, b"PK\x03\x04") + noise
    with suppress(Refused):
        check_whole(content, kind)


@given(st.integers(8, len(SOUND[FileFormat.PNG]) - 1), st.integers(1, 255))
def test_a_png_in_which_a_byte_changed_is_damaged(at, change):
    content = bytearray(SOUND[FileFormat.PNG])
    content[at] ^= change
    with pytest.raises(Refused):
        check_whole(bytes(content), FileFormat.PNG)


@pytest.mark.parametrize(
    ("content", "kind", "refusal"),
    [
        (pdf(inside=b"/Encrypt 5 0 R"), FileFormat.PDF, refusals.FileLocked),
        (pdf(inside=b"/S /JavaScript"), FileFormat.PDF, refusals.FileCarriesPrograms),
        (pdf(inside=b"/S /Launch"), FileFormat.PDF, refusals.FileCarriesPrograms),
        (png(20_000, 20_000), FileFormat.PNG, refusals.PictureTooLarge),
        (png(0, 2), FileFormat.PNG, refusals.FileUnreadable),
        (jpeg(60_000, 60_000), FileFormat.JPEG, refusals.PictureTooLarge),
        (
            b"\xff\xd8\xff\xe0\0\2\0\0\xff\xd9",
            FileFormat.JPEG,
            refusals.FileUnreadable,
        ),
        (
            packed("word/document.xml", "word/vbaProject.bin"),
            FileFormat.DOCX,
            refusals.FileCarriesPrograms,
        ),
        (
            packed("word/document.xml", content=b"\0" * 201 * 1024 * 1024),
            FileFormat.DOCX,
            refusals.FileUnpacksTooLarge,
        ),
    ],
    ids=lambda value: getattr(value, "code", "") or type(value).__name__,
)
def test_what_would_harm_or_cannot_be_read_is_refused(content, kind, refusal):
    with pytest.raises(refusal):
        check_whole(content, kind)


def test_a_packed_file_with_a_password_is_locked():
    content = bytearray(packed("word/document.xml"))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(refusals.FileLocked):
        check_whole(bytes(content), FileFormat.DOCX)


def test_a_packed_file_whose_member_is_damaged_is_unreadable():
    content = bytearray(packed("word/document.xml", compression=0))
    content[content.index(b"<x/>")] ^= 1
    with pytest.raises(refusals.FileUnreadable):
        check_whole(bytes(content), FileFormat.DOCX)
