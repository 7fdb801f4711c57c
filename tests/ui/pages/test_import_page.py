"""The import page: four steps over the real import."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.pages.import_page import CHECK, COLUMNS, FILES, RESULT, ImportPage

HEADERS = ["检查时间", "乡镇", "单位名称", "隐患描述", "发现数量", "已整改数量", "奇怪的列"]
GOOD = ["2024-06-09", "盖洋镇", "甲厂", "应急照明损坏", 2, 1, "乡里的话"]
BAD = ["2024.6.31", "盖洋镇", "乙厂", "灭火器过期", 1, 0, ""]


@pytest.fixture
def page(real, settle, told):
    """The page, shown; what it tells in dialogs is noted, never waited for."""
    made = ImportPage(real)
    made.resize(1300, 650)
    made.show()
    settle()
    yield made
    made.hide()
    made.deleteLater()
    assert not told


def workbook(path: Path, *rows: list) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "6月"
    for row in (HEADERS, *rows):
        book.active.append(row)
    book.save(path)
    book.close()
    return path


def choose(combo, field: str) -> None:
    """As the user does: pick the field from the list."""
    assert combo.findData(field) >= 0
    combo.setCurrentIndex(combo.findData(field))
    combo.activated.emit(combo.currentIndex())


def test_from_files_to_records_and_back(qtbot, real, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    path = workbook(tmp_path / "盖洋镇6月.xlsx", GOOD, [*GOOD[:2], "丙厂", *GOOD[3:]])
    page.start([path, path], "hazard")
    settle()
    assert page.files.paths == [path]
    page.forward()
    settle()
    assert page.step == COLUMNS
    page.forward()
    assert page.step == CHECK
    assert page.next.text() == "导入 2 条"
    assert not page.give_back.isVisible()
    with qtbot.waitSignal(real.changed):
        page.forward()
    settle()
    assert page.step == RESULT
    assert on_ledger(lambda ledger: ledger.count(Query("hazard"))) == 2
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    page.undo()
    settle()
    assert on_ledger(lambda ledger: ledger.count(Query("hazard"))) == 0
    assert not page.result.records.isEnabled()
    with qtbot.waitSignal(page.closed):
        page.forward()
    assert page.step == FILES
    assert not page.files.paths


def test_wrong_rows_wait_for_a_word(qtbot, real, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD, BAD)], "hazard")
    page.forward()
    settle()
    page.forward()
    assert page.next.text() == "接收正确的 1 条"
    message = page.check.messages.current()
    assert (message.severity, message.row, message.column, message.value) == (
        "错误",
        3,
        "检查时间",
        "2024.6.31",
    )
    cell = page.check.rows.currentIndex()
    assert cell.data() == "2024.6.31"
    assert cell.data(Qt.ItemDataRole.BackgroundRole).name() == "#fceae8"
    assert "31" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert on_ledger(lambda ledger: ledger.count(Query("hazard"))) == 0
    folder = tmp_path / "退回"
    monkeypatch.setattr(ask, "folder", lambda *_, **__: folder)
    monkeypatch.setattr(ask, "question", lambda *_, **__: False)
    page.write_returned()
    settle()
    assert [path.name for path in folder.iterdir()] == ["甲_退回.xlsx"]
    page.forward()
    settle()
    assert "1 行有错没有导入" in page.result.told.text()
    with qtbot.waitSignal(real.query_wanted) as wanted:
        page.show_records()
    assert on_ledger(lambda ledger: ledger.count(wanted.args[0])) == 1


def test_a_column_is_given_another_meaning(settle, on_ledger, page, tmp_path) -> None:
    page.start(
        [workbook(tmp_path / "甲.xlsx", GOOD), workbook(tmp_path / "乙.xlsx", ["2024-06-10", *GOOD[1:]])],
        "hazard",
    )
    page.forward()
    settle()
    assert "不认得" in page._summary.text()
    combo = page.columns.combo(6)
    assert combo.currentText() == "（不导入）"
    choose(combo, "owner")
    page.forward()
    settle()
    assert page.step == CHECK
    page.forward()
    settle()
    owners = on_ledger(
        lambda ledger: [
            record.shown["owner"] for record in ledger.records("hazard", ledger.ids(Query("hazard")))
        ]
    )
    assert owners == ["乡里的话", "乡里的话"]


def test_refused_files_are_told_and_stop_nothing(settle, page, tmp_path, told) -> None:
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    page.start([broken, workbook(tmp_path / "甲.xlsx", GOOD)], "hazard")
    page.forward()
    settle()
    page.forward()
    assert page.next.text() == "接收正确的 1 条"
    assert not page.check.rows.isVisible()
    assert page.check.sheets.lines.lines[0].roles == {3: "error", 4: "error"}
    assert not told


def test_giving_up_stores_nothing(qtbot, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)], "hazard")
    page.forward()
    settle()
    monkeypatch.setattr(ask, "question", lambda *_, **__: False)
    page.cancel()
    assert page.step == COLUMNS
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert on_ledger(lambda ledger: ledger.count(Query("hazard"))) == 0


def test_reading_can_be_stopped(settle, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)], "hazard")
    page.forward()
    assert page._halt.isVisible()
    page.halt()
    settle()
    assert page.step == FILES
    assert page.next.isEnabled()


def test_another_ledger_forgets_the_corrections(settle, page, tmp_path, told) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)], "hazard")
    page.forward()
    settle()
    choose(page.columns.combo(6), "owner")
    page._back()
    page.files.set_kind("inspection")
    page.forward()
    settle()
    assert not told
    assert page.columns.by_sheet == {}


def test_every_control_has_a_name(page) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView

    for kind in (QComboBox, QTableView):
        assert all(widget.accessibleName() for widget in page.findChildren(kind))
    assert all(
        widget.accessibleName() or widget.text()
        for widget in page.findChildren(QAbstractButton)
        if widget.isVisible()
    )
