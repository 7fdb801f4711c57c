"""The report as running text: its numbers under the mouse and the keys, its headings, what records may hold."""

from __future__ import annotations

import itertools
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from mingxi_desktop.report.model import (
    Attachment,
    Document,
    Run,
    Signature,
    Style,
    Table,
    paragraph,
)
from mingxi_desktop.ui import report_text, style, theme
from mingxi_desktop.ui.report_text import ReportText

HOSTILE = '<img src="/etc/hostname"/>A&B公司&amp;<b>粗</b>㙟𬭎'
LONG = "坚持人民至上、生命至上，统筹发展和安全，压紧压实安全生产责任，全力防范化解重大安全风险。" * 12


def report(rows: int = 3) -> Document:
    """Numbers in the text and in a table, headings far apart, an attachment."""
    lines = tuple((f"{HOSTILE}{row}", (Run(str(row), "rows"), Run("条"))) for row in range(rows))
    return Document(
        "年度报告",
        (
            paragraph("一、举措", style=Style.H1),
            paragraph(
                "排查隐患", Run("1683", "found"), "条，已整改", Run("1679", "rectified"), "条。", HOSTILE
            ),
            paragraph(LONG),
            paragraph("二、不足", style=Style.H1),
            paragraph(LONG, "余下", Run("4", "open"), "条。"),
            Table(("名称", "数"), lines, (3, 1), "表1"),
            Signature("应急管理局", "2025年1月23日"),
        ),
        attachments=(Attachment(1, "说明", (paragraph(LONG),)),),
    )


@pytest.fixture
def view(qtbot):
    made = ReportText()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.set_document(report())
    return made


def chosen(view):
    got = []
    view.number_chosen.connect(got.append)
    return got


def text(view):
    return view.browser.document().toPlainText()


def place(view, words):
    """Where words stand; Qt counts a rare character as two."""
    return view.browser.document().find(words).selectionStart()


def middle(view, spot):
    return view.browser.cursorRect(view._cursor(spot)).center()


def test_texts_of_records_are_shown_literally(view):
    assert text(view).count(HOSTILE) == 4
    assert [line for line in text(view).split("\n") if line][-2:] == ["说明", LONG]


def test_a_click_on_a_number_tells_its_indicator(view):
    got = chosen(view)
    click = partial(QTest.mouseClick, view.browser.viewport(), Qt.MouseButton.LeftButton)
    click(pos=middle(view, place(view, "1683") + 2))
    assert got == ["found"]
    [mark] = view.browser.extraSelections()
    assert mark.cursor.selectedText() == "1683"
    click(pos=middle(view, 2))
    assert got == ["found"]


def test_keys_go_from_number_to_number(view):
    got = chosen(view)
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view.browser, Qt.Key.Key_Tab)
        QTest.keyClick(view.browser, Qt.Key.Key_Return)
    QTest.keyClick(view.browser, Qt.Key.Key_Backtab)
    QTest.keyClick(view.browser, Qt.Key.Key_Return)
    assert got == ["found", "rectified", "found"]


def test_numbers_of_an_indicator_are_marked_and_brought_into_sight(view):
    view.select("rows")
    assert [mark.cursor.selectedText() for mark in view.browser.extraSelections()] == ["0", "1", "2"]
    assert view._in_sight(view.browser.extraSelections()[0].cursor.selectionStart())
    view.select("")
    assert not view.browser.extraSelections()


def test_headings_are_numbered_as_in_the_outline(view):
    for number, words in enumerate(("一、举措", "二、不足", "附件1")):
        view.go_to_heading(number)
        assert view._in_sight(place(view, words)), words
    view.go_to_heading(99)


def test_words_are_found_one_after_the_other_and_from_the_start_again(view, qtbot):
    view.setFocus()
    QTest.keyClick(view.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.search.isVisible()
    QTest.keyClicks(view.search, "1679")
    assert view.browser.textCursor().selectedText() == "1679"
    assert view.find_words("A&B")
    assert view.find_words("1683")
    assert view.browser.textCursor().selectedText() == "1683"
    assert not view.find_words("没有的话")
    QTest.keyClick(view.search, Qt.Key.Key_Escape)
    assert not view.search.isVisible()


def test_another_theme_keeps_text_and_place(view, qtbot, qapp):
    view.go_to_heading(1)
    shown = view.browser.verticalScrollBar().value()
    try:
        with qtbot.waitSignal(view.filled):
            style.apply(qapp, "dark")
        look = view._cursor(place(view, "1683") + 1).charFormat()
        assert look.foreground().color() == theme.DARK.color("accent_text")
        assert view.browser.verticalScrollBar().value() == pytest.approx(shown, abs=4)
    finally:
        style.apply(qapp, "light")


def test_a_long_table_comes_in_slices_and_another_report_may_come_between(view, qtbot, monkeypatch):
    monkeypatch.setattr(report_text, "perf_counter", itertools.count().__next__)  # a slice is soon over
    view.set_document(report(rows=400))
    assert not view.complete
    with qtbot.waitSignal(view.filled):
        view.set_document(report(rows=120))
    assert text(view).count(HOSTILE) == 121
    view.select("rows")
    assert len(view.browser.extraSelections()) == 120


def test_nothing_is_put_in_out_of_sight(qtbot):
    made = ReportText()
    qtbot.addWidget(made)
    made.set_document(report())
    assert not text(made)
    with qtbot.waitSignal(made.filled):
        made.show()
    assert "1683" in text(made)
    made.set_document(None)
    assert not text(made)


def test_text_can_be_read(view):
    look = view._cursor(place(view, "1683") + 1).charFormat()
    assert QFontMetrics(look.font()).height() >= theme.TEXT
    assert theme.contrast(theme.LIGHT.card, theme.LIGHT.accent_text) >= 4.5
