from __future__ import annotations

import csv
import datetime
import errno
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.grid import (
    BLOCK,
    Abreast,
    CellType,
    Grid,
    GridColumn,
    sheet_name,
    unused_sheet_name,
)
from mingxi_desktop.exchange.writing.template import write_template
from mingxi_desktop.exchange.writing.write import write_csv, write_workbook

COLUMNS = [
    GridColumn("序号", CellType.INT, 6),
    GridColumn("日期", CellType.DATE),
    GridColumn("描述", CellType.LONG, 20),
    GridColumn("金额（元）", CellType.MONEY),
    GridColumn("口径", CellType.TEXT, optional=True, plain=(None, "", "逐条")),
    GridColumn("记录标识", CellType.TEXT, hidden=True),
]
ROWS = [
    [1, datetime.date(2024, 6, 9), "=1+1", Decimal("100.5"), "逐条", "1-a"],
    [2, None, "http://例子\n" + "长" * 60, None, None, "2-b"],
]


def grid(rows=ROWS):
    return Grid("台账[1]", "某某台账", COLUMNS, rows)


def test_cells_are_typed_and_texts_stay_texts(tmp_path):
    assert write_workbook(tmp_path / "o.xlsx", [grid()]) == [2]
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheet = book.active
    assert sheet.title == "台账_1_"
    assert [cell.value for cell in sheet[2]] == [column.header for column in COLUMNS]
    assert sheet["B3"].value == datetime.datetime(2024, 6, 9)
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s")
    assert sheet["D3"].value == 100.5
    assert sheet["C4"].hyperlink is None
    book.close()


def test_it_is_ready_to_print(tmp_path):
    write_workbook(tmp_path / "o.xlsx", [grid()])
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheet = book.active
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        9,
        0,
        "$1:$2",
    )
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:F4"
    assert "&P" in sheet.oddFooter.center.text
    assert sheet.row_dimensions[4].height > 30
    hidden = sheet.column_dimensions["E"]  # F, the mark, and E, which says nothing new, are one group
    assert (hidden.hidden, hidden.min, hidden.max) == (True, 5, 6)
    assert not sheet.column_dimensions["D"].hidden
    book.close()


def test_what_is_more_than_fits_on_paper_is_folded_away(tmp_path):
    write_workbook(tmp_path / "o.xlsx", [grid([[1, None, "甲", None, "汇总", "1-a"]])])
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheet = book.active
    folded = sheet.column_dimensions["E"]
    assert (folded.hidden, folded.outlineLevel, folded.max) == (True, 1, 5)
    assert not sheet.sheet_properties.outlinePr.summaryRight  # the + stands over the last column that shows
    assert str(next(iter(sheet.merged_cells.ranges))) == "A1:D1"
    book.close()


def test_a_text_that_no_cell_can_hold_is_refused_and_nothing_is_left(tmp_path):
    with pytest.raises(UserError):
        write_workbook(tmp_path / "o.xlsx", [grid([[1, None, "长" * 40_000, None, None, ""]])])
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_the_users_fault(tmp_path):
    with pytest.raises(UserError) as caught:
        write_workbook(tmp_path / "没有" / "o.xlsx", [grid()])
    assert "没有" in caught.value.detail


@pytest.mark.parametrize("write", [lambda path: write_workbook(path, [grid()]),
                                   lambda path: write_template(path, kind_of("hazard"), {})])  # fmt: skip
