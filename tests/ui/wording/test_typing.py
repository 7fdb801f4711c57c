"""Typing as in a word processor: input methods, chips as one sign, headings that stay headings, one undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.ui.wording.blocks import Role, blocks, role_of
from mingxi_desktop.ui.wording.clipping import selected_text
from tests.ui.small import type_text
from tests.ui.wording.conftest import SHORT

Key = Qt.Key


def put(edit, text: str, *, before: bool = False, part: str = "") -> None:
    """The cursor behind (or before) a text."""
    found = edit.document().find(text)
    assert not found.isNull(), text
    cursor = edit.textCursor()
    cursor.setPosition(found.selectionStart() if before else found.selectionEnd())
    edit.setTextCursor(cursor)


def select(edit, first: str, last: str) -> None:
    """From the beginning of one text to the end of another."""
    start, end = edit.document().find(first), edit.document().find(last)
    edit.select(start.selectionStart(), end.selectionEnd())


def body(draft, place: int) -> str:
    return draft().sections[place].text


def test_chinese_is_composed_in_the_midst_of_a_line_and_in_a_heading(edit, draft) -> None:
    put(edit, "排查", before=False)
    QApplication.sendEvent(edit, QInputMethodEvent("ben nian", []))
    assert draft() == SHORT, "letters that are being composed are no text yet"
    commit = QInputMethodEvent()
    commit.setCommitString("本年")
    QApplication.sendEvent(edit, commit)
    assert "本年" in edit.document().toPlainText()
    put(edit, "图表")
    type_text(edit, "和处罚")
    assert draft().sections[2].heading == "（二）图表和处罚"


def test_a_chip_is_one_sign_and_undo_brings_it_back(edit, draft) -> None:
    position = next(at for at, source in edit.chips() if source == "{hazards_found}")
    edit.go_to(position + 1)
    QTest.keyClick(edit, Key.Key_Backspace)
    assert body(draft, 1).startswith("排查条。")
    edit.undo()
    assert draft() == SHORT
    edit.redo()
    assert body(draft, 1).startswith("排查条。")


def test_what_is_written_out_becomes_a_chip_and_unknown_names_stay_text(edit, draft) -> None:
    put(edit, "年工作如下。")
    edit.completer.hide()
    type_text(edit, "另有{行政处罚次数}次，{没有这个}次。")
    assert body(draft, 0) == "{year}年工作如下。另有{行政处罚次数}次，{没有这个}次。"
    sources = [source for _, source in edit.chips()]
    assert "{行政处罚次数}" in sources
    assert "{没有这个}" not in sources
    assert edit.faces.face("{行政处罚次数}").value == "195"


def test_a_brace_opens_the_list_and_enter_takes_what_was_typed_for(edit, draft) -> None:
    put(edit, "年工作如下。")
    QTest.keyClicks(edit, "{")
    assert len(edit.completer.popup.rows()) > 10
    QTest.keyClicks(edit, "xzcfcs")
    assert edit.completer.popup.highlighted().data == "{penalties}"
    QTest.keyClick(edit, Key.Key_Return)
    assert body(draft, 0) == "{year}年工作如下。{penalties}"
    assert not edit.completer.popup.isVisible()
    QTest.keyClicks(edit, "{zdyh")
    assert edit.completer.popup.highlighted().data == "{major_hazards_found}", (
        "重大事故隐患, though 事故 is left out"
    )
    QTest.keyClick(edit, Key.Key_Return)
    QTest.keyClicks(edit, "{qqqq")
    assert ["没有这样的指标" in row.text for row in edit.completer.popup.rows()] == [True]
    QTest.keyClick(edit, Key.Key_Escape)
    assert body(draft, 0).endswith("{qqqq"), "nothing typed is lost"


def test_enter_makes_a_paragraph_and_shift_enter_goes_on_with_it(edit, draft) -> None:
    put(edit, "年工作如下。")
    QTest.keyClick(edit, Key.Key_Return)
    type_text(edit, "新段。")
    QTest.keyClick(edit, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text(edit, "同段。")
    assert body(draft, 0) == "{year}年工作如下。\n\n新段。\n同段。"
    put(edit, "（一）隐患排查")
    QTest.keyClick(edit, Key.Key_Return)
    type_text(edit, "首段。")
    assert body(draft, 1).startswith("首段。\n\n排查{hazards_found}条。")
    put(edit, "图表")
    QTest.keyClick(edit, Key.Key_Backspace)
    assert draft().sections[2].heading == "（二）图"


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
def test_headings_do_not_run_into_the_text_before_them(edit, draft, key) -> None:
    if key == Key.Key_Backspace:
        put(edit, "（二）图表", before=True)
    else:
        put(edit, "正在整改。")
    QTest.keyClick(edit, key)
    assert draft() == SHORT


def test_lines_are_joined_but_conditions_keep_theirs(edit, draft) -> None:
    put(edit, "处罚", before=True)
    QTest.keyClick(edit, Key.Key_Backspace)
    assert draft() == SHORT, "a chart has its line to itself"
    edit.go_to(next(at for at, source in edit.chips() if source == "否则："))
    QTest.keyClick(edit, Key.Key_Backspace)
    assert draft() == SHORT
    put(edit, "年工作如下。")
    QTest.keyClick(edit, Key.Key_Return)
    type_text(edit, "再来。")
    put(edit, "再来", before=True)
    QTest.keyClick(edit, Key.Key_Backspace)
    assert body(draft, 0) == "{year}年工作如下。再来。"


def test_writing_over_several_sections_keeps_what_is_left_in_order(edit, draft) -> None:
    select(edit, "全部整改", "（二）图表")
    type_text(edit, "改")
    found = draft()
    assert [section.id for section in found.sections] == ["opening", "one"]
    assert found.sections[1].text.startswith(
        "排查{hazards_found}条。\n若相等 hazards_found、hazards_rectified：改\n\n见"
    )
    edit.undo()
    edit.undo()
    assert draft() == SHORT
    select(edit, "正在整改", "（二）")
    QTest.keyClick(edit, Key.Key_Delete)
    assert draft().sections[2].heading == "图表", "what is left of a heading is one"
    edit.undo()
    assert draft() == SHORT


def test_everything_can_be_deleted_and_written_anew(edit, draft) -> None:
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_Delete)
    assert not draft().title
    type_text(edit, "新题")
    QTest.keyClick(edit, Key.Key_Return)
    QTest.keyClick(edit, Key.Key_Return)
    type_text(edit, "正文")
    found = draft()
    assert (found.title, found.sections[0].text) == ("新题", "正文")
    while edit.document().isUndoAvailable():
        edit.undo()
    assert draft() == SHORT


def test_a_chart_keeps_its_line_while_text_is_typed_beside_it(edit, draft) -> None:
    edit.go_to(next(at for at, source in edit.chips() if source.startswith("图：")) + 1)
    type_text(edit, "说明")
    assert body(draft, 2) == "见{hazards_by_month}。\n\n图：hazards_by_month\n\n说明\n\n处罚{penalties}次。"
    edit.insert("图：hazards_by_area")
    edit.insert("图：months:penalties")
    assert "说明\n\n图：hazards_by_area\n\n图：months:penalties\n\n处罚" in body(draft, 2)
    assert edit.faces.face("图：months:penalties").name == "图：各月行政处罚次数"


def test_a_condition_stands_before_its_line_wherever_the_cursor_is(edit, draft) -> None:
    put(edit, "次。")
    edit.insert("若有 penalties：")
    assert body(draft, 2).endswith("若有 penalties：处罚{penalties}次。")
    edit.insert("若为零 penalties：")
    assert body(draft, 2).endswith("\n若为零 penalties：处罚{penalties}次。")


def test_copied_text_is_plain_and_pasted_text_gets_its_chips(edit, draft) -> None:
    put(edit, "隐患排查")
    start = edit.textCursor().position() + 1
    put(edit, "全部整改。")
    edit.select(start, edit.textCursor().position())
    edit.copy()
    data = QApplication.clipboard().mimeData()
    assert data.text() == "排查{hazards_found}条。\n若相等 hazards_found、hazards_rectified：全部整改。"
    put(edit, "年工作如下。")
    edit.paste()
    assert body(draft, 0) == f"{{year}}年工作如下。{data.text()}"
    edit.undo()
    outside = QMimeData()
    outside.setHtml("<b>粗</b>")
    outside.setText("　　一是<b>{penalties}</b>次。\x07\ufffc\r\n　　二是{hazards_found}条。\r\n")
    edit.insertFromMimeData(outside)
    assert body(draft, 0) == "{year}年工作如下。一是<b>{penalties}</b>次。\n\n二是{hazards_found}条。"
    edit.undo()
    assert draft() == SHORT
    put(edit, "（一）")
    edit.insertFromMimeData(outside)
    assert "\n" not in draft().sections[1].heading


def test_cutting_a_chip_and_pasting_it_elsewhere(edit, draft) -> None:
    position = next(at for at, source in edit.chips() if source == "{penalties}")
    edit.select(position, position + 1)
    assert selected_text(edit.textCursor()) == "{penalties}"
    edit.cut()
    put(edit, "年度报告")
    edit.paste()
    assert draft().title == "{bureau}{year}年度报告{penalties}"
    assert body(draft, 2).endswith("处罚次。")


def test_a_click_selects_a_chip_and_enter_asks_for_its_menu(edit, qtbot) -> None:
    position = next(at for at, source in edit.chips() if source == "{hazards_found}")
    where = edit.chip_rect(position).center().toPoint()
    with qtbot.waitSignal(edit.chip_chosen) as chosen:
        QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == [position]
    assert edit.selected_chip() == position
    with qtbot.waitSignal(edit.chip_menu_wanted) as wanted:
        QTest.keyClick(edit, Key.Key_Return)
    assert wanted.args[0] == position
    edit.replace(position, "{hazards_found:yu:100}")
    assert edit.faces.face(edit.chip(position)).value == "1600余"


def test_a_long_text_is_still_typed_into_fluently(edit, draft) -> None:
    import time
    from dataclasses import replace

    many = tuple(
        replace(SHORT.sections[1], id=f"s{n}", text="\n\n".join([SHORT.sections[1].text] * 30))
        for n in range(20)
    )
    edit.load(replace(SHORT, sections=many))
    edit.finish()
    cursor = edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    edit.setTextCursor(cursor)
    start = time.thread_time()  # of the processor: others may have it for a while
    type_text(edit, "逐条明确整改责任措施资金时限" * 2)
    assert (time.thread_time() - start) / 28 < 0.2, "seconds for a sign"
    assert sum(role_of(block) is Role.HEADING for block in blocks(edit.document())) == 20
