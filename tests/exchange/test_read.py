from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.exchange import reader
from mingxi_desktop.exchange.cells import CellError, Merged, cell_text, column_number, letters
from mingxi_desktop.exchange.child import ReadingProcess
from mingxi_desktop.exchange.read import read_sheets
from mingxi_desktop.exchange.refusal import RefusedError
from tests.exchange.workbooks import DATA, ods, raw_xlsx, sheet_xml, xlsx


@pytest.fixture
def process():
    with ReadingProcess() as process:
        yield process


def test_cells_keep_their_types_and_places(process):
    def change(sheet):
        sheet["C4"], sheet["D5"], sheet["E5"] = "甲", datetime.datetime(2024, 6, 9), True
        sheet["F6"] = datetime.datetime(2024, 6, 9, 8, 30)
        sheet.merge_cells("C7:D8")
        sheet["C7"] = "并"

    (sheet,) = read_sheets(xlsx([], change), process)
    assert sheet.rows[3][2] == "甲"
    assert sheet.rows[4][3:5] == [datetime.date(2024, 6, 9), True]
    assert sheet.rows[5][5] == datetime.datetime(2024, 6, 9, 8, 30)
    assert sheet.merged == (Merged(6, 2, 7, 3),)


def test_error_cells_and_uncomputed_formulas_are_never_blank(process):
    def change(sheet):
        sheet["B2"], sheet["D9"] = "#DIV/0!", "=SUM(A1:A3)"
        sheet["B2"].data_type = "e"

    (sheet,) = read_sheets(xlsx([["a", "b"], [1, None]], change), process)
    assert sheet.rows[1] == [1, CellError("#DIV/0!")]
    assert sheet.rows[8][3] == CellError("=", "E_FORMULA_NO_VALUE")


def test_hidden_sheets_are_marked(process):
    sheets = read_sheets((DATA / "a14_hazards_sheets_by_township.xlsx").read_bytes(), process)
    assert [sheet.name for sheet in sheets if sheet.hidden] == ["上年数据", "_dict"]
    assert len(sheets) == 13


def test_wps_and_ods_files_are_read(process):
    (old,) = read_sheets((DATA / "c22_wps.et").read_bytes(), process)
    assert old.rows[1][:3] == ["序号", "排查日期", "乡镇"]
    cell = '<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    assert read_sheets(ods(f"<table:table-row>{cell}</table:table-row>"), process)[0].rows == [["甲"]]


def test_whatever_the_reader_does_the_program_lives_on(process):
    with pytest.raises(RefusedError) as caught:
        process.read((DATA / "d31_far_cell.xlsx").read_bytes())  # past the guard: calamine ends its process
    assert caught.value.code in ("E_DAMAGED", "E_MEMORY")
    assert len(read_sheets(xlsx([["还在"]]), process)) == 1


def test_garbage_and_truncated_files_are_damaged(process):
    for data in (b"PK\x03\x04" + bytes(100), (DATA / "c22_wps.et").read_bytes()[:2000]):
        with pytest.raises(RefusedError) as caught:
            read_sheets(data, process)
        assert caught.value.code == "E_DAMAGED"


def test_a_child_that_takes_too_long_is_stopped():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60_000))
    with ReadingProcess(seconds=0.0) as process, pytest.raises(RefusedError) as caught:
        process.read(raw_xlsx(sheet_xml(rows)))
    assert caught.value.code == "E_TIMEOUT"


def test_reading_can_be_cancelled():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60_000))
    with ReadingProcess(cancelled=lambda: True) as process, pytest.raises(RefusedError) as caught:
        process.read(raw_xlsx(sheet_xml(rows)))
    assert caught.value.code == "E_CANCELLED"


def test_cells_travel_as_json():
    assert reader._plain("") is None
    assert reader._plain(datetime.datetime(2024, 6, 9, 8)) == ["t", "2024-06-09T08:00:00"]
    assert reader._plain(datetime.timedelta(hours=25)) == ["s", 90000.0]


def test_column_letters():
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(letters(column)) == column for column in range(800))


def test_cells_as_text():
    assert cell_text(12.0) == "12"
    assert cell_text(0.5) == "0.5"
    assert cell_text(datetime.datetime(2024, 6, 9)) == "2024-06-09"
    assert cell_text(True) == "是"
