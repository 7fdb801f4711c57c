"""校稿: a draft comes in by file, drop or clipboard, is judged, looked into, corrected and saved marked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from mingxi_desktop.ledger.reports import proofing
from mingxi_desktop.report.proofreading.model import Amount, Checked, Verdict
from mingxi_desktop.ui import turns
from mingxi_desktop.ui.pages.proofreading import ProofreadPage
from mingxi_desktop.ui.proofreading.choose import ChooseDialog
from mingxi_desktop.ui.proofreading.desk import ProofDesk
from tests.ui.small import put, rest

DRAFT = "㙟𬭎某<b>局</b>总结\n全年排查隐患47条，已整改35条；另有17件其他事项。\n"
FOUND = "hazards_found"


@pytest.fixture(autouse=True)
def judged(monkeypatch):
    """Judges the three numbers of DRAFT by the ledger's own value, whatever words the matcher knows."""
    asked = []

    def proofread(ledger, draft, year, as_of=None):
        asked.append((draft.text, year, as_of))
        (value,) = ledger.indicators(year, as_of, (FOUND,))
        made = []
        for text, indicator in (("47", FOUND), ("35", "hazards_rectified"), ("17", "")):
            start = draft.text.find(text)
            if start < 0:
                continue
            verdict = Verdict.UNKNOWN if not indicator else Verdict.AGREES
            known = ("某数", "35条") if indicator else ()
            one = Checked(
                Amount(start, start + 2, text, Decimal(text), "条"),
                draft.text,
                verdict,
                indicator,
                *known,
            )
            if indicator == FOUND and value.value != 47:
                one = replace(one, verdict=Verdict.DIFFERS, expected=f"{value.text}条", reason="对不上")
            made.append(one)
        return tuple(made)

    monkeypatch.setattr(proofing, "proofread", proofread)
    return asked


@pytest.fixture
def page(context, shown):
    return shown(ProofreadPage(context))


@pytest.fixture
def draft(tmp_path) -> Path:
    path = tmp_path / "总结草稿.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_the_page_is_there_before_what_only_a_draft_needs(context, qtbot, monkeypatch, draft) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)  # every step in a turn of its own
    page = ProofreadPage(context)
    qtbot.addWidget(page)
    page.show()
    assert not page.findChildren(ProofDesk)
    page.open(draft)  # which comes before the desk, or after it
    rest(context.worker)
    assert page.desk.isVisible()
    assert len(page.findChildren(ProofDesk)) == 1
    assert verdicts(page) == ["differs", "agrees", "unknown"]


def verdicts(page) -> list[str]:
    return [str(one.verdict) for one in page.desk.checked]


def listed(page) -> list[tuple[str, ...]]:
    return [line.texts for line in page.desk.numbers.table.lines.lines]


def click(page, place: int) -> None:
    """Click on a number in the text."""
    view = page.desk.view
    cursor = view.textCursor()
    cursor.setPosition(view._starts[place] + 1)
    view.setTextCursor(cursor)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect().center())
    rest(page._context.worker)


def test_a_draft_is_judged_and_looked_into(page, context, draft) -> None:
    heard = []
    page.status.connect(heard.append)
    page.open(draft)
    rest(context.worker)
    view = page.desk.view
    assert view.toPlainText() == DRAFT, "text from outside is never markup"
    assert verdicts(page) == ["differs", "agrees", "unknown"]
    assert listed(page) == [("≠ 不一致", "47条", "46条", "某数"), ("？ 未识别", "17条", "", "—")]
    assert heard[-1] == "2024年的台账；共3个数：不一致1、自相矛盾0、未识别1、相符1"
    assert page.desk.current.amount.text == "47"
    click(page, 1)
    assert page.desk.current.amount.text == "35"
    assert ("✓ 相符", "35条", "35条", "某数") in listed(page), "its group is shown"
    assert page.desk.verdict.proof._name.text() == "已整改隐患数"
    marked = [selection.cursor.selectedText() for selection in view.extraSelections()]
    assert sorted(marked) == ["17", "35", "47"], "in spite of signs that Qt counts as two"
    lines = {selection.format.underlineStyle() for selection in view.extraSelections()}
    assert len(lines) == 3, "told apart without colour"


def test_the_draft_asked_for_last_is_the_one_that_stays(page, context, draft) -> None:
    QGuiApplication.clipboard().setText("全年排查隐患46条。")
    page.open(draft)  # reading a file waits for what is pasted
    page.paste()
    rest(context.worker)
    assert page.desk.view.toPlainText().strip() == "全年排查隐患46条。"


