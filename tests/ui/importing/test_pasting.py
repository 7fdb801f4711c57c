"""Ctrl+V in a ledger's table: a block from Excel or WPS goes the way of a file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ui.pages.import_page import COLUMNS, ImportPage
from mingxi_desktop.ui.table.pasting import PASTED, block_of
from tests.ui.small import rest

pytestmark = pytest.mark.usefixtures("one_child")

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "检查时间\t乡镇\t隐患描述\t发现数量\t已整改数量\r\n2024-06-21\t盖洋镇\t贴来的\t2\t1\r\n"
HTML = (
    "<html><body><table><tr><td>2024-06-22</td><td>雪峰镇</td><td>网页里的</td><td>1</td><td>0</td></tr>"
    "<tr><td>2024-06-23</td><td>雪峰镇</td><td>第二条</td><td>1</td><td>0</td></tr></table></body></html>"
)


def clip(text: str = "", html: str = "") -> None:
    mime = QMimeData()
    if text:
        mime.setText(text)
    if html:
        mime.setHtml(html)
    QGuiApplication.clipboard().setMimeData(mime)


@pytest.fixture
def hazards(window):
    window.open_tab("隐患排查")
    rest(window.context.worker)
    page = window.ledger_tab().current
    page.table.setFocus()
    return page


def paste(window, page) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_V, CTRL)
    rest(window.context.worker)


def import_page(window) -> ImportPage:
    page = window._stack.currentWidget()
    assert isinstance(page, ImportPage)
    return page


def test_a_block_of_text_is_imported_and_taken_back(window, hazards) -> None:
    clip(TEXT)
    paste(window, hazards)
    page = import_page(window)
    assert page.step == COLUMNS
    assert page.files.paths == [PASTED]
    assert page.files.kind.currentData() == "hazard"
    page.forward()
    rest(window.context.worker)
    assert page.bars.next.text() == "导入 1 条"
    page.forward()
    rest(window.context.worker)
    assert page.result.count.text() == "已导入 1 条"
    page.undo()
    rest(window.context.worker)
    found: list[int] = []
    window.context.worker.run(lambda ledger: ledger.count(Query("hazard", year=2024)), done=found.append)
    rest(window.context.worker)
    assert found == [5]


def test_html_goes_before_text_and_the_columns_are_those_of_the_table(window, hazards) -> None:
    shown = [field.name for field in hazards.table.columns.shown()]
    for name in ("record_date", "area", "description", "quantity_found", "quantity_rectified"):
        assert name in shown
    for name in shown:
        keep = ("record_date", "area", "description", "quantity_found", "quantity_rectified")
        hazards.table.columns.show(name, name in keep)
    clip("not this", HTML)
    paste(window, hazards)
    page = import_page(window)
    page.forward()
    rest(window.context.worker)
    assert page.bars.next.text() == "导入 2 条"


def test_the_columns_begin_with_the_one_under_the_cursor(hazards, qtbot) -> None:
    columns = hazards.table.columns
    second = columns.shown()[1]
    place = hazards.model.column_of(second.name)
    clip("a\tb\n")
    hazards.table.setCurrentIndex(hazards.model.index(0, place))
    with qtbot.waitSignal(hazards.pasted) as pasted:
        hazards.paste()
    source = pasted.args[0]
    assert source.data == b"a\tb\n"
    assert source.columns == tuple(field.label for field in columns.shown()[1:])


def test_nothing_to_paste_is_said_in_the_status_bar(window, hazards) -> None:
    for text in ("", "一个词", "  \n "):
        clip(text)
        paste(window, hazards)
        assert window.ledger_tab() is not None
        assert "剪贴板" in window._status.news.text()


def test_a_cell_that_is_edited_takes_the_paste_itself(window, hazards) -> None:
    clip("旁边的词")
    place = hazards.model.column_of("description")
    hazards.table.setCurrentIndex(hazards.model.index(0, place))
    QTest.keyClick(hazards.table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_V, CTRL)
    said = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
    assert said == "旁边的词"
    assert window.ledger_tab() is not None
    QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_a_paste_into_an_import_under_way_asks_first(window, hazards, answers) -> None:
    clip(TEXT)
    paste(window, hazards)
    page = import_page(window)
    window.open_tab("隐患排查")
    answers.yes = False
    paste(window, hazards)
    assert answers.asked == ["放弃这次导入？"]
    assert page.step == COLUMNS


def test_a_table_of_one_cell_is_a_word(app) -> None:
    mime = QMimeData()
    mime.setHtml("<table><tr><td>盖洋镇</td></tr></table>")
    mime.setText("盖洋镇")
    data, said = block_of(mime)
    assert data is None
    assert "一个单元格" in said
    assert block_of(None)[0] is None
