from __future__ import annotations

import contextlib
import datetime
import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import CellError, Merged, Sheet
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import read_sheets
from mingxi_desktop.exchange.writing import returned as writing
from mingxi_desktop.exchange.writing import returned_anew, returned_plan
from mingxi_desktop.exchange.writing.patch_comments import add_comments
from mingxi_desktop.exchange.writing.returned import Mark, write_marked
from mingxi_desktop.exchange.writing.returned_anew import write_anew
from mingxi_desktop.exchange.writing.returned_plan import plan_sheet
from tests.exchange.workbooks import DATA, raw_xlsx, sheet_xml, xlsx

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")

RED = "FFFFC7CD"
ROWS = [["乡镇", "数量", "备注"], ["盖洋镇", "x", "甲"], ["胡坊镇", 2, None], ["瀚仙镇", "y", "乙"]]


@pytest.fixture
def returned(tmp_path, reading, monkeypatch):
    """Return a file's copy with marks, opened; the file's bytes are given."""
    monkeypatch.setattr(writing, "ReadingProcess", lambda: contextlib.nullcontext(reading))
    opened = []

    def make(data, marks, name="表.xlsx"):
        source = tmp_path / name
        source.write_bytes(data)
        written = write_marked(source, marks, tmp_path / "退回")
        assert source.read_bytes() == data
        opened.append(openpyxl.load_workbook(written))
        return opened[-1]

    yield make
    for book in opened:
        book.close()


def red(cell):
    return cell.fill.start_color.rgb == RED and cell.fill.fill_type == "solid"


def read(data):
    with ReadingProcess() as process:
        return read_sheets(data, process)


