"""A ledger's page: search, chips, years, sorting, sums, the cursor and the form beside it."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.ask import Answer
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.table.pages import PAGE
from tests.ui.small import rest, type_text


@pytest.fixture
def page(context, shown):
    def make(kind: str = "hazard") -> LedgerPage:
        made = LedgerPage(context, kind_of(kind))
        made.said = []
        made.status.connect(made.said.append)
        made.refresh()
        return shown(made)

    return make


def ids(page: LedgerPage) -> list[int]:
    return sorted(page.model.ids)


def search(page: LedgerPage, context, text: str) -> list[int]:
    page.search.clear()
    page.search.setFocus()
    type_text(page.search, text)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    rest(context.worker)
    return ids(page)


def test_search_finds_text_pinyin_and_initials(page, context) -> None:
    made = page()
    assert ids(made) == [1, 2, 3, 4, 5]
    assert search(made, context, "消防通道") == [2]
    assert search(made, context, "peidianxiang") == [1]
    assert search(made, context, "gyz") == [1, 3]
    assert search(made, context, "盖洋 疏散") == [3]
    assert search(made, context, "没有这样的") == []
    made.clear_filters()
    rest(context.worker)
    assert ids(made) == [1, 2, 3, 4, 5]
    assert made.search.text() == ""
    assert not made._clear.isVisible()


def test_typing_alone_searches_after_a_moment(page, context, qtbot) -> None:
    made = page()
    type_text(made.search, "灭火器")
    qtbot.waitUntil(lambda: ids(made) == [5])


def chip(page: LedgerPage, field: str):
    return next(chip for chip in page.chips if chip.field == field)


def words(page: LedgerPage, context, field: str) -> list[str]:
    """What the menu of a chip offers."""
    chip(page, field)._ask()
    rest(context.worker)
    return [action.text() for action in chip(page, field).menu().actions() if not action.isSeparator()]


def pick(page: LedgerPage, context, field: str, word: str) -> None:
    words(page, context, field)
    action = next(one for one in chip(page, field).menu().actions() if one.text().startswith(word))
    action.trigger()
    rest(context.worker)


def test_chips_count_filter_and_clear(page, context) -> None:
    made = page()
    assert words(made, context, "area") == [
        "全部",
        "盖洋镇\t2",
        "雪峰镇\t1",
        "瀚仙镇\t1",
        "沙溪乡\t1",
    ] or set(words(made, context, "area")) == {"全部", "盖洋镇\t2", "雪峰镇\t1", "瀚仙镇\t1", "沙溪乡\t1"}
    pick(made, context, "area", "盖洋镇")
    assert ids(made) == [1, 3]
    assert chip(made, "area").text() == "乡镇：盖洋镇"
    assert "盖洋镇" in chip(made, "area").accessibleName()
    pick(made, context, "area", "雪峰镇")
    assert ids(made) == [1, 2, 3]
    assert "待整改\t1" in words(made, context, "status")
    pick(made, context, "status", "待整改")
    assert ids(made) == [3]
    assert made.said[-1].startswith("显示 1 / 共 5 条")
    pick(made, context, "area", "全部")
    assert ids(made) == [3, 4]
    made._clear.click()
    rest(context.worker)
    assert ids(made) == [1, 2, 3, 4, 5]
    assert chip(made, "status").text() == "状态"


def test_the_month_chip(page, context) -> None:
    made = page()
    assert words(made, context, "month") == ["全部", "6月\t2", "7月\t2", "11月\t1"]
    pick(made, context, "month", "7月")
    assert ids(made) == [3, 4]
    assert chip(made, "month").text() == "月份：7月"
    pick(made, context, "month", "6月")
    assert ids(made) == [1, 2]
    context.set_year(2023)
    rest(context.worker)
    assert ids(made) == [6], "a month of another year is no filter any more"
    assert chip(made, "month").text() == "月份"


def test_a_condition_without_a_chip_is_named_and_can_be_cleared(page, context) -> None:
    made = page()
    made.set_query(Query("hazard", year=2024, where=(("owner", (None,)), ("level", ("一般",)))))
    rest(context.worker)
    assert ids(made) == [1, 2, 3, 5]
    assert "整改责任人" in made._only.text()
    assert chip(made, "level").text() == "隐患等级：一般"
    made.set_query(Query("hazard", ids=(2, 6)))
    rest(context.worker)
    assert ids(made) == [2, 6]
    assert "指定的 2 条" in made._only.text()
    made._clear.click()
    rest(context.worker)
    assert ids(made) == [1, 2, 3, 4, 5]
    made.set_query(Query("hazard", year=2024, where=(("campaign", (None,)), ("area", (None,)))))
    rest(context.worker)
    assert chip(made, "campaign").text() == "专项行动：（空）"


def test_a_range_from_a_door(page, context) -> None:
    made = page()
    quarter = Range(datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))
    made.set_query(Query("hazard", year=2024, where=(("record_date", quarter),)))
    rest(context.worker)
    assert ids(made) == [1, 2]
    assert chip(made, "month").text() == "月份：4月、6月"


def test_the_order_of_a_door_is_kept_and_not_remembered(page, context) -> None:
    made = page()
    made.set_query(Query("hazard", year=2024, sort=(("quantity_found", True),)))
    rest(context.worker)
    assert list(made.model.ids) == [5, 1, 3, 2, 4]
    assert made.query.sort == (("quantity_found", True),)
    assert not context.settings.value("table/hazard/sort")


def test_a_click_on_the_header_sorts(page, context) -> None:
    made = page()
    header = made.table.horizontalHeader()
    column = made.model.column_of("quantity_found")
    spot = header.sectionViewportPosition(column) + 12
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot, 12))
    rest(context.worker)
    assert list(made.model.ids) == [4, 2, 3, 1, 5]
    pick(made, context, "area", "盖洋镇")
    assert list(made.model.ids) == [3, 1]


def test_the_year_selector_changes_every_page(page, context) -> None:
    made = page()
    made.table.selectRow(0)
    rest(context.worker)
    assert made.panel.record_id is not None
    context.set_year(2023)
    rest(context.worker)
    assert ids(made) == [6]
    assert made.panel.record_id is None
    assert made.said[-1].startswith("显示 1 / 共 1 条")


def test_sums_of_the_selection(page, context) -> None:
    made = page()
    made.table.selectAll()
    rest(context.worker)
    assert "选中 5 条" in made.said[-1]
    assert "发现数合计 46 条" in made.said[-1]
    assert "已整改数合计 35 条" in made.said[-1]
    made.table.clearSelection()
    rest(context.worker)
    assert made.said[-1] == "显示 5 / 共 5 条"


def go(page: LedgerPage, context, record: int) -> None:
    """Click on a row."""
    index = page.model.index(page.model.row_of(record), 1)
    spot = page.table.visualRect(index).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    rest(context.worker)


def test_unsaved_changes_hold_the_cursor(page, context, answers) -> None:
    made = page()
    go(made, context, 1)
    assert made.panel.record_id == 1
    owner = made.panel.form.inputs["owner"].editor
    owner.setFocus()
    type_text(owner, "abc")
    go(made, context, 2)
    assert answers.asked == ["隐患 2024-0001"]
    assert made.panel.record_id == 1
    assert made.table.current_id() == 1
    assert list(made.table.selected_ids()) == [1]
    assert owner.text() == "abc"
    answers.leave = Answer.SAVE
    go(made, context, 2)
    assert made.panel.record_id == 2
    assert made.table.current_id() == 2
    go(made, context, 1)
    assert owner.text() == "abc"
    owner.setFocus()
    type_text(owner, "x")
    answers.leave = Answer.DISCARD
    go(made, context, 2)
    assert made.panel.record_id == 2
    go(made, context, 1)
    assert owner.text() == "abc"


def test_a_new_form_is_kept_when_leaving_is_cancelled(page, context, answers) -> None:
    made = page()
    go(made, context, 1)
    made.start_new()
    rest(context.worker)
    assert made.panel.record_id is None
    go(made, context, 1)
    assert made.panel.record_id == 1, "a form in which nothing was typed is left without a word"
    assert not answers.asked
    made.start_new()
    rest(context.worker)
    owner = made.panel.form.inputs["owner"].editor
    type_text(owner, "abc")
    go(made, context, 1)
    assert len(answers.asked) == 1
    assert made.panel.record_id is None
    assert owner.text() == "abc"
    answers.leave = Answer.DISCARD
    go(made, context, 1)
    assert made.panel.record_id == 1


def test_a_saved_new_record_gets_the_cursor_and_save_and_new_does_not(page, context, answers) -> None:
    made = page()
    for again in (False, True):
        made.start_new()
        rest(context.worker)
        inputs = made.panel.form.inputs
        for name, text in {"record_date": "2024-8-8", "area": "雪峰镇", "description": f"新{again}"}.items():
            inputs[name].editor.setFocus()
            inputs[name].editor.selectAll()
            type_text(inputs[name].editor, text)
        (made.panel.save_and_new if again else made.panel.save)()
        rest(context.worker)
        if not again:
            assert made.panel.record_id == 7
            assert made.table.current_id() == 7
    assert made.panel.record_id is None
    assert made.panel._title.text() == "新增隐患"
    assert ids(made) == [1, 2, 3, 4, 5, 7, 8]
    assert not answers.asked


def test_a_record_that_leaves_the_filter_stays_in_the_form(page, context) -> None:
    made = page()
    pick(made, context, "status", "待整改")
    go(made, context, 3)
    rectified = made.panel.form.inputs["quantity_rectified"].editor
    rectified.setFocus()
    rectified.selectAll()
    type_text(rectified, "8")
    made.panel.save()
    rest(context.worker)
    assert ids(made) == [4]
    assert made.panel.record_id == 3
    assert made.panel.form.texts()["quantity_rectified"] == "8"


def test_delete_key_asks_and_moves_to_the_trash(page, context, answers) -> None:
    made = page()
    made.table.selectRow(0)
    made.table.setFocus()
    rest(context.worker)
    first = made.table.current_id()
    answers.yes = False
    QTest.keyClick(made.table, Qt.Key.Key_Delete)
    rest(context.worker)
    assert len(ids(made)) == 5
    answers.yes = True
    QTest.keyClick(made.table, Qt.Key.Key_Delete)
    rest(context.worker)
    assert first not in ids(made)
    assert made.panel.record_id is None or made.panel.record_id != first
    assert "移入回收站" in answers.asked[0]


def edit_cell(page: LedgerPage, context, record: int, name: str, text: str) -> None:
    """F2, type, Enter."""
    index = page.model.index(page.model.row_of(record), page.model.column_of(name))
    page.table.setFocus()
    page.table.setCurrentIndex(index)
    rest(context.worker)
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert page.table.isAncestorOf(editor)
    assert editor is not page.table
    editor.selectAll()
    type_text(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    rest(context.worker)


def test_a_cell_is_edited_in_place(page, context) -> None:
    made = page()
    edit_cell(made, context, 2, "quantity_rectified", "４")
    record = made.model.record(made.model.row_of(2))
    assert record.shown["quantity_rectified"] == "4"
    assert made.panel.record_id != 2 or made.panel.form.texts()["quantity_rectified"] == "4"


def test_what_a_cell_refuses_is_kept_in_the_form(page, context, answers) -> None:
    made = page()
    edit_cell(made, context, 2, "quantity_rectified", "99")
    assert not answers.told
    assert made.panel.record_id == 2
    shown = made.panel.form.inputs["quantity_rectified"]
    assert shown.text() == "99"
    assert "已整改数" in shown.error
    assert made.panel.dirty
    made.panel.revert()
    rest(context.worker)
    assert shown.text() == "3"


def test_twenty_thousand_rows_stay_windowed(page, context, monkeypatch) -> None:
    asked = []
    real = Ledger.records
    from array import array

    monkeypatch.setattr(Ledger, "ids", lambda self, query: array("q", [1, 2, 3, 4, 5] * 4000))

    def records(self, kind, wanted):
        asked.append(len(wanted))
        found = {record.id: record for record in real(self, kind, sorted(set(wanted)))}
        return [found[number] for number in wanted]

    monkeypatch.setattr(Ledger, "records", records)
    made = page()
    assert len(made.model.ids) == 20_000
    assert sum(asked) <= 2 * PAGE
    made.table.scrollToBottom()
    rest(context.worker)
    assert sum(asked) <= 6 * PAGE
    assert made.said[-1].startswith("显示 20,000 / 共")


def test_show_record_takes_filters_off_and_guards_what_is_typed(page, context, answers) -> None:
    made = page()
    search(made, context, "没有这样的")
    made.show_record(4)
    rest(context.worker)
    assert made.panel.record_id == 4
    assert made.table.current_id() == 4
    type_text(made.panel.form.inputs["owner"].editor, "abc")
    made.show_record(6)
    rest(context.worker)
    assert len(answers.asked) == 1
    assert made.panel.record_id == 4


@pytest.mark.parametrize("kind", ["supply_movement", "response", "activity", "fund", "rescue_team"])
def test_chips_of_every_kind_of_ledger(page, context, kind: str) -> None:
    made = page(kind)
    for one in made.chips:
        words(made, context, one.field)
