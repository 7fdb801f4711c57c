"""A wording comes into the editor in turns: nothing of it is seen, or typed into, before all of it is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from mingxi_desktop.ledger.reports.narrating import SectionDraft, WordingDraft
from mingxi_desktop.ui import turns
from mingxi_desktop.ui.wording.blocks import blocks
from mingxi_desktop.ui.wording.finding import FindBar
from tests.ui.small import type_text
from tests.ui.wording.conftest import SHORT

LONG = WordingDraft(
    SHORT.title,
    tuple(
        SectionDraft(f"s{n}", f"（{n}）隐患排查", "\n\n".join(["全年排查隐患{hazards_found}条。"] * 30))
        for n in range(8)
    ),
)


@pytest.fixture
def half(edit, monkeypatch):
    """The editor in the midst of a long text."""
    monkeypatch.setattr(turns, "_TURN", -1.0)  # every step in a turn of its own
    edit.load(LONG)
    for _ in range(3):
        QCoreApplication.processEvents()
    assert not edit.whole
    assert 1 < edit.document().blockCount() < 200
    return edit


def picture(edit) -> QImage:
    return edit.viewport().grab().toImage()


def blank(edit) -> bool:
    """Whether all of the editor looks alike."""
    seen = picture(edit).convertToFormat(QImage.Format.Format_RGB32)
    return len(set(memoryview(seen.constBits()).cast("I"))) == 1


def test_other_events_have_their_turn_while_it_comes(edit, draft, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)
    heard, passed, most, before = [], 0, 0, 0
    edit.loaded.connect(lambda: heard.append(draft()))
    edit.load(LONG)
    while not edit.whole:
        QCoreApplication.processEvents()
        passed += 1
        most, before = max(most, edit.document().characterCount() - before), edit.document().characterCount()
    assert passed > 8
    assert most < 400, "characters that are written and laid out in one turn"
    assert heard == [LONG]
    assert not edit.document().isUndoAvailable()
    assert not edit.document().isModified()
    assert edit.verticalScrollBar().value() == 0


def test_nothing_is_seen_before_all_is_there(half, qtbot) -> None:
    assert blank(half)
    chip = next(position for position, _ in half.chips())
    assert half.chip_under(half.chip_rect(chip).center().toPoint()) == -1
    qtbot.waitUntil(lambda: half.whole)
    assert not blank(half)
    chip = next(position for position, _ in half.chips())
    assert half.chip_under(half.chip_rect(chip).center().toPoint()) == chip


def test_what_is_typed_meanwhile_goes_into_the_whole_text(half, draft) -> None:
    type_text(half, "a又")
    assert half.whole
    title, first, *rest = LONG.sections[0].text.split("\n")
    assert draft().sections[0].text == "\n".join([f"a又{title}", first, *rest])
    assert draft().sections[1:] == LONG.sections[1:]
    while half.document().isUndoAvailable():
        half.undo()
    assert draft() == LONG


def test_a_click_meanwhile_is_about_the_whole_text(half) -> None:
    QTest.mouseClick(half.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 300))
    assert half.whole
    clicked = half.cursorForPosition(QPoint(60, 300)).block()
    assert half.textCursor().block() == clicked
    assert clicked.position() > 0


def test_a_search_meanwhile_is_about_the_whole_text(half, qtbot) -> None:
    bar = FindBar(half)
    qtbot.addWidget(bar)
    bar.line.setText("隐患排查")
    assert half.whole
    assert "共 8 处" in bar._count.text()


def test_of_two_wordings_the_last_is_shown(half, draft, qtbot) -> None:
    other = replace(LONG, title="又一份报告")
    half.load(other)
    qtbot.waitUntil(lambda: half.whole)
    assert draft() == other
    assert len([block for block in blocks(half.document()) if block.text() == "又一份报告"]) == 1


def test_what_is_put_back_comes_in_turns_too_and_goes_with_one_step_of_undo(edit, draft, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)
    type_text(edit, "又")
    before = draft()
    edit.put_back(LONG)
    passed, most, known = 0, 0, edit.document().characterCount()
    while not edit.whole:
        QCoreApplication.processEvents()
        passed += 1
        most, known = max(most, edit.document().characterCount() - known), edit.document().characterCount()
    assert passed > 8
    assert most < 400, "characters that are written and laid out in one turn"
    assert draft() == LONG
    assert edit.document().isModified()
    edit.undo()
    assert draft() == before
    edit.redo()
    assert draft() == LONG


@pytest.fixture
def half_back(edit, draft):
    """The editor in the midst of a text that is put back."""
    type_text(edit, "又")
    edit.put_back(LONG)
    for _ in range(3):  # not by Qt's loop, which may have time for all of them
        next(edit._loading._steps)
    assert not edit.whole
    return edit


def test_who_asks_for_the_text_meanwhile_gets_all_of_it(half_back, draft) -> None:
    assert draft() == LONG
    assert half_back.whole


def test_undone_meanwhile_the_text_is_what_it_was(half_back, draft) -> None:
    half_back.undo()
    first, *rest = SHORT.sections
    assert draft().sections == (replace(first, text=f"又{first.text}"), *rest)
