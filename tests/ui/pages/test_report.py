"""年度总结: pages, outline, proofs, saving, printing; a changed record changes the sentence."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import reporting
from tests.ui.small import rest

pytestmark = pytest.mark.slow


@pytest.fixture
def page(window):
    window.open_tab("年度总结")
    rest(window.context.worker, 60)
    return window.page("年度总结")


def words(page) -> str:
    """The text of the pages, as a PDF reader finds it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(page._rendered.pdf)
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
    return next(one for one in page._rendered.spots if one.indicator == indicator)


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
    assert page.proof._value.text() == "46 条"
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
    assert page.proof._value.text() == "1,049 条", "the proof follows, too"
    window.actions_by_name["undo"].trigger()
    rest(window.context.worker, 60)
    assert "46条" in words(page)
    assert page.proof._value.text() == "46 条"


def test_a_number_leads_to_its_rule_its_records_and_their_ledger(window, page) -> None:
    click(page, "quilts_dispatched")
    proof = page.proof
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
    order = [one.indicator for one in page._rendered.spots]
    for _ in range(order.index("hazards_found") + 1):
        QTest.keyClick(sheet, Qt.Key.Key_Right)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    rest(window.context.worker)
    proof = page.proof
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
    outline = page._outline
    assert outline.count() >= 6
    last = outline.item(outline.count() - 1)
    outline.setCurrentItem(last)
    outline.itemActivated.emit(last)
    assert page.view.page >= 2
    assert page.view.verticalScrollBar().value() > 0
    outline.itemClicked.emit(outline.item(0))
    assert page.view.page == 1


def test_the_status_bar_counts_and_names_fonts(window, page) -> None:
    assert re.search(r"第 1 页 / 共 \d+ 页　\d+ 个指标", window._said.text())


def test_the_annex_is_added_and_taken_off(window, page) -> None:
    short = page._rendered.pages
    page._annex.click()
    rest(window.context.worker, 60)
    assert page._rendered.pages > short
    page._annex.click()
    rest(window.context.worker, 60)
    assert page._rendered.pages == short


def test_saving_as_pdf_and_text(window, page, answers, tmp_path) -> None:
    for name in ("报告.pdf", "报告.txt"):
        answers.file = tmp_path / name
        page.save_as()
        rest(window.context.worker, 60)
        assert "已保存" in window._news.text()
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")
    assert "46条" in (tmp_path / "报告.txt").read_text(encoding="utf-8-sig")
    assert answers.asked[0] == "2024年度法治政府建设情况报告.pdf"
    answers.file = tmp_path / "没有这个文件夹" / "报告.pdf"
    page.save_as()
    rest(window.context.worker, 60)
    assert [type(error) for error in answers.told] == [UserError]
    answers.told.clear()


def test_without_a_printer_it_says_what_to_do(page, answers, monkeypatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    page.print()
    assert "没有安装打印机" in answers.told[0].title
    assert "PDF" in answers.told[0].hint
    answers.told.clear()


def test_a_report_that_cannot_be_made_says_why_and_recovers(window, page, monkeypatch) -> None:
    real = reporting.rendered

    def broken(*_: object, **__: object) -> None:
        raise UserError("正文有错", "第3行", "改正后再看。")

    monkeypatch.setattr(reporting, "rendered", broken)
    page._changed(None)
    rest(window.context.worker, 60)
    assert page._warnings.isVisible()
    assert "第3行" in page._warnings.text()
    monkeypatch.setattr(reporting, "rendered", real)
    page._changed(None)
    rest(window.context.worker, 60)
    assert "正文有错" not in page._warnings.text()


def test_another_year_is_another_report(window, page) -> None:
    window.context.set_year(2023)
    rest(window.context.worker, 60)
    assert "2023" in words(page)
    assert "30条" in words(page)


def test_closing_while_the_pages_are_made_does_not_wait_for_them(window, page) -> None:
    page._changed(None)
    window.close()
    window.context.worker.close()
    assert not window.isVisible()
