"""The import page: four steps over the real import."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTableView

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger.intake.result import Choice, Doubt, ImportResult, Preview
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.importing import work
from mingxi_desktop.ui.importing.columns_table import CHOICE
from mingxi_desktop.ui.importing.digest import digest
from mingxi_desktop.ui.importing.work import Looked
from mingxi_desktop.ui.pages.import_page import CHECK, COLUMNS, FILES, RESULT, ImportPage
from tests.ui.importing import made
from tests.ui.small import type_text

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


def workbook(path: Path, *rows: list, headers: list | None = None, hidden: bool = False) -> Path:
    """A sheet 6月; hidden: and another one with the same headers that is hidden."""
    book = openpyxl.Workbook()
    book.active.title = "6月"
    for row in (headers or HEADERS, *rows):
        book.active.append(row)
    if hidden:
        other = book.create_sheet("旧表")
        for row in (HEADERS, ["2024-06-11", "雪峰镇", "丁厂", "无台账", 1, 0, ""]):
            other.append(row)
        other.sheet_state = "hidden"
    book.save(path)
    book.close()
    return path


def choose(page: ImportPage, place: int, field: str) -> None:
    """As the user does: pick the choice of a column."""
    model = page.columns.table.columns
    offer = next(offer for offer in model.offers if offer.name == field)
    assert model.setData(model.index(place, CHOICE), offer.text)


def hazards(ledger) -> int:
    return ledger.count(Query("hazard"))


def shown(ledger, field: str) -> list[str]:
    return [record.shown[field] for record in ledger.records("hazard", ledger.ids(Query("hazard")))]


def to_check(page: ImportPage, settle, *paths: Path) -> None:
    page.start(list(paths))
    settle()
    page.forward()
    settle()
    assert page.step == COLUMNS
    page.forward()
    settle()
    assert page.step == CHECK


def test_from_files_to_records_and_back(qtbot, real, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    path = workbook(tmp_path / "盖洋镇6月.xlsx", GOOD, [*GOOD[:2], "丙厂", *GOOD[3:]])
    page.start([path, path], "hazard")
    settle()
    assert page.files.paths == [path]
    assert page.files.kind.currentData() == "hazard"
    page.forward()
    settle()
    assert page.step == COLUMNS
    page.forward()
    assert page.step == CHECK
    assert page.bars.next.text() == "导入 2 条"
    assert not page.bars.give_back.isVisible()
    with qtbot.waitSignal(real.changed):
        page.forward()
    settle()
    assert page.step == RESULT
    assert on_ledger(hazards) == 2
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    page.undo()
    settle()
    assert on_ledger(hazards) == 0
    assert not page.result.records.isEnabled()
    with qtbot.waitSignal(page.closed):
        page.forward()
    assert page.step == FILES
    assert not page.files.paths


def next_step(qtbot, page: ImportPage, step: int) -> None:
    """Alt+N; Qt presses the button for a moment."""
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.step == step and not page.busy, timeout=20_000)


def test_the_whole_way_by_keyboard(qtbot, real, settle, on_ledger, page, tmp_path) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)])
    settle()
    assert page.files.kind.currentData() == ""
    next_step(qtbot, page, COLUMNS)
    assert page.columns.sheets.hasFocus()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    table = page.columns.table
    assert table.hasFocus()
    assert table.currentIndex().row() == 6, "the cursor waits on the column that nobody knows"
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    type_text(editor, "bz")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert table.columns.index(6, CHOICE).data() == "备注"
    next_step(qtbot, page, CHECK)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(page.check.senders.isVisible)
    next_step(qtbot, page, RESULT)
    assert on_ledger(shown, "note") == ["乡里的话"]


def test_wrong_rows_wait_for_a_word(qtbot, real, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    to_check(page, settle, workbook(tmp_path / "甲.xlsx", GOOD, BAD))
    assert page.bars.next.text() == "接收正确的 1 条"
    message = page.check.messages.current()
    assert (message.severity, message.rows, message.column, message.value) == (
        "错误",
        (3,),
        "检查时间",
        "2024.6.31",
    )
    cell = page.check.rows.currentIndex()
    assert cell.data() == "2024.6.31"
    assert cell.data(Qt.ItemDataRole.BackgroundRole).name() == "#fceae8"
    assert "31" in cell.data(Qt.ItemDataRole.ToolTipRole)
    header = page.check.rows.model().headerData(cell.row(), Qt.Orientation.Vertical)
    assert header == "3  ▲ 错误"
    assert on_ledger(hazards) == 0
    folder = tmp_path / "退回"
    monkeypatch.setattr(ask, "folder", lambda *_, **__: folder)
    monkeypatch.setattr(ask, "question", lambda *_, **__: False)
    page.write_returned()
    settle()
    assert [path.name for path in folder.iterdir()] == ["甲_退回.xlsx"]
    page.forward()
    settle()
    assert "1 行有错没有导入" in page.result.told.text()
    assert any("有错" in line.texts[0] for line in page.result.reasons.lines.lines)
    with qtbot.waitSignal(real.query_wanted) as wanted:
        page.result.records.click()
    assert on_ledger(lambda ledger: ledger.count(wanted.args[0])) == 1


def test_a_column_is_given_another_meaning(settle, on_ledger, page, tmp_path) -> None:
    page.start(
        [workbook(tmp_path / "甲.xlsx", GOOD), workbook(tmp_path / "乙.xlsx", ["2024-06-10", *GOOD[1:]])]
    )
    page.forward()
    settle()
    assert "2 张表要看一下" in page._summary.text()
    assert page.columns.table.columns.index(6, CHOICE).data() == "（不导入）"
    choose(page, 6, "owner")
    assert [line.texts[4] for line in page.columns.sheets.lines.lines] == ["已改", "已改"]
    page.forward()
    settle()
    assert page.step == CHECK
    page.forward()
    settle()
    assert on_ledger(shown, "owner") == ["乡里的话", "乡里的话"]


def test_what_was_corrected_is_remembered_and_forgotten(settle, on_ledger, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)])
    page.forward()
    settle()
    choose(page, 6, "owner")
    page.forward()
    settle()
    page.forward()
    settle()
    page.start([workbook(tmp_path / "乙.xlsx", ["2024-07-10", *GOOD[1:]])])
    page.forward()
    settle()
    assert page.columns.table.columns.index(6, CHOICE).data().startswith("整改责任人")
    assert page.columns.head.forget.isVisible()
    page.columns.head.forget.click()
    settle()
    assert page.columns.table.columns.index(6, CHOICE).data() == "（不导入）"
    assert not page.columns.head.forget.isVisible()


def test_a_hidden_sheet_comes_in_when_it_is_ticked(settle, on_ledger, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD, hidden=True)])
    page.forward()
    settle()
    lines = page.columns.sheets.lines.lines
    assert [line.ticked for line in lines] == [True, False]
    page.columns.sheets.selectRow(1)
    QTest.keyClick(page.columns.sheets, Qt.Key.Key_Space)
    page.forward()
    settle()
    assert page.bars.next.text() == "导入 2 条"
    page.forward()
    settle()
    assert sorted(on_ledger(shown, "area")) == ["盖洋镇", "雪峰镇"]


def test_a_ticked_off_table_stays_out(settle, on_ledger, page, tmp_path) -> None:
    other = workbook(tmp_path / "乙.xlsx", ["2024-06-10", *GOOD[1:]])
    page.start([workbook(tmp_path / "甲.xlsx", GOOD), other])
    page.forward()
    settle()
    page.columns.sheets.selectRow(0)
    QTest.keyClick(page.columns.sheets, Qt.Key.Key_Space)
    page.forward()
    settle()
    assert page.bars.next.text() == "导入 1 条"
    page.forward()
    settle()
    assert on_ledger(shown, "record_date") == ["2024-06-10"]


def test_the_same_file_again_waits_for_a_decision(settle, on_ledger, page, tmp_path) -> None:
    to_check(page, settle, workbook(tmp_path / "甲.xlsx", GOOD))
    page.forward()
    settle()
    to_check(page, settle, workbook(tmp_path / "改.xlsx", [*GOOD[:4], 5, 1, ""]))
    assert page.bars.next.text() == "没有可以导入的"
    page.check.open(1)
    part = page.check.doubts
    assert part.items.items[0].doubt is Doubt.CHANGED
    assert [line.texts for line in part.fields.lines.lines] == [("发现数", "2", "5")]
    part.decide(Choice.REPLACE)
    assert page.bars.next.text() == "导入 1 条"
    page.forward()
    settle()
    assert "其中替换 1 条" in page.result.count.text()
    assert on_ledger(shown, "quantity_found") == ["5"]


def test_a_table_that_fits_no_ledger_is_told_and_can_be_chosen(settle, on_ledger, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "通讯录.xlsx", ["甲", "钓鱼", "好"], headers=["花名", "爱好", "印象"])])
    page.forward()
    settle()
    assert page.bars.next.text() == "没有能导入的表"
    assert not page.bars.next.isEnabled()
    assert page.columns.sheets.lines.lines[0].texts[4] == "要选台账"
    assert "没有找到合适的台账" in page.columns.head._note.text()
    page.columns.head.kind_chosen.emit("hazard")
    settle()
    assert page.columns.table.columns.rowCount() == 3
    choose(page, 0, "description")
    page.columns.head.inputs["area"].set_text("盖洋镇")
    page.columns.head.inputs["area"].left.emit()
    page.columns.head.inputs["record_date"].set_text("2024-06-09")
    page.columns.head.inputs["record_date"].left.emit()
    page.forward()
    settle()
    assert page.bars.next.text() == "导入 1 条"
    page.forward()
    settle()
    assert on_ledger(shown, "description") == ["甲"]


def test_a_table_without_rows_is_told(settle, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "空.xlsx")])
    page.forward()
    settle()
    page.forward()
    settle()
    assert page.step == CHECK
    assert page.bars.next.text() == "没有可以导入的"
    assert not page.bars.next.isEnabled()


def test_refused_files_are_told_and_stop_nothing(settle, page, tmp_path, told) -> None:
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    to_check(page, settle, broken, workbook(tmp_path / "甲.xlsx", GOOD))
    assert page.bars.next.text() == "接收正确的 1 条"
    page.check.sheets.selectRow(0)
    assert not page.check.rows.isVisible()
    assert page.check.sheets.lines.lines[0].roles == {3: "error", 5: "error"}
    assert not told


def test_giving_up_stores_nothing(qtbot, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)])
    page.forward()
    settle()
    monkeypatch.setattr(ask, "question", lambda *_, **__: False)
    page.cancel()
    assert page.step == COLUMNS
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.columns.sheets, Qt.Key.Key_Escape)
    assert on_ledger(hazards) == 0


def test_reading_can_be_stopped(settle, page, tmp_path) -> None:
    page.start([workbook(tmp_path / f"{place}.xlsx", GOOD) for place in range(3)])
    page.forward()
    assert page.bars.halt.isVisible()
    assert "第 1 个，共 3 个" in page.bars.doing.text()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    settle()
    assert page.step == FILES
    assert page.bars.next.isEnabled()


def test_closing_the_window_stops_the_reading_and_stores_nothing(real, page, tmp_path, monkeypatch) -> None:
    begun = threading.Event()

    def endless(_ledger, _sources, _settings, stopped, progress):
        begun.set()
        while not stopped():
            time.sleep(0.005)
        progress(1, 1)

    monkeypatch.setattr(work, "look", endless)
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)])
    page.forward()
    assert begun.wait(10)
    started = time.monotonic()
    real.worker.close()
    assert time.monotonic() - started < 5
    assert page.step == FILES


def test_esc_closes_the_list_of_choices_and_not_the_import(
    qtbot, settle, page, tmp_path, monkeypatch
) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    asked: list[str] = []
    monkeypatch.setattr(ask, "question", lambda title, *_, **__: bool(asked.append(title)))
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)])
    page.forward()
    settle()
    page.columns.table.setFocus()
    QTest.keyClick(page.columns.table, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not asked
    assert page.columns.table.hasFocus()
    QTest.keyClick(page.columns.table, Qt.Key.Key_Escape)
    assert asked == ["放弃这次导入？"]


def test_another_ledger_forgets_the_corrections(settle, page, tmp_path, told) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)], "hazard")
    page.forward()
    settle()
    choose(page, 6, "owner")
    page.back()
    page.files.set_kind("inspection")
    page.forward()
    settle()
    assert not told
    assert page.columns.wishes == {}


def test_files_and_folders_are_dropped_on_the_page(settle, page, tmp_path) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    inside = workbook(folder / "盖洋镇.xlsx", GOOD)
    (folder / "~$盖洋镇.xlsx").write_bytes(b"lock")
    (folder / "说明.docx").write_bytes(b"text")
    beside = workbook(tmp_path / "雪峰镇.xlsx", GOOD)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (beside, folder, tmp_path / "没有了.xlsx")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    page.dropEvent(event)
    settle()
    assert page.files.paths == [beside, inside]
    assert "没有了.xlsx" in page.files._said.text()
    page.start([beside])
    assert page.files.paths == [beside, inside]
    assert "已经在列表里" in page.files._said.text()


def test_who_sent_what_and_who_did_not(settle, page, tmp_path) -> None:
    to_check(
        page, settle,
        workbook(tmp_path / "盖洋镇.xlsx", GOOD),
        workbook(tmp_path / "雪峰镇.xlsx", [GOOD[0], "雪峰镇", *GOOD[2:]]),
    )  # fmt: skip
    page.check.open(2)
    lines = [line.texts for line in page.check.senders.table.lines.lines]
    assert [line[1] for line in lines[:2]] == ["盖洋镇.xlsx", "雪峰镇.xlsx"]
    absent = [line[0] for line in lines if line[8] == "没有收到"]
    assert len(absent) == 7
    assert "盖洋镇" not in absent
    assert "沙溪乡" in absent


def test_every_control_has_a_name(page) -> None:
    for kind in (QComboBox, QTableView, QLineEdit):
        assert all(
            widget.accessibleName()
            for widget in page.findChildren(kind)
            if not widget.objectName().startswith("qt_")
        )
    buttons = [
        widget for widget in page.findChildren(QAbstractButton) if not widget.objectName().startswith("qt_")
    ]
    assert all(widget.accessibleName() or widget.text() for widget in buttons)


def test_mnemonics_are_unique_in_every_step_and_leave_the_menus_theirs(page, settle) -> None:
    looked = Looked(made.everything(), digest(made.everything()))
    page._show(looked)
    page.result.show_result(looked.found, ImportResult(Changes("导入", batch=1)))
    for step, part in ((FILES, 0), (COLUMNS, 0), (CHECK, 0), (CHECK, 1), (RESULT, 0)):
        page.go(step)
        page.check.open(part)
        settle()
        texts = [
            widget.text()
            for kind in (QAbstractButton, QLabel)
            for widget in page.findChildren(kind)
            if widget.isVisible()
        ]
        keys = [key for text in texts for key in re.findall(r"&(\w)", text)]
        assert len(keys) == len(set(keys)), keys
        assert not set(keys) & set("FEVDRTHN")


def test_tab_goes_the_way_of_the_layout(page, settle, qtbot) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    sheet = made.good(values={"area": "盖洋镇"})
    page._show(Looked(Preview([sheet]), digest(Preview([sheet]))))
    page.go(COLUMNS)
    head = page.columns.head
    wanted = [
        page.columns.sheets, head.kind, head.header, head.inputs["area"].editor,
        page.columns.view, page.columns.table, page.bars.back, page.bars.leave, page.bars.next,
    ]  # fmt: skip
    page.columns.sheets.setFocus()
    seen = [QApplication.focusWidget()]
    for _ in range(len(wanted) - 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == wanted


def test_on_a_usual_screen_no_step_has_to_be_scrolled(page, settle) -> None:
    page.resize(1366, 668)
    page._show(Looked(made.everything(), digest(made.everything())))
    for step, part in ((FILES, 0), (COLUMNS, 0), (CHECK, 0), (CHECK, 1), (CHECK, 2), (RESULT, 0)):
        page.go(step)
        page.check.open(part)
        settle()
        assert not page._area.verticalScrollBar().isVisible(), (step, part)
        assert not page._area.horizontalScrollBar().isVisible(), (step, part)
