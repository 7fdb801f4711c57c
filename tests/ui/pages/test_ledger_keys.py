"""A ledger's page without a mouse: from the search box into the table, into the form, and where the cursor stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.dialogs.trash import TrashDialog
from mingxi_desktop.ui.pages.ledger import LedgerPage
from tests.ui.small import rest, type_text


def test_enter_and_down_lead_from_the_box_to_what_was_found(context, shown) -> None:
    page = LedgerPage(context, kind_of("hazard"))
    page.refresh()
    shown(page)
    page.search.setFocus()
    type_text(page.search, "疏散")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    rest(context.worker)
    assert page.table.hasFocus()
    assert page.table.current_id() == page.panel.record_id == 3
    page.search.setFocus()
    page.search.selectAll()
    type_text(page.search, "没有这样的")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    rest(context.worker)
    assert page.search.hasFocus()  # nothing there to go to
    assert "清除条件" in page.table._empty
    page.clear_filters()
    rest(context.worker)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    assert "Ctrl+N" in page.table._empty


def test_enter_in_the_box_of_a_dialog_does_not_press_its_button(context, qtbot) -> None:
    dialog = TrashDialog(context, "hazard")
    dialog.show()
    dialog.activateWindow()
    with qtbot.waitActive(dialog):
        dialog._search.setFocus()
    QTest.keyClick(dialog._search, Qt.Key.Key_Return)
    assert dialog.table.hasFocus()
    dialog.close()
    rest(context.worker)


def test_enter_on_a_cell_leads_to_its_field(context, shown) -> None:
    page = LedgerPage(context, kind_of("hazard"))
    page.refresh()
    shown(page)
    page.table.go_to(2)
    rest(context.worker)
    for name, field in (("quantity_found", "quantity_found"), ("status", "record_date")):
        index = page.table.currentIndex().siblingAtColumn(page.model.column_of(name))
        page.table.setCurrentIndex(index)
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert page.panel.form.inputs[field].editor.hasFocus()


def test_after_a_deletion_the_cursor_stays_where_it_was(context, shown, answers) -> None:
    page = LedgerPage(context, kind_of("hazard"))
    page.refresh()
    shown(page)
    before = list(page.model.ids)
    page.table.go_to(before[2])
    rest(context.worker)
    page.delete()
    rest(context.worker)
    assert page.table.current_id() == page.panel.record_id == before[3]
    page.panel.delete()
    rest(context.worker)
    assert page.table.current_id() == page.panel.record_id == before[4]
    page.delete()  # the last one of all
    rest(context.worker)
    assert page.table.current_id() == before[1]


def test_f6_leads_from_part_to_part(context, shown) -> None:
    page = LedgerPage(context, kind_of("hazard"))
    page.refresh()
    shown(page)
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_F6)
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F6)
    assert page.search.hasFocus()  # no record in the form yet
    page.table.go_to(2)
    rest(context.worker)
    QTest.keyClick(page.search, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.panel.isAncestorOf(QApplication.focusWidget())
