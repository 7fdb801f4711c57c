"""The record's form beside a table: it comes after the table, and is there when it is wanted."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import rest


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
    rest(context.worker)
    assert page.findChildren(RecordPanel) == [first]


def begun(context) -> tuple[LedgerPage, RecordPanel]:
    """A page whose form is half made."""
    page = LedgerPage(context, kind_of("hazard"))
    page.show()
    for _ in zip(range(40), page._beside._turns._steps, strict=False):
        pass
    [panel] = page.findChildren(RecordPanel)
    return page, panel


def test_a_form_half_made_does_not_show(context, qtbot) -> None:
    page, panel = begun(context)
    qtbot.addWidget(page)
    assert page._beside.there is None
    assert not panel.isVisible()
    assert page._beside.isVisible()
    assert page.may_leave(lambda: None), "nothing is in it yet"
    context.changed.emit(Changes("", changed=(("hazard", 1),)))
    qtbot.waitUntil(lambda: page._beside.there is panel)
    assert panel.isVisible()


def test_a_form_half_made_behind_another_page_does_not_show_with_its_own(context, qtbot) -> None:
    page, panel = begun(context)
    qtbot.addWidget(page)
    page.hide()
    page.show()
    assert not panel.isVisible()
    hidden = LedgerPage(context, kind_of("accident"))
    qtbot.addWidget(hidden)
    for _ in zip(range(20), hidden._beside._turns._steps, strict=False):
        pass
    hidden.show()
    [half] = hidden.findChildren(RecordPanel)
    assert not half.isVisible(), "it was begun before its page was shown"
    assert hidden.panel is half
    assert half.isVisible()


def test_a_click_finishes_a_form_half_made(context, qtbot) -> None:
    page, panel = begun(context)
    qtbot.addWidget(page)
    page.start_new({"area": "盖洋镇"})
    assert page.panel is panel
    qtbot.waitUntil(panel.form.isVisible)
    assert panel.form.inputs["area"].text() == "盖洋镇"
    assert page.findChildren(RecordPanel) == [panel]


def test_a_page_may_go_while_its_form_is_made(context) -> None:
    page, panel = begun(context)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(panel)
    context.changed.emit(Changes("", changed=(("hazard", 1),)))
    rest(context.worker)
