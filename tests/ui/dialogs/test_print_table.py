"""Printing a table: preview, choices, saving the very pages, no printer, nothing to print."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import table_printing
from mingxi_desktop.report import fonts
from mingxi_desktop.ui import printing
from mingxi_desktop.ui.dialogs.print_options import PrintOptions
from mingxi_desktop.ui.dialogs.print_table import PrintTableDialog
from tests.ui import small

COLUMNS = (("code", 90), ("record_date", 90), ("area", 80), ("description", 220), ("quantity_found", 70))
Y24 = Query("hazard", year=small.YEAR)


@pytest.fixture(autouse=True)
def one_font_set(monkeypatch):
    """The PC's own fonts are not looked for again and again."""
    monkeypatch.setattr(fonts, "resolve", lambda bundled=fonts.resolve(bundled_only=True): bundled)  # noqa: B008


@pytest.fixture
def opened(context, qtbot):
    """Opens the dialog and waits for its pages; what is still open at the end is closed."""
    made: list[PrintTableDialog] = []

    def make(query: Query = Y24, columns=COLUMNS, selected=()) -> PrintTableDialog:
        dialog = PrintTableDialog(context, query, columns, "2024年隐患台账", None, selected)
        made.append(dialog)
        dialog.resize(1100, 700)
        dialog.show()
        dialog.activateWindow()
        with qtbot.waitActive(dialog):
            pass
        small.rest(context.worker)
        return dialog

    yield make
    for dialog in made:
        if shiboken6.isValid(dialog):
            dialog.reject()
    small.rest(context.worker)


def test_what_is_saved_are_the_very_pages_shown(opened, context, answers, tmp_path, monkeypatch) -> None:
    dialog = opened()
    rendered = dialog._printed.rendered
    assert dialog.status.text() == "第 1 页 / 共 1 页　A4 横向　字 9.0 磅"
    assert dialog.options.scope.itemText(0) == "全部 5 条"
    assert dialog.print_button.isDefault()
    assert dialog.warning.isHidden()
    answers.file = tmp_path / "台账.pdf"
    dialog.save_button.click()
    small.rest(context.worker)
    assert answers.asked == ["2024年隐患台账.pdf"]
    assert answers.file.read_bytes() == rendered.pdf
    assert str(answers.file) in dialog.status.text()


def test_without_a_printer_it_offers_to_save(opened, context, answers, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    dialog = opened()
    answers.file = tmp_path / "台账.pdf"
    answers.yes = False
    dialog.print_button.click()
    assert answers.asked == [printing.NO_PRINTER]
    answers.yes = True
    QTest.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    small.rest(context.worker)
    assert answers.file.read_bytes() == dialog._printed.rendered.pdf


def test_the_pages_go_to_the_printer_and_the_dialog_closes(opened, context, answers, monkeypatch) -> None:
    sent = []

    def send(order, pdf, progress) -> None:
        progress(0, 1)
        sent.append((order, pdf))

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["打印机"]))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    monkeypatch.setattr(printing, "send", send)
    said = []
    context.said.connect(said.append)
    dialog = opened()
    pdf = dialog._printed.rendered.pdf
    dialog.print_button.click()
    assert not dialog.print_button.isEnabled()
    small.rest(context.worker)
    ((order, printed),) = sent
    assert printed == pdf
    assert (order.first, order.last) == (1, 1)
    assert order.printer.pageLayout().orientation() == order.printer.pageLayout().Orientation.Landscape
    assert said == ["已送打印机：2024年隐患台账"]


def test_other_choices_make_other_pages_and_are_remembered(opened, context, settings: QSettings) -> None:
    dialog = opened(selected=(2, 3))
    first = dialog._printed.rendered.pdf
    options = dialog.options
    options.direction.setCurrentIndex(options.direction.findText("纵向"))
    options.paper.setCurrentIndex(options.paper.findText("A3"))
    assert not dialog.print_button.isEnabled()
    small.rest(context.worker)
    assert dialog._printed.rendered.pdf != first
    assert "A3 纵向" in dialog.status.text()
    options.scope.setCurrentIndex(1)
    small.rest(context.worker)
    assert len(dialog._presses[True].table.rows) == 2
    again = PrintOptions(settings, 0)
    assert again.look == dialog._look
    assert again.scope.count() == 1
    again.deleteLater()


def test_what_would_be_cut_is_said(opened, context) -> None:
    dialog = opened(columns=[(f"{name}", 80) for name, _ in COLUMNS] * 6)
    assert "磅" in dialog.warning.text()
    assert dialog.warning.text().startswith("▲")
    size = dialog.options.type_size
    size.setCurrentIndex(size.count() - 1)
    small.rest(context.worker)
    assert "不会印出" in dialog.warning.text()
    assert "发现数" in dialog.warning.text()


def test_nothing_to_print_and_too_much(opened, monkeypatch) -> None:
    dialog = opened(Query("hazard", year=1999))
    assert "没有可打印的记录" in dialog.message.text()
    assert dialog.message.isVisible()
    assert not dialog.print_button.isEnabled()
    assert not dialog.save_button.isEnabled()
    monkeypatch.setattr(table_printing, "MOST", 2)
    many = opened()
    assert "5 条记录太多" in many.message.text()
    assert not many.print_button.isEnabled()


def test_closing_gives_up_the_work(opened, context) -> None:
    dialog = opened()
    dialog.options.direction.setCurrentIndex(1)
    job = dialog._job
    dialog.reject()
    assert job.cancelled
    small.rest(context.worker)


def test_every_choice_has_a_name_and_all_stays_in_a_small_window(opened) -> None:
    dialog = opened()
    dialog.resize(635, 336)
    assert dialog.size().width() == 635
    assert dialog.size().height() == 336
    for combo in (
        dialog.options.scope,
        dialog.options.direction,
        dialog.options.paper,
        dialog.options.type_size,
    ):
        assert combo.accessibleName()
        assert combo.geometry().right() <= combo.parentWidget().width()
    assert dialog.view.viewport().height() > 60
