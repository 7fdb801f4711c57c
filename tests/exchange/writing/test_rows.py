"""Rows written whole are what XlsxWriter's own calls write, cell by cell."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.grid import LINE, CellType, GridColumn
from mingxi_desktop.exchange.writing.rows import Column, RowSheet
from mingxi_desktop.exchange.writing.write import BOOK_OPTIONS

COLUMNS = [
    GridColumn("序号", CellType.INT, 6),
    GridColumn("日期", CellType.DATE),
    GridColumn("时刻", CellType.DATETIME),
    GridColumn("金额（元）", CellType.MONEY),
    GridColumn("名称", CellType.TEXT),
    GridColumn("描述", CellType.LONG, 20),
    GridColumn("口径", CellType.TEXT, optional=True, plain=(None, "", "逐条")),
]
NOON = datetime.datetime(2024, 6, 9, 12)
ROWS = [
    [1, datetime.date(2024, 6, 9), NOON, Decimal("100.50"), "甲", "=1+1", "逐条"],
    [2, datetime.date(1900, 1, 1), None, Decimal(7) / 3, ' <b>&"\n', "长" * 70 + "\n\n短", None],
    [10**15, None, NOON, -5, "a\x07b_x0041_\uffff\U0001f600", "", "逐条"],
    ["约3", datetime.date(2024, 6, 9), NOON, None, "长" * 20, "一" * 900, ""],
]
LINES = [1, 7, 1, 20]


def sheet_xml(fill):
    """The rows of a sheet, with what `fill` put there."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {**BOOK_OPTIONS, "constant_memory": True})
    formats = {kind: book.add_format({"num_format": f'0"{kind}"'}) for kind in CellType}
    for form in formats.values():
        form._get_xf_index()
    fill(book, formats)
    book.close()
    text = zipfile.ZipFile(made).read("xl/worksheets/sheet1.xml").decode()
    found = re.search("<dimension.*?/>.*(<sheetData.*)</sheetData>", text, re.DOTALL)
    return found[0]


def cell_by_cell(book, formats):
    sheet = book.add_worksheet()
    for number, (row, lines) in enumerate(zip(ROWS, LINES, strict=True)):
        for place, value in enumerate(row):
            kind = COLUMNS[place].type
            if isinstance(value, str) and value:
                long = kind is CellType.LONG or len(value) == 20
                sheet.write_string(number, place, value, formats[CellType.LONG if long else CellType.TEXT])
            elif value is None or value == "":
                sheet.write_blank(number, place, None, formats[kind])
            elif isinstance(value, datetime.date):
                sheet.write_datetime(number, place, value, formats[kind])
            else:
                sheet.write_number(number, place, value, formats[kind])
        if lines > 1:
            sheet.set_row(number, LINE * lines)


def abreast(rows):
    return list(zip(*rows, strict=True))


def test_rows_are_what_xlsxwriter_writes():
    def whole(book, formats):
        sheet = book.add_worksheet(None, RowSheet)
        columns = [Column(sheet, place, COLUMNS, formats) for place in range(len(COLUMNS))]
        sheet.put_rows(0, columns, abreast(ROWS[:3]))
        sheet.put_rows(3, columns, abreast(ROWS[3:]))
        assert [column.interesting for column in columns] == [True] * 6 + [False]

    assert sheet_xml(whole) == sheet_xml(cell_by_cell)


def test_what_does_not_fit_is_named_with_its_place():
    def refused(book, formats):
        sheet = book.add_worksheet(None, RowSheet)
        columns = [Column(sheet, place, COLUMNS, formats) for place in range(len(COLUMNS))]
        with pytest.raises(UserError) as caught:
            sheet.put_rows(2, columns, abreast([ROWS[0], [1, None, None, None, "", "长" * 40_000, None]]))
        assert caught.value.detail.startswith("第4行“描述”：")
        with pytest.raises(UserError):
            sheet.put_rows(1_048_575, columns, abreast(ROWS[:2]))
        sheet.put_rows(0, columns, abreast(ROWS))

    assert sheet_xml(refused).count("<row ") == len(ROWS)