def test_an_indicator_that_was_named_and_is_deleted_leaves_the_number_as_it_was(
    page, context, draft, answers
) -> None:
    page.open(draft)
    rest(context.worker)
    page._mean(page.desk._places[2], "gone")
    rest(context.worker)
    assert not answers.told
    assert verdicts(page) == ["differs", "agrees", "unknown"]


def test_keys_go_from_fault_to_fault(page, context, draft) -> None:
    page.open(draft)
    rest(context.worker)
    click(page, 2)
    assert page.desk.current.amount.text == "17"
    for key in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        QTest.keyClick(page.desk.view, Qt.Key.Key_F8, key)
        assert page.desk.current.amount.text == "47"
        click(page, 2)


def test_changed_records_are_seen_at_once_and_out_of_sight_later(page, context, draft, judged) -> None:
    page.open(draft)
    rest(context.worker)
    one_more = {"record_date": "2024-12-01", "area": "盖洋镇", "description": "线路老化", "level": "一般"}

    def add(ledger) -> None:
        put(ledger, "hazard", {**one_more, "field": "消防", "quantity_found": "1", "quantity_rectified": "1"})

    context.worker.run(add)
    context.changed.emit(None)
    rest(context.worker)
    assert verdicts(page)[0] == "agrees"
    assert page.desk.current.amount.text == "47", "what was mended stays in sight"
    assert [texts[1] for texts in listed(page)] == ["17条"], "and the list is what the clerk chose to see"
    page.hide()
    many = len(judged)
    context.set_year(2023)
    rest(context.worker)
    assert len(judged) == many
    page.show()
    rest(context.worker)
    assert judged[-1][1] == 2023
    assert verdicts(page)[0] == "differs"


def test_the_clerk_says_what_a_number_is(page, context, draft) -> None:
    page.open(draft)
    rest(context.worker)
    click(page, 2)
    page.desk.verdict._other.click()
    rest(context.worker)
    dialog = page.findChild(ChooseDialog)
    dialog.search.setText("pcwtyh")
    assert [line.texts[0] for line in dialog.list.lines.lines] == ["排查问题隐患数"]
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    rest(context.worker)
    one = page.desk.current
    assert (one.amount.text, one.indicator, one.verdict) == ("17", FOUND, Verdict.DIFFERS)
    assert "46" in one.expected
    page.desk.verdict._none.click()
    rest(context.worker)
    assert page.desk.current.verdict is Verdict.UNKNOWN
    assert "不是指标" in page.desk.current.reason
    page.desk.verdict._auto.click()
    rest(context.worker)
    assert page.desk.current.reason == ""
    assert not page.desk.verdict._auto.isVisible()


def test_a_dropped_word_file_comes_back_marked(page, context, answers, tmp_path) -> None:
    source = tmp_path / "总结.docx"
    document = docx.Document()
    document.add_paragraph("全年排查隐患47条，已整改35条。")
    document.save(str(source))
    drop(page, source)
    rest(context.worker)
    assert verdicts(page) == ["differs", "agrees"]
    answers.file = tmp_path / "总结-标注.docx"
    page._save.click()
    rest(context.worker)
    assert answers.asked == ["总结-标注.docx"]
    texts = [one.text for one in docx.Document(str(answers.file)).comments]
    assert any("不一致：对不上" in text for text in texts)
    answers.file = source
    page.save()
    rest(context.worker)
    assert "草稿本身" in answers.told.pop().title


def drop(page, path: Path) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    event.ignore()
    page.dropEvent(event)
    return event.isAccepted()


def test_tables_are_left_to_the_import(page, tmp_path) -> None:
    assert not drop(page, tmp_path / "隐患.xlsx")


def test_pasting(page, context, answers) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("隐患47条")
    page.paste()
    rest(context.worker)
    assert page.desk.view.toPlainText() == "隐患47条\n"
    clipboard.setText("隐患35条")
    QTest.keyClick(page.desk.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    rest(context.worker)
    assert page.desk.view.toPlainText() == "隐患35条\n"
    clipboard.clear()
    page.paste()
    rest(context.worker)
    assert "没有可以校对的文字" in answers.told.pop().title
    assert page.desk.view.toPlainText() == "隐患35条\n", "what is there stays"


def test_the_menu_of_a_number_says_the_same(page, context, draft) -> None:
    page.open(draft)
    rest(context.worker)
    page.desk.view.menu_wanted.emit(2, QPoint(10, 10))
    menu = page.desk.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["这是另一个指标…", "不是指标"]
    menu.actions()[1].trigger()
    menu.close()
    rest(context.worker)
    assert page.desk.current.amount.text == "17"
    assert "不是指标" in page.desk.current.reason
