"""The wording of a report in the window: edited, tried out, kept, carried over, put back, never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report import fonts
from mingxi_desktop.ui import turns
from mingxi_desktop.ui.ask import Answer
from mingxi_desktop.ui.pages.wording import WordingPage
from mingxi_desktop.ui.wording import reading
from mingxi_desktop.ui.wording.condition_dialog import ConditionDialog
from mingxi_desktop.ui.wording.document import bare
from mingxi_desktop.ui.wording.insert_dialog import InsertDialog
from tests.ui.small import rest, type_text

ORDER = Order(2024, bundled_fonts=True)


@pytest.fixture
def tried(monkeypatch):
    """Pages are not made: what would have been tried out, and what is found."""
    drafts = []

    def look(ledger, order, draft):
        drafts.append(draft)
        return reading.Tried(tuple(narrating.check(ledger, order, draft)))

    monkeypatch.setattr(reading, "try_out", look)
    return drafts


@pytest.fixture(scope="module")
def numbers():
    """What the chips show, by report; emptied by whoever changes records."""
    return {}


@pytest.fixture
def measured(monkeypatch, numbers):
    """Numbers are worked out once for all tests."""
    real = reading.known

    def known(ledger, order):
        if order not in numbers:
            numbers[order] = real(ledger, order)
        return numbers[order]

    monkeypatch.setattr(reading, "known", known)


@pytest.fixture
def page(context, shown, tried, measured):
    made = WordingPage(context)
    made.set_order(ORDER)
    shown(made)
    return made


def settled(page) -> None:
    """What follows a pause in the typing is done."""
    page._trial.stop()
    page._glance.stop()
    page._look_around()
    page._trial.begin()
    rest(page._context.worker)


def kept(context, order: Order = ORDER):
    found = []
    context.worker.run(narrating.own_wording, order, done=found.append)
    rest(context.worker)
    return found[0]


def write_at_end(page, section: int, text: str) -> None:
    """Type at the end of a section."""
    page.commands.go_to(section + 1)
    cursor = page.edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.PreviousBlock)
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    page.edit.setTextCursor(cursor)
    type_text(page.edit, text)
    page.edit.completer.hide()


def dialog(kind: type) -> QDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def told(page) -> list[str]:
    return [page.outline.list.item(row).text() for row in range(page.outline.list.count())]


def test_text_is_kept_for_the_year_and_carried_over_to_the_next(page, context) -> None:
    assert not page.dirty
    assert not page._tools.save.isEnabled()
    write_at_end(page, 2, "本年还开展了回头看。")
    settled(page)
    assert page.dirty
    assert "未保存" in told(page)[2]
    heard = []
    page.saved.connect(lambda: heard.append(True))
    page._tools.save.click()
    rest(context.worker)
    assert heard == [True]
    assert not page.dirty
    section = kept(context).now.sections[2]
    assert section.text.endswith("本年还开展了回头看。")
    assert "本局自己写的" in told(page)[2]
    page.set_order(Order(2025, bundled_fonts=True))
    rest(context.worker)
    assert page.draft().sections[2].text == section.text
    assert "沿用2024年的文字" in told(page)[2]
    page.commands.go_to(2)
    page.commands.put_back()
    page.save()
    rest(context.worker)
    assert "回头看" not in kept(context, Order(2025)).now.sections[2].text
    assert "回头看" in kept(context).now.sections[2].text, "the year it was written for keeps it"


def test_faults_are_shown_at_their_place_and_nothing_is_kept(page, context) -> None:
    before = kept(context).now
    write_at_end(page, 3, "全年共{没有的}次。")
    settled(page)
    assert page.faults.isVisible()
    words = page.faults.list.item(0).text()
    assert "没有名为“没有的”的指标" in words
    assert "第" in words
    marks = page.edit.extraSelections()
    assert marks[0].cursor.selectedText() == "{没有的}"
    page.save()
    rest(context.worker)
    assert "没有保存" in page.faults._said.text()
    assert page.dirty
    assert kept(context).now == before
    page.commands.go_to(0)
    page.faults.list.itemClicked.emit(page.faults.list.item(0))
    assert page.edit.textCursor().selectedText() == "{没有的}"
    QTest.keyClick(page.edit, Qt.Key.Key_Delete)
    settled(page)
    assert not page.faults.isVisible()
    assert not page.edit.extraSelections()


def test_an_indicator_is_searched_and_put_in_with_what_it_is_to_show(page, context) -> None:
    write_at_end(page, 2, "对比")
    page.commands.insert_indicator()
    asked = dialog(InsertDialog)
    type_text(asked.choice.search, "pcwtyhs")
    assert asked.choice.current().label == "排查问题隐患数"
    asked._aspects[next(aspect for aspect in asked._aspects if aspect == "change")].click()
    assert "会印成" in asked._example.text()
    QTest.keyClick(asked.choice.search, Qt.Key.Key_Return)
    assert page.draft().sections[2].text.endswith("对比{hazards_found.change}")
    assert page.edit.recent[0] == "{hazards_found}"
    page.commands.insert_indicator()
    asked = dialog(InsertDialog)
    assert asked.choice.current().id == "hazards_found", "what was used last stands first"
    asked.reject()


def test_a_condition_is_put_together_and_changed(page) -> None:
    write_at_end(page, 2, "")
    page.commands.insert_condition()
    asked = dialog(ConditionDialog)
    asked.test.setCurrentIndex(asked.test.findText("两个数相等"))
    for query in ("penalties", "hazards_found"):
        asked.choice.search.setText(query)
        QTest.keyClick(asked.choice.search, Qt.Key.Key_Return)
    asked.accept()
    assert "若相等 penalties、hazards_found：" in page.draft().sections[2].text
    position = next(at for at, source in page.edit.chips() if source.startswith("若相等 penalties"))
    page.commands.change_condition(position)
    asked = dialog(ConditionDialog)
    asked.test.setCurrentIndex(0)
    asked.accept()
    assert "若有 penalties、hazards_found：" in page.draft().sections[2].text


def test_a_new_section_is_kept_under_an_id_of_its_own(page, context) -> None:
    page.commands.go_to(4)
    page.commands.insert_section(1)
    type_text(page.edit, "专项行动")
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    type_text(page.edit, "开展了专项行动。")
    page.save()
    rest(context.worker)
    assert not page.dirty
    now = kept(context).now.sections
    assert (now[5].heading, now[5].text) == ("（四）专项行动", "开展了专项行动。")
    assert now[6].heading.startswith("（五）")
    type_text(page.edit, "又一句。")
    page.save()
    rest(context.worker)
    assert [section.id for section in kept(context).now.sections] == [section.id for section in now]
    while page.edit.document().isUndoAvailable():
        page.edit.undo()
    page.save()
    rest(context.worker)
    assert kept(context).now == kept(context).delivered, "undo goes back past what was saved"


@pytest.fixture
def half(page, monkeypatch):
    """The page with its text coming anew, and half of it there."""
    before = page._wording
    monkeypatch.setattr(turns, "_TURN", -1.0)  # every step in a turn of its own
    page._load(before)
    while page.edit.document().blockCount() < 10:
        QCoreApplication.processEvents()
    assert not page.edit.whole
    return before


def test_half_a_text_is_neither_kept_nor_tried_nor_changed(page, context, half, tried) -> None:
    before = kept(context).now
    page._load(half)
    del tried[:]
    while not page.edit.whole:
        assert not page.dirty
        page.save()
        page._trial.begin()
        assert page.may_leave(lambda: None)
        assert not page._tools.save.isEnabled()
        assert not any(tool.isEnabled() for tool in page._tools._changing)
        assert not told(page)
        assert not page.outline._down.isEnabled()
        QCoreApplication.processEvents()
    assert not tried
    rest(context.worker)
    assert bare(page.draft()) == bare(before) == bare(kept(context).now)
    assert tried == [page.draft()]
    assert all(tool.isEnabled() for tool in page._tools._changing)
    assert len(told(page)) == len(before.sections)


def test_an_answer_with_the_same_text_does_not_begin_it_anew(page, context, half, monkeypatch) -> None:
    loaded = []
    monkeypatch.setattr(page.edit, "load", loaded.append)
    page.refresh()
    rest(context.worker)
    assert page._wording is not None
    assert page._wording is not half
    assert not loaded
    assert bare(page.draft()) == bare(half.now)


def test_another_report_asked_for_meanwhile_takes_its_place(page, context, half) -> None:
    page.set_order(Order(2024, template="monthly", month=6))
    assert not page.dirty
    rest(context.worker)
    assert bare(page.draft()) == bare(kept(context, Order(2024, template="monthly", month=6)).now)
    assert not page.dirty


def test_what_is_typed_while_the_text_comes_can_be_kept(page, context, half) -> None:
    type_text(page.edit, "又")
    settled(page)
    assert page.dirty
    page.save()
    rest(context.worker)
    now = kept(context).now
    assert [one.id for one in now.sections] == [one.id for one in half.now.sections]
    assert now.sections[0].text == "又" + half.now.sections[0].text
    assert now.sections[1:] == half.now.sections[1:]


def test_what_is_kept_while_all_is_put_back_is_the_whole_text(page, context) -> None:
    write_at_end(page, 2, "本年还开展了回头看。")
    page.save()
    rest(context.worker)
    assert kept(context).now != kept(context).delivered
    page.commands.put_all_back()
    for _ in range(3):  # not by Qt's loop, which may have time for all of them
        next(page.edit._loading._steps)
    assert not page.edit.whole
    assert not page._tools.save.isEnabled()
    assert not any(tool.isEnabled() for tool in page._tools._changing)
    assert not told(page)
    page.save()
    assert page.edit.whole
    rest(context.worker)
    assert kept(context).now == kept(context).delivered
    settled(page)
    assert all(tool.isEnabled() for tool in page._tools._changing)
    assert len(told(page)) == len(kept(context).now.sections)


@pytest.mark.parametrize("answer", list(Answer))
def test_another_report_is_shown_only_when_the_text_is_safe(page, context, answers, answer) -> None:
    write_at_end(page, 2, "新的一句。")
    answers.leave = answer
    page.set_order(Order(2024, template="monthly", month=6))
    rest(context.worker)
    assert (page.order.template == "annual") is (answer is Answer.CANCEL)
    assert page.edit.document().find("新的一句。").isNull() is (answer is not Answer.CANCEL)
    assert kept(context).now.sections[2].text.endswith("新的一句。") is (answer is Answer.SAVE)


def test_a_text_with_faults_is_not_left(page, context, answers) -> None:
    write_at_end(page, 2, "{没有的}")
    answers.leave = Answer.SAVE
    left = []
    assert not page.may_leave(lambda: left.append(True))
    rest(context.worker)
    assert not left
    assert page.faults.isVisible()


def test_what_was_typed_stays_when_records_or_the_cut_off_day_change(page, context, numbers) -> None:
    import datetime

    from tests.ui.small import put

    write_at_end(page, 2, "新的一句。")
    position = next(at for at, source in page.edit.chips() if source == "{hazards_found}")
    before = page.edit.faces.face("{hazards_found}").value
    hazard = {"record_date": "2024-12-01", "area": "盖洋镇", "description": "新", "level": "一般"}
    context.worker.run(put, "hazard", {**hazard, "quantity_found": "7", "quantity_rectified": "0"})
    rest(context.worker)
    numbers.clear()
    page.refresh()
    rest(context.worker)
    assert page.edit.faces.face(page.edit.chip(position)).value == str(int(before) + 7)
    page.set_order(Order(2024, datetime.date(2024, 6, 15)))
    rest(context.worker)
    numbers.clear()
    assert page.edit.faces.face("{hazards_found}").value == "12"
    assert page.draft().sections[2].text.endswith("新的一句。")


def test_narrow_windows_show_text_or_pages(page) -> None:
    assert page.outline.isVisible()
    assert page.view.isVisible()
    page.resize(683, 300)
    assert not page.outline.isVisible()
    assert not page.view.isVisible()
    assert page.edit.isVisible()
    page._tools.pages.click()
    assert page.view.isVisible()
    assert not page.edit.isVisible()


def test_search_finds_what_is_seen_values_included(page) -> None:
    page.edit.setFocus()
    QTest.keyClick(page.edit, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.finder.line.hasFocus()
    value = page.edit.faces.face("{hazards_found}").value
    type_text(page.finder.line, f"{value}条")
    assert page.edit.textCursor().selectedText() == "\ufffc条"
    assert "共 1 处" in page.finder._count.text()
    QTest.keyClick(page.finder.line, Qt.Key.Key_Escape)
    assert not page.finder.isVisible()
    assert page.edit.hasFocus()


@pytest.mark.slow
def test_unsaved_text_is_seen_on_the_pages_and_numbers_lead_to_each_other(
    context, shown, monkeypatch
) -> None:
    found = fonts.resolve(bundled_only=True)
    monkeypatch.setattr(fonts, "resolve", lambda **_: found)
    short = narrating.WordingDraft(
        "报告", (narrating.SectionDraft("", "一、隐患", "排查{hazards_found}条。"),)
    )
    context.worker.run(narrating.save, ORDER, short)
    page = WordingPage(context)
    page.set_order(ORDER)
    shown(page)
    at = next(place for place, source in page.edit.chips() if source == "{hazards_found}")
    page.edit.replace(at, "{hazards_found:yu:10}")
    settled(page)
    sheet = page.view.widget()
    assert "40余" in [spot.text for spot in sheet._order]
    page.view.number_chosen.emit("hazards_found")
    assert page.edit.chip(page.edit.selected_chip()).startswith("{hazards_found")
    page.edit.chip_chosen.emit(at)
    assert sheet._selected == "hazards_found"
    assert kept(context).now.sections[0].text == short.sections[0].text