def test_a_full_disk_is_told_once_and_nothing_is_left(tmp_path, monkeypatch, write):
    def refuse(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mingxi_desktop.exchange.writing.write.copyfileobj", refuse)
    with pytest.raises(UserError) as caught:
        write(tmp_path / "o.xlsx")
    assert "o.xlsx：磁盘 " in caught.value.detail
    assert caught.value.detail.endswith("满了")
    assert list(tmp_path.iterdir()) == []


def test_a_book_too_large_for_the_memory_is_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("mingxi_desktop.exchange.writing.write._IN_MEMORY", 100)
    write_workbook(tmp_path / "o.xlsx", [grid()])
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert book.active.max_row > 2


def test_csv_has_a_mark_and_no_formulas(tmp_path):
    assert write_csv(tmp_path / "o.csv", grid()) == 2
    data = (tmp_path / "o.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "1,2024-06-09,'=1+1,100.5,逐条,1-a" in data.decode("utf-8-sig")


def test_csv_is_what_pythons_own_writer_writes(tmp_path):
    texts = ["", "a", 'say "x"', "a,b", "a\nb", "a\rb", " a ", ";", "'", "第1行\r\n第2行", None]
    cells = [[number, text, Decimal("1E+2"), datetime.date(2024, 6, 9)] for number, text in enumerate(texts)]
    columns = [GridColumn(header) for header in ("序号", 'a"b', "c,d", "日期")]
    write_csv(tmp_path / "o.csv", Grid("台账", "台账", columns, cells * 100, note="注：保管,好"))
    own = io.StringIO(newline="")
    out = csv.writer(own)
    out.writerow([column.header for column in columns])
    out.writerows([number, text, "100", day] for number, text, _, day in cells * 100)
    out.writerow(["注：保管,好"])
    assert (tmp_path / "o.csv").read_bytes().decode("utf-8-sig") == own.getvalue()


@pytest.mark.parametrize(
    "odd", [None, "", "=1", "'=1", "＋1", "a,b", 'say "x"', "第1行\r\n第2行", "a\0=b", 7, True]
)
def test_csv_of_texts_taken_together_is_that_of_single_ones(tmp_path, odd):
    rows = [[text, number] for number, text in enumerate(["甲", "乙=", "丙'", *[odd] * 2, "丁"])]
    for name, more in (("one", {}), ("long", {"type": CellType.LONG}), ("distinct", {"distinct": True})):
        columns = [GridColumn("措施", **more), GridColumn("序号", CellType.INT, distinct=name == "distinct")]
        write_csv(tmp_path / name, Grid("台账", "台账", columns, rows))
    one, *others = ((tmp_path / name).read_bytes() for name in ("one", "long", "distinct"))
    assert others == [one, one]


def test_csv_of_columns_with_one_thing_in_all_rows_is_what_pythons_own_writer_writes(tmp_path):
    alike = ["", None, "=1", "a,b", 7, 'say "x"']
    rows = [[*alike, number % 2, *alike, f"{number}件", *alike] for number in range(2 * BLOCK + 1)]
    columns = [GridColumn(f"列{number}", distinct=number % 3 == 0) for number in range(len(rows[0]))]
    write_csv(tmp_path / "o.csv", Grid("台账", "台账", columns, rows))
    own = io.StringIO(newline="")
    out = csv.writer(own)
    out.writerow([column.header for column in columns])
    out.writerows(["'=1" if cell == "=1" else cell for cell in row] for row in rows)
    assert (tmp_path / "o.csv").read_bytes().decode("utf-8-sig") == own.getvalue()


def test_rows_that_come_column_by_column_are_written_as_others(tmp_path):
    rows = [[number, None, f"描述{number}", Decimal(number), "逐条", f"{number}-a"] for number in range(700)]
    rows[3][2] = "长" * 60
    parts = [list(zip(*rows[:650], strict=True)), list(zip(*rows[650:], strict=True))]
    for name, held in (("rows", rows), ("columns", Abreast(parts))):
        made = grid(held)
        write_csv(tmp_path / f"{name}.csv", made)
        assert write_workbook(tmp_path / f"{name}.xlsx", [made]) == [700]
    assert (tmp_path / "rows.csv").read_bytes() == (tmp_path / "columns.csv").read_bytes()
    sheets = [
        zipfile.ZipFile(tmp_path / f"{name}.xlsx").read("xl/worksheets/sheet1.xml")
        for name in ("rows", "columns")
    ]
    assert sheets[0] == sheets[1]
    assert [list(row) for row in Abreast(parts)] == rows
    assert [len(block[0]) for block in grid(Abreast(parts)).blocks()] == [BLOCK, BLOCK, 50, 50]


def test_columns_say_what_the_cells_are_of_what_stands_in_the_rows(tmp_path):
    columns = [GridColumn("金额（元）", CellType.MONEY, cell=lambda fen: Decimal(fen) / 100)]
    columns.append(GridColumn("措施", cell=lambda form: form.replace("|", "、")))
    made = Grid("台账", "台账", columns, [[150, "甲|乙"], [7, "甲|乙"]])
    write_csv(tmp_path / "o.csv", made)
    assert (tmp_path / "o.csv").read_text("utf-8-sig").splitlines()[1:] == ["1.5,甲、乙", "0.07,甲、乙"]
    write_workbook(tmp_path / "o.xlsx", [made])
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert [cell.value for cell in book.active[3]] == [1.5, "甲、乙"]
    book.close()


def test_template_marks_required_fields_and_offers_words(tmp_path):
    write_template(
        tmp_path / "t.xlsx",
        kind_of("hazard"),
        {"area": ["盖洋镇", "胡坊镇"], "level": ["一般", "重大"]},
        "某局",
    )
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["隐患"]
    headers = [cell.value for cell in sheet[1]]
    assert {"*日期", "*乡镇", "*隐患描述", "发现数（条）", "整改资金（元）"} <= set(headers)
    assert "编号" not in headers
    assert "来源" not in headers
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any("_选项" in rule.formula1 for rule in rules)
    assert book["_选项"].sheet_state == "veryHidden"
    assert "必填" in sheet["B1"].comment.text
    assert book.sheetnames == ["隐患", "隐患整改复查过程", "填写说明", "_选项"]
    book.close()


def test_sheet_names():
    assert sheet_name("a/b:c*[x]" + "长" * 40) == "a_b_c__x_" + "长" * 22


def test_sheet_names_are_told_apart():
    taken: set[str] = set()
    names = [unused_sheet_name(text, taken) for text in ("", "sheet1", "长" * 40, "长" * 40)]
    assert names == ["Sheet1", "sheet1_2", "长" * 31, "长" * 29 + "_2"]
