"""Identity numbers and phones in a workbook that is handed in."""

import re
from io import BytesIO

from openpyxl import load_workbook

NUMBER = re.compile(r"^(\d{17}[\dXx]|1\d{10})$")


def numbers_in_workbook(content):
    book = load_workbook(BytesIO(content), read_only=True)
    cells = (
        str(cell)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )
    return {cell for cell in cells if NUMBER.match(cell)}
