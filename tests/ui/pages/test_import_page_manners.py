"""The import page's manners: keyboard, leaving, stopping, room on the screen."""

from __future__ import annotations

import re
import threading
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTableView

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger.intake.imported import ImportResult
from mingxi_desktop.ledger.intake.result import Preview
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.importing import work
from mingxi_desktop.ui.importing.check_step import DOUBTS, ROWS
from mingxi_desktop.ui.importing.columns_table import CHOICE
from mingxi_desktop.ui.importing.digest import digest
from mingxi_desktop.ui.importing.work import Looked
from mingxi_desktop.ui.pages.import_page import CHECK, COLUMNS, FILES, RESULT, ImportPage
from tests.ui.importing import made
from tests.ui.pages.import_page_cases import BAD, GOOD, hazards, shown, to_check, workbook
from tests.ui.small import type_text


def next_step(qtbot, page: ImportPage, step: int) -> None:
    """Alt+N; Qt presses the button for a moment."""
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.step == step and not page.busy)


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
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(page.check.senders.isVisible)
    next_step(qtbot, page, RESULT)
    assert on_ledger(shown, "note") == ["乡里的话"]


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
    begun, ended = threading.Event(), threading.Event()

    def endless(_ledger, _sources, _settings, stopped, progress):
        begun.set()
        while not stopped():
            time.sleep(0.005)
        ended.set()
        progress(1, 1)

    monkeypatch.setattr(work, "look", endless)
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)])
    page.forward()
    assert begun.wait(60)
    real.worker.close()
    assert ended.is_set()
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
    for step, part in ((FILES, 0), (COLUMNS, 0), (CHECK, 0), (CHECK, 1), (CHECK, 2), (RESULT, 0)):
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
    for step, part in ((FILES, 0), (COLUMNS, 0), *((CHECK, part) for part in range(4)), (RESULT, 0)):
        page.go(step)
        page.check.open(part)
        settle()
        assert not page._area.verticalScrollBar().isVisible(), (step, part)
        assert not page._area.horizontalScrollBar().isVisible(), (step, part)


def test_the_check_of_a_usual_file_fits_a_small_window(qtbot, settle, page, tmp_path) -> None:
    page.resize(1100, 525)
    to_check(page, settle, workbook(tmp_path / "甲.xlsx", GOOD, GOOD, BAD))
    scrolled = page._area.verticalScrollBar()
    qtbot.waitUntil(lambda: scrolled.maximum() == 0)
    page.check.open(DOUBTS)
    assert page.check.doubts.minimumHeight() > 0
    page.check.open(ROWS)
    assert page.check.doubts.minimumHeight() == 0
    qtbot.waitUntil(lambda: scrolled.maximum() == 0)
