import io
import re
import zipfile

import pytest
from django.utils.translation import override
from rustpy_xlsxwriter import write_worksheet

from jiangxin.kernel.register.roster import reading
from jiangxin.kernel.register.roster.reading import read_table

KNOWN = {"姓名", "证件号码"}


def count_known(texts):
    return sum(text in KNOWN for text in texts)


def read(content, name="roster.xlsx"):
    return read_table(content, file_name=name, count_known=count_known)


def workbook(rows):
    file = io.BytesIO()
    write_worksheet(rows, file)
    return file.getvalue()


def test_a_workbook_is_read_as_texts_with_the_rows_as_a_spreadsheet_numbers_them():
    table = read(workbook([{"姓名": "王芳", "证件号码": "330726190001010015"}]))
    assert list(table.headings) == ["姓名", "证件号码"]
    assert table.rows.rows() == [(2, "王芳", "330726190001010015")]


def test_numbers_keep_their_digits():
    table = read(workbook([{"姓名": 7, "证件号码": 13800138000}]))
    assert table.rows.rows() == [(2, "7", "13800138000")]


def test_a_title_above_the_headings_is_passed_over():
    content = "2026年花名册,\n,\n姓名,证件号码\n王芳,1\n".encode()
    table = read(content, "a.csv")
    assert list(table.headings) == ["姓名", "证件号码"]
    assert table.rows.rows() == [(4, "王芳", "1")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_spreadsheets_write(encoding):
    table = read("姓名,证件号码\n王芳,1\n".encode(encoding), "a.csv")
    assert table.rows.rows() == [(2, "王芳", "1")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_parts_its_cells(separator):
    text = f"姓名{separator}证件号码\n王芳{separator}1\n"
    assert read(text.encode(), "a.csv").rows.width == 3


def test_blank_rows_and_blank_cells_are_no_data():
    table = read("姓名,证件号码\n , \n王芳,  \n".encode(), "a.csv")
    assert table.rows.rows() == [(3, "王芳", None)]


def test_equal_headings_are_told_apart():
    table = read("姓名,备注,备注\n王芳,a,b\n".encode(), "a.csv")
    assert list(table.headings) == ["姓名", "备注", "备注 (2)"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not really", b"\x00\x01\x02" * 50]
)
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(reading.NotATable):
        read(content)


def test_an_archive_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(reading.NotATable):
        read(file.getvalue())


def test_an_archive_that_unpacks_to_too_much_is_refused_unread():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "MOST_UNPACKED_BYTES", 1_000_000)
        with pytest.raises(reading.FileTooLarge):
            read(file.getvalue())


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(reading.FileTooLarge) as refusal:
        read(b"x" * 11)
    with override("en"):
        assert "Split it" in refusal.value.message


def test_more_rows_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(reading.TooManyRows):
        read("姓名\na\nb\nc\n".encode(), "a.csv")


@pytest.mark.parametrize("text", ["", "姓名,证件号码\n"])
def test_a_table_without_rows_is_refused(text):
    with pytest.raises(reading.EmptyTable):
        read(text.encode(), "a.csv")


def test_bytes_that_are_no_text_are_refused_as_csv():
    with pytest.raises(reading.NotATable):
        read(b"\xff\xfe\xff\xff\x80", "a.csv")


def test_cells_beyond_the_headings_stand_under_no_heading():
    table = read("姓名,证件号码\n王芳,1,2,3\n".encode(), "a.csv")
    assert list(table.headings) == ["姓名", "证件号码", "", ""]
    assert table.rows.rows() == [(2, "王芳", "1", "2", "3")]


def test_blank_rows_on_top_are_counted_as_a_spreadsheet_counts_them():
    """As when somebody began on the third line; the writer of workbooks cannot."""
    content = workbook([{"姓名": "王芳", "证件号码": "1"}])
    table = read(moved_down(content, 2))
    assert table.rows.rows() == [(4, "王芳", "1")]


def moved_down(content, count):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                part = re.sub(
                    r'(?<= r=")([A-Z]*)(\d+)',
                    lambda place: f"{place[1]}{int(place[2]) + count}",
                    part,
                )
            new.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize("top", ["2026年花名册\n", "\n\n", "甲乙丙\n\n\n"])
def test_a_short_line_on_top_of_csv_cuts_no_column_off(top):
    table = read(f"{top}姓名,证件号码\n王芳,1\n".encode(), "a.csv")
    assert table.rows.rows() == [(top.count("\n") + 2, "王芳", "1")]


def test_characters_that_no_database_keeps_are_dropped():
    table = read("姓名,证件号码\n王\x00芳,\x07\n".encode(), "a.csv")
    assert table.rows.rows() == [(2, "王芳", None)]


@pytest.mark.parametrize("text", ["=1+1", "-", "+86 13800000000", "@someone"])
def test_a_text_that_was_made_harmless_is_read_as_it_was(text):
    table = read(f"姓名,证件号码\n'{text},'quoted\n".encode(), "a.csv")
    assert table.rows.rows() == [(2, text, "'quoted")]


def test_headings_that_were_told_apart_before_are_told_apart_again():
    table = read("姓名,备注,备注,备注 (2)\n王芳,a,b,c\n".encode(), "a.csv")
    assert list(table.headings) == ["姓名", "备注", "备注 (2)", "备注 (2) (2)"]


def test_a_lone_quotation_mark_is_part_of_its_cell():
    table = read('姓名,证件号码\n王"芳,1\n李四,2\n'.encode(), "a.csv")
    assert table.rows.height == 2
