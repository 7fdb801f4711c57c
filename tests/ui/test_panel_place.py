"""The record's form beside a table: it comes after the table, and is there when it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.record_panel import RecordPanel


def test_the_table_is_there_first_and_the_form_comes_by_itself(context, qtbot) -> None:
    page = LedgerPage(context, kind_of("hazard"))
    qtbot.addWidget(page)
    page.show()
    room = page._beside.width()
    assert not page.findChildren(RecordPanel)
    assert page.may_leave(lambda: None)
    page.let_go()
    assert not page.findChildren(RecordPanel), "nobody has wanted anything of the form"
    qtbot.waitUntil(lambda: page._beside.there is not None)
    assert page.findChildren(RecordPanel) == [page.panel]
    qtbot.waitUntil(page.panel.isVisible)
    assert page._beside.width() == room
    page.search.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.table.hasFocus() or QApplication.focusWidget() is page.table


def test_whoever_wants_the_form_has_it_at_once(context, qtbot) -> None:
    page = LedgerPage(context, kind_of("hazard"))
    qtbot.addWidget(page)
    page.show()
    page.start_new({"area": "盖洋镇"})
    assert page.panel.isVisible()
    first = page.panel
    qtbot.wait(10)
    assert page.findChildren(RecordPanel) == [first]
