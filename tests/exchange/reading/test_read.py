from __future__ import annotations

import datetime
import io
import json
import operator
import os
import sys
import threading
from array import array
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.cells import (
    Cell,
    CellError,
    Merged,
    cell_text,
    column_number,
    has_empty,
    is_empty,
    letters,
)
from mingxi_desktop.exchange.reading import child, reader
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import InTurn, file_bytes, read_sheets
from mingxi_desktop.exchange.reading.refusal import RefusedError
from tests.exchange import biff
from tests.exchange.workbooks import DATA, ods, ods_content, raw_xlsx, sheet_xml, xlsx


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


def test_the_reader_may_end_the_child_and_the_program_lives_on(process, monkeypatch):
    child = "from mingxi_desktop.exchange import parse, reader; parse.guard = lambda *_: []; reader.main()"
    with (
        ReadingProcess(command=[sys.executable, "-c", child]) as unguarded,
        pytest.raises(RefusedError) as caught,
    ):
        unguarded.read((DATA / "d31_far_cell.xlsx").read_bytes())
    assert caught.value.code in ("E_READER", "E_MEMORY", "E_DAMAGED")


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "raise SystemExit",
        "import sys; sys.stdout.write('nonsense' * 100)",
        "import sys; sys.stdin.buffer.read(1_000_008); sys.stdout.buffer.write(b'\\xff' * 9_000_000)",
        "import sys; sys.stdin.buffer.read(9); sys.stdout.buffer.write(b'\\0\\0\\0\\2[]' * 9)",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x0b{\"rows\":[1]}' * 9)",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x0c{\"sheet\":{}}' * 9)",
    ],
)
def test_a_child_without_sense_is_a_refusal(code: str):
    with ReadingProcess(command=[sys.executable, "-c", code], seconds=60) as process:
        for _ in range(2):
            with pytest.raises(RefusedError) as caught:
                process.read(bytes(1_000_000))
            assert caught.value.code == "E_READER"


@pytest.mark.parametrize("code", ["import time; time.sleep(60)", "while True: pass"])
def test_a_child_that_hangs_or_never_ends_is_stopped(code: str):
    with (
        ReadingProcess(command=[sys.executable, "-c", code], seconds=0.2) as process,
        pytest.raises(RefusedError) as caught,
    ):
        process.read(bytes(5_000_000))
    assert caught.value.code == "E_TIMEOUT"


def test_a_child_that_cannot_be_started_is_a_refusal():
    with ReadingProcess(command=["/no/such/program"]) as process, pytest.raises(RefusedError) as caught:
        process.read(b"x")
    assert caught.value.code == "E_START"


def test_garbage_and_truncated_files_are_damaged(process):
    for data in (b"PK\x03\x04" + bytes(100), (DATA / "c22_wps.et").read_bytes()[:2000]):
        with pytest.raises(RefusedError) as caught:
            read_sheets(data, process)
        assert caught.value.code == "E_DAMAGED"


def test_a_length_of_time_beyond_all_clocks_is_damaged(process):
    def endless(sheet):
        sheet["B2"].number_format = "[h]:mm"

    with pytest.raises(RefusedError) as caught:
        read_sheets(xlsx([["时长", "用时"], ["一", 1e300]], endless), process)
    assert caught.value.code == "E_DAMAGED"


def test_reading_can_be_cancelled():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60_000))
    with ReadingProcess(cancelled=lambda: True) as process, pytest.raises(RefusedError) as caught:
        process.read(raw_xlsx(sheet_xml(rows)))
    assert caught.value.code == "E_CANCELLED"


def test_a_file_is_read_while_something_else_is_done(process):
    first, second = xlsx([["甲"]]), xlsx([["乙"]])
    process.begin(first)
    assert process.read(second)[0].rows == [["乙"]], "what was begun is let go of for another file"
    process.begin(first)
    process._begun.done.wait()
    assert process.read(first)[0].rows == [["甲"]]


def test_files_come_in_turn_and_each_is_begun_while_the_one_before_is_worked_on(process, tmp_path):
    good, bad = tmp_path / "good.xlsx", tmp_path / "none.xlsx"
    good.write_bytes(xlsx([["甲"]]))
    far = (DATA / "d31_far_cell.xlsx").read_bytes()
    turn = InTurn(process, [good, bad, b"", far, xlsx([["乙"]])])
    data, (sheet,) = turn.take()
    assert (data, sheet.rows) == (good.read_bytes(), [["甲"]])
    for code in ("E_NO_FILE", "E_EMPTY_FILE", "E_TOO_MANY_CELLS"):
        with pytest.raises(RefusedError) as caught:
            turn.take()
        assert caught.value.code == code
    assert process._begun is not None
    assert turn.take()[1][0].rows == [["乙"]]
    assert process._begun is None


