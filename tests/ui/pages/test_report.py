"""年度总结: pages, outline, proofs, saving, printing; a changed record changes the sentence."""

from __future__ import annotations

import re
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report import preview
from mingxi_desktop.ui import printing
from mingxi_desktop.ui.pages.report import ReportPage
from mingxi_desktop.ui.proof import IndicatorProof
from mingxi_desktop.ui.report_body import ReportBody
from mingxi_desktop.ui.report_text import ReportText
from tests.ledger.unprinted import draw_nothing
from tests.ui.small import rest, type_text

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """These are about the text; drawing takes longer than all else. The audit has charts in its report."""
    draw_nothing(monkeypatch)


@pytest.fixture
def page(window):
    window.open_tab("年度总结")
    rest(window.context.worker, 60)
    return window.page("年度总结")


def read_as_text(page, qtbot) -> None:
    """The running text is asked for; it comes in slices, which no rest of the worker waits for."""
    page.body.as_text.click()
    rest(page._context.worker, 60)
    qtbot.waitUntil(lambda: page.body.text.complete, timeout=60_000)


def words(page) -> str:
    """The text of the pages, as a PDF reader finds it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(page.body.rendered.pdf)
    try:
        found = []
        for sheet in document:
            text = sheet.get_textpage()
            found.append(text.get_text_range())
            text.close()
            sheet.close()
        return re.sub(r"\s", "", "".join(found))
    finally:
        document.close()


def spot(page, indicator: str):
    return next(one for one in page.body.rendered.spots if one.indicator == indicator)


def click(page, indicator: str) -> None:
    """Click on the number in the pages."""
    wanted = spot(page, indicator)
    page.view.go_to(wanted.page, wanted.y - 100)
    sheet = page.view.widget()
    where = sheet._where(wanted, sheet._box(wanted.page)).center().toPoint()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=where)
    rest(page._context.worker)


def test_a_record_changed_in_the_window_changes_the_sentence_and_undo_brings_it_back(window, page) -> None:
    assert "46条" in words(page)
    click(page, "hazards_found")
    assert page.body.proof._value.text() == "46 条"
    window.open_tab("隐患排查")
    ledger = window.ledger_tab().current
    ledger.show_record(1)
    rest(window.context.worker)
    found = ledger.panel.form.inputs["quantity_found"].editor
    found.setFocus()
    found.selectAll()
    QTest.keyClicks(found, "1015")
    QTest.keyClick(found, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(window.context.worker)
    window.open_tab("年度总结")
    rest(window.context.worker, 60)
    assert "1049条" in words(page)
    assert "46条" not in words(page)
    assert page.body.proof._value.text() == "1,049 条", "the proof follows, too"
    window.actions_by_name["undo"].trigger()
    rest(window.context.worker, 60)
    assert "46条" in words(page)
    assert page.body.proof._value.text() == "46 条"


def test_a_number_leads_to_its_rule_its_records_and_their_ledger(window, page) -> None:
    click(page, "quilts_dispatched")
    proof = page.body.proof
    assert proof._value.text() == "120 床"
    assert proof._rule.text()
    assert proof._model.rowCount() == 1
    index = proof._model.index(0, 0)
    where = proof._table.visualRect(index).center()
    QTest.mouseClick(proof._table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(proof._table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    rest(window.context.worker)
    front = window.ledger_tab().current
    assert front.kind.name == "supply_movement", "a line is shown by its movement"
    assert front.panel.record_id == 1


def test_the_same_by_keys(window, page) -> None:
    sheet = page.view.widget()
    sheet.setFocus()
    order = [one.indicator for one in page.body.rendered.spots]
    for _ in range(order.index("hazards_found") + 1):
        QTest.keyClick(sheet, Qt.Key.Key_Right)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    rest(window.context.worker)
    proof = page.body.proof
    assert proof._name.text() == spot_label("hazards_found")
    proof._open.click()
    rest(window.context.worker)
    assert sorted(window.ledger_tab().current.model.ids) == [1, 2, 3, 4, 5]
    window.open_tab("年度总结")
    proof._table.setFocus()
    QTest.keyClick(proof._table, Qt.Key.Key_Down)
    QTest.keyClick(proof._table, Qt.Key.Key_Return)
    rest(window.context.worker)
    assert window.tab == "隐患排查"
    assert window.ledger_tab().current.panel.record_id is not None


def spot_label(indicator: str) -> str:
    from mingxi_desktop.domain.indicator_data import by_id

    return by_id()[indicator].label


def test_the_outline_leads_through_the_pages(page) -> None:
    outline = page.body.outline
    assert outline.count() >= 6
    last = outline.item(outline.count() - 1)
    outline.setCurrentItem(last)
    outline.itemActivated.emit(last)
    assert page.view.page >= 2
    assert page.view.verticalScrollBar().value() > 0
    outline.itemClicked.emit(outline.item(0))
    assert page.view.page == 1


def test_the_status_bar_counts_and_names_fonts(window, page) -> None:
    assert re.search(r"第 1 页 / 共 \d+ 页　\d+ 个指标", window._status.page.text())
    told = window._status.page.text()
    page.open("定稿")
    window.context.changed.emit(Changes("改了", changed=(("hazard", 1),)))
    rest(window.context.worker, 60)
    assert window._status.page.text().endswith("还没有定稿"), "it tells nothing of the pages behind"
    page.open("正文")
    rest(window.context.worker, 60)
    assert window._status.page.text() == told
    window.open_tab("概览")
    window.open_tab("年度总结")
    rest(window.context.worker, 60)
    assert window._status.page.text() == told, "come back to"


def test_the_annex_is_added_and_taken_off(window, page) -> None:
    short = page.body.rendered.pages
    page.body.annex.click()
    rest(window.context.worker, 60)
    assert page.body.rendered.pages > short
    page.body.annex.click()
    rest(window.context.worker, 60)
    assert page.body.rendered.pages == short


def test_saving_as_pdf_and_text(window, page, answers, tmp_path) -> None:
    for name in ("报告.pdf", "报告.txt"):
        answers.file = tmp_path / name
        page.save_as()
        rest(window.context.worker, 60)
        assert "已保存" in window._status.news.text()
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")
    assert "46条" in (tmp_path / "报告.txt").read_text(encoding="utf-8-sig")
    assert answers.asked[0] == "明溪县应急管理局2024年度法治政府建设情况报告.pdf"
    answers.file = tmp_path / "没有这个文件夹" / "报告.pdf"
    page.save_as()
    rest(window.context.worker, 60)
    assert [type(error) for error in answers.told] == [UserError]
    answers.told.clear()


def test_without_a_printer_it_offers_to_save(window, page, answers, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    answers.yes, answers.file = True, tmp_path / "报告.pdf"
    page.print()
    rest(window.context.worker, 60)
    assert "没有安装打印机" in answers.asked[0]
    assert answers.file.read_bytes().startswith(b"%PDF"), "it can be saved instead"
    answers.yes = False
    page.print()


def test_a_report_that_cannot_be_made_says_why_and_recovers(window, page, monkeypatch) -> None:
    real = reporting.rendered

    def broken(*_: object, **__: object) -> None:
        raise UserError("正文有错", "第3行", "改正后再看。")

    monkeypatch.setattr(reporting, "rendered", broken)
    page.body.renew()
    rest(window.context.worker, 60)
    assert page.body._fault.isVisible()
    assert "第3行" in page.body._fault.text()
    assert page.body.rendered is None, "the report before it does not stand there in its place"
    assert not any(tool.isEnabled() for tool in page._body_tools)
    monkeypatch.setattr(reporting, "rendered", real)
    page.body.renew()
    rest(window.context.worker, 60)
    assert not page.body._fault.isVisible()
    assert all(tool.isEnabled() for tool in page._body_tools)


def test_another_year_is_another_report(window, page) -> None:
    window.context.set_year(2023)
    rest(window.context.worker, 60)
    assert "2023" in words(page)
    assert "30条" in words(page)


def test_what_goes_out_is_what_the_records_say_by_then(window, page, monkeypatch) -> None:
    printed = []
    monkeypatch.setattr(printing, "open_outside", lambda pdf, *_: printed.append(pdf))
    page.open("图表")
    window.context.write(lambda ledger: ledger.edit("hazard", 1, {"quantity_found": 1015}), owner=window)
    rest(window.context.worker, 60)
    page.open_outside()
    assert not printed, "the pages that there were are no longer right"
    rest(window.context.worker, 60)
    assert printed == [page.body.rendered.pdf]
    assert "1049条" in words(page)
    assert page.body.isVisible(), "and it is seen"


def test_from_the_pages_to_the_wording_of_a_number(window, page) -> None:
    click(page, "hazards_found")
    page.body.change.click()
    rest(window.context.worker, 60)
    wording = page._parts["文字"]
    assert wording.isVisible()
    behind = wording.edit.textCursor().position()
    assert wording.edit.faces.indicator_of(wording.edit.chip(behind - 1)) == "hazards_found"
    bar = wording.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    wording.edit.insertPlainText("左右")
    wording._look_around()
    wording._trial.begin()
    rest(window.context.worker, 60)
    sheet, (on, y) = wording.view.widget(), wording.view.places_of("hazards_found")[0]
    shown = sheet.top_of(on) + y * sheet.scale - bar.value()
    assert 0 < shown < wording.view.viewport().height(), "the pages go to what is typed"
    assert page._pills["文字"].text() == "文字（未保存）"
    wording.edit.undo()
    wording._look_around()
    assert page._pills["文字"].text() == "文字"


def test_closing_while_the_pages_are_made_does_not_wait_for_them(window, page) -> None:
    page.body.renew()
    window.close()
    window.context.worker.close()
    assert not window.isVisible()


def test_unsaved_wording_holds_the_window_and_the_report(window, page, answers) -> None:
    page.open("文字")
    rest(window.context.worker, 60)
    wording = page._parts["文字"]
    wording.commands.go_to(0)
    type_text(wording.edit, "新的一句。")
    for leave in (
        lambda: window.open_tab("概览"),
        window.close,
        lambda: window.years.setCurrentIndex(window.years.findData(2023)),
        lambda: page.chooser.choose("summary"),
    ):
        leave()
        rest(window.context.worker, 60)
        assert window.isVisible()
        assert window.tab == "年度总结"
        assert window.context.year == 2024
        assert page.chooser.name == wording.order.template == "annual"
        assert "新的一句。" in str(wording.draft())
    assert len(answers.asked) == 4
    window.actions_by_name["save"].trigger()
    rest(window.context.worker, 60)
    assert not wording.dirty
    page.open("正文")
    rest(window.context.worker, 60)
    assert "新的一句。" in words(page)
    window.open_tab("概览")
    assert window.tab == "概览"


def test_other_reports_and_cut_off_dates_are_chosen(window, page) -> None:
    page.chooser.choose("monthly")
    page.chooser.month.setCurrentIndex(page.chooser.month.findData(6))
    rest(window.context.worker, 60)
    assert page.order.month == 6
    assert "2024年6月工作月报" in words(page)
    page.chooser.choose("annual")
    page.chooser.day.set_text("6-30")
    page.chooser._take_day()
    rest(window.context.worker, 60)
    assert "数据截至2024年6月30日" in words(page)
    page.chooser.day.set_text("去年")
    page.chooser._take_day()
    assert page.chooser.day.error
    page.chooser.choose("flood")
    rest(window.context.worker, 60)
    assert page.chooser.flood.currentText() == "这一年还没有灾害过程"
    assert "还没有选灾害过程" in page.body._fault.text()


def test_the_text_view_has_the_same_numbers(window, page, qtbot) -> None:
    read_as_text(page, qtbot)
    assert page.body.text.isVisible()
    plain = page.body.text.findChild(QTextEdit).toPlainText()
    assert all(spot.text in plain for spot in page.body.rendered.spots)
    page.body.text.number_chosen.emit("hazards_found")
    rest(window.context.worker)
    assert page.body.proof._value.text() == "46 条"
    assert "印了" in page.body.proof._hint.text()


def test_the_proof_comes_after_the_page_or_when_a_number_is_chosen(context, shown) -> None:
    order = Order(context.year)
    first, second = ReportBody(context, order), ReportBody(context, order)
    assert not first.findChildren(IndicatorProof)
    shown(first)
    assert len(first.findChildren(IndicatorProof)) == 1, "by itself"
    proof = second.proof
    shown(second)
    assert second.findChildren(IndicatorProof) == [proof]
    assert not second.findChildren(ReportText), "nobody has asked for it"


def test_tab_goes_through_what_stands_above_then_outline_pages_and_proof(context, qtbot) -> None:
    page = ReportPage(context)
    qtbot.addWidget(page)
    parts = [page.body.outline, page.body.as_text, page.view, page.body.proof.table]
    found, widget = [], page.nextInFocusChain()
    while widget is not page:
        found += [widget] if widget.focusPolicy() & Qt.FocusPolicy.TabFocus else []
        widget = widget.nextInFocusChain()
    inside = [page.body.isAncestorOf(stop) for stop in found]
    assert not inside[0]
    assert inside == sorted(inside), "nothing outside the report comes after a part of it"
    assert [stop for stop in found if stop in parts] == parts


def test_pdfium_is_loaded_by_whoever_makes_the_pages(window, monkeypatch) -> None:
    threads = []
    monkeypatch.setattr(preview, "load", lambda: threads.append(threading.current_thread().name))
    window.open_tab("年度总结")
    rest(window.context.worker, 60)
    assert threads == ["database"]


def test_the_text_asked_for_after_a_number_was_chosen_shows_it(page, qtbot) -> None:
    click(page, "hazards_found")
    read_as_text(page, qtbot)
    assert page.body.text.browser.extraSelections()
    page.body.as_text.click()
    assert page.view.isVisible()


def test_a_doubt_leads_to_its_number_in_the_text_and_to_its_proof(page) -> None:
    lines = page.body.doubts.lines
    row = next(row for row in range(lines.count()) if "演练" in lines.item(row).text())
    lines.itemClicked.emit(lines.item(row))
    rest(page._context.worker)
    chosen = page.body._number
    assert "演练" in page.body.proof._name.text()
    wanted = spot(page, chosen)
    top = page.view.widget().top_of(wanted.page) + wanted.y * page.view.widget().scale
    shown = page.view.verticalScrollBar().value()
    assert shown <= top <= shown + page.view.viewport().height()
