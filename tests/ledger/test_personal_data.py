"""Numbers of people: masked where they leave the ledger unless asked for, noted, and never lost on the way back."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, cells, exporting, importing, table_printing, whole_book
from mingxi_desktop.ledger.importing import Choice, Doubt, Settings
from mingxi_desktop.ledger.remarking import Leaving
from mingxi_desktop.ledger.table_printing import Wanted

pytestmark = pytest.mark.usefixtures("one_child")

NUMBER, MASKED = "13812345678", "138****5678"
PLAN = f"联系业主 {NUMBER} 限期整改"


@pytest.fixture
def hazard(ledger: Ledger, add) -> int:
    """A hazard whose texts and steps hold telephone numbers."""
    step = {"action": "下达整改", "person": f"李四 {NUMBER}", "record_date": datetime.date(2024, 3, 2)}
    return add("hazard", owner=f"张三{NUMBER}", plan=PLAN, hazard_step=[step])


def texts(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig")
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)


def doubts(found: importing.Preview) -> list[Doubt]:
    return [row.doubt for sheet in found.sheets for row in sheet.doubtful]


@pytest.mark.parametrize("name", ["隐患.xlsx", "隐患.csv"])
def test_an_export_is_masked_and_importing_it_again_changes_nothing(ledger, hazard, tmp_path, name):
    path = tmp_path / name
    assert exporting.personal_cells(ledger, Query("hazard")) == 3
    assert exporting.export(ledger, Query("hazard"), path) == 1
    said = texts(path)
    assert NUMBER not in said
    assert said.count(MASKED) == (3 if name.endswith("xlsx") else 2)
    assert not ledger.remarks.left()
    found = importing.preview(ledger, [path], Settings(kind="hazard", personal=True))
    assert doubts(found) == [Doubt.SAME]
    assert not found.ready


def test_a_changed_row_of_a_masked_export_keeps_the_numbers(ledger, hazard, tmp_path):
    path = tmp_path / "隐患.xlsx"
    exporting.export(ledger, Query("hazard"), path)
    book = openpyxl.load_workbook(path)
    for row in book.active:
        for cell in row:
            if cell.value == PLAN.replace(NUMBER, MASKED):
                cell.value = f"{cell.value}，下周复查"
    book.save(path)
    found = importing.preview(ledger, [path], Settings(kind="hazard"))
    assert doubts(found) == [Doubt.CHANGED]
    found.choose((Doubt.CHANGED,), Choice.REPLACE)
    importing.commit(ledger, found)
    now = ledger.get("hazard", hazard).values
    assert (now["plan"], now["owner"]) == (f"{PLAN}，下周复查", f"张三{NUMBER}")
    [step] = ledger.children("hazard", hazard)["hazard_step"]
    assert step.values["person"] == f"李四 {NUMBER}"


@pytest.mark.parametrize("name", ["隐患.xlsx", "隐患.csv"])
def test_an_export_as_it_is_says_so_and_is_noted(ledger, hazard, tmp_path, name):
    path = tmp_path / name
    before = ledger.history_hash()
    exporting.export(ledger, Query("hazard"), path, personal=True)
    assert NUMBER in texts(path)
    assert exporting.CARRIES in texts(path)
    if name.endswith("xlsx"):
        assert openpyxl.load_workbook(path).properties.description == exporting.CARRIES
    [left] = ledger.remarks.left()
    assert left.by == "张三"
    assert left.what == Leaving("隐患台账", name, 1, 3)
    assert ledger.history_hash() != before, "the chain covers it"
    assert not ledger.verify()
    assert not ledger.undo_sentence.startswith("导出")
    found = importing.preview(ledger, [path], Settings(kind="hazard"))
    assert doubts(found) == [Doubt.SAME], "what stays out of an import takes nothing away"
    assert not found.ready
    assert not found.rejected, "the note is no record"


def test_an_export_that_fails_is_not_noted(ledger, hazard, tmp_path):
    with pytest.raises(Exception, match=r"文件夹|写"):
        exporting.export(ledger, Query("hazard"), tmp_path / "没有" / "隐患.xlsx", personal=True)
    assert not ledger.remarks.left()


def test_pasting_a_masked_cell_over_itself_keeps_the_number(ledger, hazard):
    given = {hazard: {"owner": f"张三{MASKED}", "plan": f"{PLAN.replace(NUMBER, MASKED)}！"}}
    found = cells.preview(ledger, "hazard", given, 2024)
    assert found.same == 1
    cells.store(ledger, found, "粘贴")
    now = ledger.get("hazard", hazard).values
    assert (now["owner"], now["plan"]) == (f"张三{NUMBER}", f"{PLAN}！")


def test_a_printed_list_is_masked_unless_wanted(ledger, hazard):
    wanted = Wanted(Query("hazard"), (("owner", 90.0), ("plan", 90.0)), "隐患")
    assert table_printing.table(ledger, wanted).rows == [(f"张三{MASKED}", PLAN.replace(NUMBER, MASKED))]
    whole = table_printing.table(ledger, replace(wanted, personal=True))
    assert whole.rows == [(f"张三{NUMBER}", PLAN)]
    assert "注意保管" in whole.conditions
    leaving = table_printing.leaving(whole, "hazard", ["owner", "plan"], "打印机")
    assert (leaving.records, leaving.personal) == (1, 2)


def test_all_ledgers_in_one_book_are_whole_and_noted(ledger, hazard, tmp_path):
    book = tmp_path / "全部台账.xlsx"
    whole_book.write(ledger, book)
    assert not ledger.remarks.left(), "the readable copy at each close changes nothing"
    whole_book.export(ledger, book)
    assert NUMBER in texts(book)
    assert [one.what for one in ledger.remarks.left()] == [Leaving("全部台账", book.name, 1, 3)]