def test_no_child_thread_or_open_file_is_left():
    def state() -> tuple[int, set[int], set[threading.Thread]]:
        own = psutil.Process()
        opened = own.num_fds() if sys.platform != "win32" else 0
        return opened, {child.pid for child in own.children()}, set(threading.enumerate())

    before = state()
    for _ in range(3):
        with ReadingProcess() as process:
            read_sheets(xlsx([["甲"]]), process)
            with pytest.raises(RefusedError):
                read_sheets((DATA / "d31_far_cell.xlsx").read_bytes(), process)
        with ReadingProcess(command=[sys.executable, "-c", ""]) as process, pytest.raises(RefusedError):
            process.read(b"x")
        with ReadingProcess() as process:
            process.begin(xlsx([["甲"]]))
    # Less there may be: what another test has left may end meanwhile.
    assert all(map(operator.le, state(), before))


def test_refusals_of_the_child_come_with_their_details(process):
    for data, code, said in (
        ((DATA / "d31_far_cell.xlsx").read_bytes(), "E_TOO_MANY_CELLS", "XFD1048576"),
        ('甲,乙\n"1,2\n3,4\n'.encode(), "E_QUOTES", "第2行"),
        (b"<html><body>x</body></html>", "E_HTML_AS_XLS", "网页"),
    ):
        with pytest.raises(RefusedError) as caught:
            read_sheets(data, process)
        assert caught.value.code == code
        assert said in caught.value.message


def test_every_format_gives_the_same_cells(process):
    day = datetime.date(2024, 6, 9)
    one = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
    cells = one.format("date", 'office:date-value="2024-06-09"', "6月9日") + one.format("string", "", "甲")
    cells += one.format("float", 'office:value="2.5"', "2.5")
    flat = ods_content(f"<table:table-row>\n  {cells}\n</table:table-row>")
    flat = flat.replace("office:document-content", "office:document")

    def change(sheet):
        sheet["A1"], sheet["B1"], sheet["C1"] = day, "甲", 2.5

    old = biff.number(0, 0, 45452, biff.DATE) + biff.text(0, 1, "甲") + biff.number(0, 2, 2.5)
    ss = "urn:schemas-microsoft-com:office:spreadsheet"
    data = '<Cell><Data ss:Type="{}">{}</Data></Cell>'
    xml = (
        data.format("DateTime", "2024-06-09T00:00:00.000")
        + data.format("String", "甲")
        + data.format("Number", "2.5")
    )
    xml = f'<Worksheet ss:Name="表"><Table><Row>{xml}</Row></Table></Worksheet>'
    xml = f'<Workbook xmlns="{ss}" xmlns:ss="{ss}">{xml}</Workbook>'
    files = [
        xlsx([], change),
        biff.xls(old),
        ods(f"<table:table-row>{cells}</table:table-row>"),
        flat.encode(),
        xml.encode(),
    ]
    for file in files:
        (sheet,) = read_sheets(file, process)
        assert sheet.rows == [[day, "甲", 2.5]]


def test_dates_of_both_epochs_in_an_xls(process):
    for serial, epoch_1904 in ((45452, False), (43990, True)):
        (sheet,) = read_sheets(biff.xls(biff.number(0, 0, serial, biff.DATE), epoch_1904=epoch_1904), process)
        assert sheet.rows == [[datetime.date(2024, 6, 9)]]


def test_what_hides_in_an_xls_is_laid_over(process):
    hidden = biff.workbook([("甲", biff.error(0, 1, 0x2A) + biff.hidden_row(0), 0), ("乙", b"", 2)])
    first, second = read_sheets(biff.compound({"Workbook": hidden}), process)
    assert first.rows == [[None, CellError("#N/A")]]
    assert (first.hidden, second.hidden, first.hidden_rows) == (False, True, {0})


def test_files_that_are_none(tmp_path, monkeypatch):
    (tmp_path / "empty.xlsx").touch()
    named = {
        "": "E_FOLDER",
        "none.xlsx": "E_NO_FILE",
        "empty.xlsx/a.xlsx": "E_NO_FILE",
        "a\0b.xlsx": "E_NO_FILE",
    }
    for name, code in named.items():
        with pytest.raises(RefusedError) as caught:
            file_bytes(tmp_path / name)
        assert caught.value.code in (code, "E_FILE")
    assert file_bytes(tmp_path / "empty.xlsx") == b""


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_what_stands_among_files_and_is_none(tmp_path):
    (tmp_path / "loop.xlsx").symlink_to(tmp_path / "loop.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    named = {
        tmp_path / "loop.xlsx": "E_FILE",
        tmp_path / "pipe.xlsx": "E_NOT_A_FILE",
        "/dev/zero": "E_NOT_A_FILE",
    }
    for path, code in named.items():
        with pytest.raises(RefusedError) as caught:
            file_bytes(Path(path))
        assert caught.value.code == code