def rich():
    """A workbook with everything that must survive, by XlsxWriter."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, other = book.add_worksheet("台账"), book.add_worksheet("说明")
    bold = book.add_format({"bold": True, "border": 1, "num_format": "0.00"})
    sheet.merge_range("A1:D1", "一览表", bold)
    sheet.write_row("A2", ["乡镇", "数量", "单价", "合价"], bold)
    for row in range(2, 6):
        sheet.write_row(row, 0, ["盖洋镇", "x" if row == 4 else row, 1.5], bold)
        sheet.write_formula(row, 3, f"=B{row + 1}*C{row + 1}", bold, 7.25)
    sheet.merge_range("A7:A8", "胡坊镇", bold)
    sheet.write_row("B7", [1, 2], bold)
    sheet.write_row("B8", ["y", 2], bold)
    sheet.freeze_panes(2, 1)
    sheet.autofilter("A2:D8")
    sheet.data_validation("A3:A99", {"validate": "list", "source": ["盖洋镇", "胡坊镇"]})
    sheet.conditional_format("C3:C9", {"type": "data_bar", "data_bar_2010": True})
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column("E:H", 3, bold, {"hidden": True})
    sheet.write_comment("B5", "这是我的批注", {"author": "李四"})
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=台账!$C$3:$C$5"})
    other.insert_chart("B2", chart)
    other.write("A1", "看图")
    other.write_comment("A1", "别的批注")
    other.activate()
    book.close()
    return file.getvalue()


RICH_MARKS = [
    Mark("台账", 5, 1, "“x”不是数", 2),
    Mark("台账", 8, 0, "没有这个乡镇", 2),
    Mark("台账", 8, 1, "“y”不是数", 2),
    Mark("台账", 4, -1, "缺日期", 2),
]


def test_the_file_itself_comes_back(tmp_path):
    source = tmp_path / "表.xlsx"
    source.write_bytes(rich())
    written = write_marked(source, RICH_MARKS, tmp_path)
    before, after = zipfile.ZipFile(source), zipfile.ZipFile(written)
    with before, after:
        same = {name for name in before.namelist() if before.read(name) == after.read(name)}
        assert {
            "xl/charts/chart1.xml",
            "xl/drawings/drawing1.xml",
            "xl/sharedStrings.xml",
            "xl/comments2.xml",
        } <= same
        old = before.read("xl/worksheets/sheet1.xml").decode()
        new = after.read("xl/worksheets/sheet1.xml").decode()
    for kept in (
        "<f>B3*C3</f><v>7.25</v>",
        "<dataValidation",
        "<autoFilter",
        "<mergeCell ",
        "<x14:dataBar",
        'hidden="1"',
    ):
        assert old.count(kept) == new.count(kept) > 0, kept
    assert read(source.read_bytes())[1].rows == read(written.read_bytes())[1].rows
    for old_row, new_row in zip(
        read(source.read_bytes())[0].rows, read(written.read_bytes())[0].rows, strict=True
    ):
        assert [*new_row, None, None, None][:4] == [*old_row, None, None, None][:4]


def test_cells_are_red_and_say_why(returned):
    sheet = returned(rich(), RICH_MARKS)["台账"]
    assert [cell.coordinate for row in sheet for cell in row if red(cell)] == [
        "A4", "B4", "C4", "D4", "E4", "B5", "E5", "A7", "B8", "E8",
    ]  # fmt: skip
    assert (sheet["B5"].number_format, sheet["B5"].font.bold, sheet["B5"].border.left.style) == (
        "0.00",
        True,
        "thin",
    )
    assert sheet["B5"].comment.text == "这是我的批注\n【退回原因】“x”不是数"
    assert (sheet["A7"].comment.text, sheet["B8"].comment.text) == (
        "【退回原因】没有这个乡镇",
        "【退回原因】“y”不是数",
    )
    assert (sheet["E2"].value, sheet["E2"].font.bold) == ("退回原因", True)
    assert "有3行要改" in sheet["E2"].comment.text
    assert (sheet["E5"].value, sheet["E8"].value) == ("“x”不是数", "1. 没有这个乡镇\n2. “y”不是数")
    assert sheet["E8"].alignment.wrap_text
    widths = sheet.column_dimensions
    assert (widths["E"].width, widths["E"].hidden, widths["F"].hidden, widths["F"].max) == (
        60,
        False,
        True,
        8,
    )


def test_it_opens_at_the_first_marked_cell(returned):
    book = returned(rich(), RICH_MARKS)
    sheet, other = book["台账"], book["说明"]
    assert book.active is sheet
    assert (sheet.sheet_view.tabSelected, bool(other.sheet_view.tabSelected)) == (True, False)
    assert (sheet.sheet_properties.tabColor.rgb, other.sheet_properties.tabColor) == ("FFFF0000", None)
    pane = sheet.sheet_view.pane
    assert (pane.state, pane.topLeftCell, sheet.freeze_panes) == ("frozen", "B3", "B3")
    chosen = {item.pane: item.activeCell for item in sheet.sheet_view.selection}
    assert (pane.activePane, chosen["bottomRight"]) == ("bottomRight", "B5")  # row 4 is hidden
    assert sheet.dimensions == "A1:E8"


@pytest.mark.parametrize(
    ("frozen", "place", "pane"),
    [("A2", "B80", "bottomLeft"), ("B1", "B80", "topRight"), ("C2", "B80", "bottomLeft")],
)
def test_the_marked_cell_is_in_its_pane(returned, frozen, place, pane):
    data = xlsx(
        [["乡镇", "数量", "备注"], *([["盖洋镇", 1]] * 99)],
        lambda sheet: setattr(sheet, "freeze_panes", frozen),
    )
    sheet = returned(data, [Mark("Sheet", 80, 1, "不对", 1)]).active
    chosen = {item.pane: item.activeCell for item in sheet.sheet_view.selection}
    assert (sheet.freeze_panes, sheet.sheet_view.pane.activePane, chosen[pane]) == (
        f"{frozen[0]}76",
        pane,
        place,
    )


def test_a_long_sheet_opens_near_its_first_mark(returned):
    data = xlsx([["乡镇", "数量"], *([["盖洋镇", 1]] * 99)])
    sheet = returned(data, [Mark("Sheet", 80, 1, "不对", 1)]).active
    assert (sheet.sheet_view.topLeftCell, sheet.sheet_view.selection[0].activeCell) == ("A76", "B80")


def test_a_corrected_file_returned_again_starts_clean(returned, tmp_path):
    returned(xlsx(ROWS, lambda sheet: setattr(sheet["B4"], "comment", Comment("我的", "李四"))),
             [Mark("Sheet", 2, 1, "“x”不是数", 1), Mark("Sheet", 4, 1, "“y”不是数", 1)])  # fmt: skip
    first = tmp_path / "退回" / "表_退回.xlsx"
    book = openpyxl.load_workbook(first)
    book.active["B2"] = 5
    book.save(first)
    book.close()
    sheet = returned(first.read_bytes(), [Mark("Sheet", 3, 0, "没有这个乡镇", 1)], "表_退回.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["乡镇", "数量", "备注", "退回原因"]
    assert [sheet.cell(row, 4).value for row in (2, 3, 4)] == [None, "没有这个乡镇", None]
    assert [cell.coordinate for row in sheet for cell in row if red(cell)] == ["A3", "D3"]
    comments = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert comments.pop("D1").startswith("【退回原因】有1行要改")
    assert comments == {"A3": "【退回原因】没有这个乡镇", "B4": "我的"}
    assert sorted(path.name for path in (tmp_path / "退回").iterdir()) == ["表_退回.xlsx", "表_退回2.xlsx"]


def test_comments_of_an_earlier_return_are_known_without_their_author():
    def runs(*texts):
        return "".join(f"<r><t>{text}</t></r>" for text in texts)

    comments = {
        "A1": runs("【退回原因】“", "x", "”不是数"),
        "B1": runs("我的\n【退回原因】“", "x", "”"),
        "C1": runs("别的"),
    }
    lines = (
        f'<comment ref="{ref}" authorId="0"><text>{text}</text></comment>' for ref, text in comments.items()
    )
    part = f"<comments><authors><author/></authors><commentList>{''.join(lines)}</commentList></comments>"
    text, new, gone = add_comments(part, {(0, 0): ["新"]})
    assert (new, gone) == ([(0, 0)], [])
    assert re.findall(r'ref="(..)"|<t[^>]*>([^<]+)', text) == [
        ("B1", ""), ("", "我的"), ("C1", ""), ("", "别的"), ("A1", ""), ("", "【退回原因】新"),
    ]  # fmt: skip
    assert add_comments(part, {})[2] == [(0, 0)]


def test_several_tables_on_a_sheet(returned):
    rows = [
        ["一、隐患"],
        ["乡镇", "数量"],
        ["盖洋镇", "x"],
        [],
        ["二、检查"],
        ["乡镇", "家数", "人数"],
        ["胡坊镇", 1, "y"],
    ]
    sheet = returned(xlsx(rows), [Mark("Sheet", 3, 1, "一", 2), Mark("Sheet", 7, 2, "二", 6)]).active
    assert (sheet["C2"].value, sheet["C3"].value) == ("退回原因", "一")
    assert (sheet["D6"].value, sheet["D7"].value) == ("退回原因", "二")


def test_faults_of_a_whole_table_stand_at_its_header(returned):
    rows = [["表"], ["乡镇", "数量", "数量"], ["盖洋镇", 1, 2]]
    sheet = returned(
        xlsx(rows), [Mark("Sheet", 0, 2, "有相同的表头", 2), Mark("Sheet", 0, -1, "没有日期", 2)]
    ).active
    assert (sheet["C2"].comment.text, red(sheet["C2"])) == ("【退回原因】有相同的表头", True)
    assert (sheet["D2"].value, sheet["D2"].comment.text, red(sheet["D2"])) == (
        "退回原因",
        "【退回原因】没有日期",
        True,
    )


def test_very_many_faults_have_no_more_comments_than_a_workbook_bears(monkeypatch):
    monkeypatch.setattr(returned_plan, "MOST_COMMENTS", 2)
    plan = plan_sheet(
        Sheet("表", [["头"], ["a"], ["b"], ["c"]]), [Mark("表", row, 0, "错", 1) for row in (2, 3, 4)]
    )
    assert (set(plan.comments), len(plan.red)) == ({(0, 1), (1, 0)}, 6)


def test_without_a_known_header_the_row_above_gets_it(returned):
    sheet = returned(xlsx(ROWS), [Mark("Sheet", 2, 1, "“x”不是数"), Mark("Sheet", 2, -1, "缺日期")]).active
    assert (sheet["D1"].value, sheet["D2"].value) == ("退回原因", "1. “x”不是数\n2. 缺日期")


def test_macros_and_prefixed_elements_stay(returned, tmp_path):
    cells = (
        '<x:row r="1"><x:c r="A1" t="str"><x:v>乡镇</x:v></x:c></x:row>'
        '<x:row><x:c t="str"><x:v>a</x:v></x:c></x:row>'
    )
    data = xlsx([["x"]])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    data = with_parts(data, {"xl/worksheets/sheet1.xml": sheet.encode(), "xl/vbaProject.bin": b"macro"})
    source = tmp_path / "表.xlsm"
    source.write_bytes(data)
    written = write_marked(
        source, [Mark("Sheet", 2, 0, "没有这个乡镇", 1), Mark("Sheet", 5, 0, "空", 1)], tmp_path
    )
    assert written.name == "表_退回.xlsm"
    with zipfile.ZipFile(written) as archive:
        assert archive.read("xl/vbaProject.bin") == b"macro"
    assert [row[:2] for row in read(written.read_bytes())[0].rows][:2] == [
        ["乡镇", "退回原因"],
        ["a", "没有这个乡镇"],
    ]


def with_parts(data, parts):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as out:
        whole = {name: archive.read(name) for name in archive.namelist()} | parts
        for name, content in whole.items():
            out.writestr(name, content)
    return made.getvalue()


def test_a_package_built_otherwise_comes_back_as_a_new_file(returned):
    data = raw_xlsx(sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>'))  # no styles
    sheet = returned(data, [Mark("表", 1, 0, "不对")]).active
    assert (sheet["A1"].value, red(sheet["A1"]), sheet["B1"].value) == (7, True, "不对")


def test_a_csv_comes_back_as_a_new_xlsx(returned):
    book = returned((DATA / "c01_gb18030.csv").read_bytes(), [Mark("", 2, 6, "数量不对", 1)], "表.csv")
    assert (book.active["C2"].value, book.active["L1"].value, book.active["L2"].value) == (
        "盖洋镇",
        "退回原因",
        "数量不对",
    )


def test_a_pasted_block_needs_no_file(tmp_path):
    data = "乡镇\t数量\n盖洋镇\t=1+1\n".encode()
    written = write_marked(tmp_path / "粘贴", [Mark("", 2, 1, "不是数", 1)], tmp_path, data=data)
    assert written.name == "粘贴_退回.xlsx"
    assert read(written.read_bytes())[0].rows == [["乡镇", "数量", "退回原因"], ["盖洋镇", "=1+1", "不是数"]]


VALUES = [
    "文字", "=1+1", "+5", "-", "@x", "007", 7, 2.5, True, datetime.date(2024, 6, 9),
    datetime.datetime(2024, 6, 9, 8, 30), datetime.time(8, 30), datetime.timedelta(hours=30), 350421199003071233,
    datetime.date(1850, 1, 1), CellError("#REF!"), None,
]  # fmt: skip


@pytest.mark.parametrize("streamed_from", [0, 1000])
def test_a_new_file_keeps_types_merged_cells_and_what_is_hidden(tmp_path, monkeypatch, streamed_from):
    monkeypatch.setattr(returned_anew, "_STREAMED_FROM", streamed_from)
    sheet = Sheet("甲/乙", [["头"], list(VALUES)], merged=(Merged(0, 0, 0, 3), Merged(0, 2, 1, 2)))
    sheet.hidden_rows, sheet.hidden_columns = frozenset({1}), frozenset({3})
    sheets = [Sheet("甲_乙", [["别的"]], hidden=True), sheet]
    plan = plan_sheet(sheet, [Mark("甲/乙", 2, 3, "不对", 1)])
    write_anew(sheets, {"甲/乙": plan}, tmp_path / "新.xlsx")
    book = openpyxl.load_workbook(tmp_path / "新.xlsx")
    assert (book.sheetnames, book["甲_乙"].sheet_state) == (["甲_乙", "甲_乙_2"], "hidden")
    made = book["甲_乙_2"]
    assert book.active is made
    assert [made.cell(2, column + 1).value for column in range(10)] == [
        *VALUES[:9], datetime.datetime(2024, 6, 9),
    ]  # fmt: skip
    assert made["B2"].data_type == "s"
    assert [made.cell(2, column).value for column in range(11, 18)] == [
        datetime.datetime(2024, 6, 9, 8, 30), datetime.time(8, 30), datetime.timedelta(hours=30),
        "350421199003071233", "1850-01-01", "=#REF!", "不对",
    ]  # fmt: skip
    assert [str(area) for area in made.merged_cells.ranges] == ["A1:D1"]
    assert made.row_dimensions[2].hidden
    assert made.column_dimensions["D"].hidden
    assert (made["Q1"].value, red(made["D2"])) == ("退回原因", True)
    book.close()
    assert read((tmp_path / "新.xlsx").read_bytes())[1].rows[1][15] == CellError("#REF!")


def test_a_cell_that_is_too_long_is_refused_in_words(tmp_path):
    sheet = Sheet("表", [["头"], ["长" * 40_000]])
    with pytest.raises(UserError) as caught:
        write_anew([sheet], {"表": plan_sheet(sheet, [Mark("表", 2, 0, "长", 1)])}, tmp_path / "新.xlsx")
    assert "第2行A列" in caught.value.detail


def test_a_file_that_is_gone_or_cannot_be_read_is_the_users_fault(tmp_path):
    with pytest.raises(UserError):
        write_marked(tmp_path / "没有.xlsx", [Mark("", 1, 0, "x")], tmp_path)
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 xl/workbook.xml")
    with pytest.raises(UserError):
        write_marked(tmp_path / "坏.xlsx", [Mark("", 1, 0, "x")], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["坏.xlsx"]


@pytest.mark.slow
def test_many_marks_in_a_long_file_are_all_written(tmp_path):
    source = tmp_path / "大.xlsx"
    book = xlsxwriter.Workbook(source, {"constant_memory": True})
    sheet = book.add_worksheet("表")
    for row in range(2_001):
        sheet.write_row(row, 0, [f"盖洋镇{row}", row, 1.5, "说明", "x", "y", "z", row, row, row])
    book.close()
    written = write_marked(
        source, [Mark("表", row * 4 + 2, 1, f"第{row}处", 1) for row in range(500)], tmp_path
    )
    with zipfile.ZipFile(written) as archive:
        assert archive.read("xl/comments1.xml").decode().count("<comment ") == 501