def test_cells_travel_and_arrive():
    cells = ["甲", 1, 2.5, True, None, datetime.date(2024, 6, 9), datetime.datetime(2024, 6, 9, 8)]
    cells += [
        datetime.time(8, 30),
        datetime.timedelta(hours=25),
        CellError("#REF!"),
        CellError("=", "E_FORMULA_NO_VALUE"),
    ]
    cells += [
        "d2024-06-09",
        "\x01d2024-06-09",
        "长" * 90,
        1.0,
        False,
        -0.0,
    ]  # 1.0 and False are no True and no 0
    first, second, third = [list(cells), ["甲", 2], []], [[2, 3], [2]], [[2.5, -0.0, 0.0]]
    sent = io.BytesIO()
    for rows in (first, second, third):
        sender = reader._Sender(sent)
        for row in rows:
            sender.add(row)
        sender.end()
    sent.seek(0)
    arrived = [_arrived(sent) for _ in range(3)]
    assert arrived == [first, second, third]
    assert list(map(type, arrived[0][0])) == list(map(type, cells))
    assert arrived[0][0][0] is arrived[0][1][0]
    assert list(map(str, arrived[2][0])) == ["2.5", "0.0", "0.0"]


def _arrived(sent: io.BytesIO) -> list[list[Cell]]:
    """What one sender has sent."""

    def content() -> bytes:
        (length,) = reader.OUT_LENGTH.unpack(sent.read(reader.OUT_LENGTH.size))
        return sent.read(length)

    frame = json.loads(content())
    rows = list(child._rows(frame, child._cells(frame), content()))
    assert json.loads(content()) == {"end": True}
    return rows


@pytest.mark.parametrize(
    ("places", "lengths", "width"),
    [
        ([0, 1, 2], [2], 0),
        ([0], [2], 0),
        ([0, 9], [2], 0),
        ([0, 1, 2], [1], 2),
        ([0, 1], [1, 1], 2),
        ([0, 1], [2, 0], 1),
    ],
)
def test_a_child_that_has_lost_its_mind_gives_no_rows(places: list[int], lengths: list[int], width: int):
    frame = {"lengths": lengths, "width": width}
    with pytest.raises((EOFError, IndexError)):
        list(child._rows(frame, ["甲", "乙", "丙"], array("I", places).tobytes()))


def test_column_letters():
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(letters(column)) == column for column in range(800))


@given(st.lists(st.text(" \t\r\n\u00a0\u3000\u200b\ufeff\u2003甲", max_size=4)))
def test_texts_of_which_one_is_empty(texts: list[str]):
    assert has_empty(texts) == any(map(is_empty, texts))


def test_cells_as_text():
    assert cell_text(12.0) == "12"
    assert cell_text(0.5) == "0.5"
    assert cell_text(datetime.datetime(2024, 6, 9)) == "2024-06-09"
    assert cell_text(True) == "是"


@pytest.mark.parametrize("name", ["libreoffice.xls", "libreoffice.ods"])
def test_genuine_files_of_another_program(name: str, process):
    sheets = read_sheets((DATA / name).read_bytes(), process)
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [
        ("隐患", False),
        ("隐藏表", True),
        ("深藏", True),
        ("空表", False),
    ]
    rows = sheets[0].rows
    assert rows[2][:6] == [
        datetime.date(2024, 6, 9),
        datetime.datetime(2024, 6, 9, 8, 30),
        datetime.time(8, 30),
        datetime.timedelta(hours=25, minutes=30),
        0.9649,
        True,
    ]
    assert rows[3][1:5] == [6056, CellError("#DIV/0!"), CellError("#N/A"), None]
    assert rows[3][7] == "350421199001011234"
    assert rows[5][:4] == ["a & b <c>", "  空格  ", "制表\t符", 76.026]
    assert set(sheets[0].merged) == {Merged(0, 0, 0, 7), Merged(7, 0, 8, 1), Merged(7, 3, 9, 3)}
    assert (sheets[0].hidden_rows, sheets[0].hidden_columns, sheets[0].formulas) == ({4}, {5}, 5)
