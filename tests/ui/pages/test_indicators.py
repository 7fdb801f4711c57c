"""The table of indicators: search, groups, sorting, last year, the proof beside it, and what can be done there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from mingxi_desktop.domain.indicator_book import delivered_book
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.defining import model
from mingxi_desktop.ui.dialogs import indicator_editor
from mingxi_desktop.ui.dialogs.indicator_editor import BLANK, IndicatorEditor
from mingxi_desktop.ui.dialogs.take_in_definitions import TakeInDialog
from mingxi_desktop.ui.pages.indicators import IndicatorsPage
from tests.ui.small import rest

OWN = replace(BLANK, id="mine", label="我的隐患数")
HAZARDS = delivered_book().get("hazards_found")


@pytest.fixture
def page(context, shown):
    return shown(IndicatorsPage(context))


@pytest.fixture
def keep(context):
    """Keep definitions as if they had been made before."""

    def run(*indicators, owner):
        for one in indicators:
            context.write(lambda ledger, one=one: ledger.definitions.save(one), owner=owner)
        rest(context.worker)

    return run


@pytest.fixture
def driven(monkeypatch, context):
    """Dialogs are not waited for: a function uses them instead."""

    def run(dialog_class, use):
        def exec_(dialog):
            results = [0]
            dialog.finished.connect(results.append)
            dialog.show()
            rest(context.worker)
            use(dialog)
            rest(context.worker)  # a dialog that was answered is gone by now
            return results[-1]

        monkeypatch.setattr(dialog_class, "exec", exec_)

    return run


def column(page: IndicatorsPage, place: int) -> list[str]:
    found = page.table.found
    return [found.index(row, place).data() for row in range(found.rowCount())]


def go_to(page: IndicatorsPage, label: str, context) -> None:
    page.table.selectRow(column(page, 0).index(label))
    rest(context.worker)


def test_all_indicators_with_last_year_beside_them(page) -> None:
    assert page.table.found.rowCount() == len(delivered_book().indicators)
    row = column(page, 0).index(HAZARDS.label)
    assert [column(page, place)[row] for place in (1, 2, 3, 4)] == ["46 条", "30", "+16", "5"]
    rate = column(page, 0).index("隐患整改率")
    assert column(page, 3)[rate] == "-23.91个百分点"


def test_the_years_are_named_whichever_is_chosen(page, context) -> None:
    def heads() -> list[str]:
        found = page.table.found
        return [found.headerData(place, Qt.Orientation.Horizontal) for place in range(1, 3)]

    go_to(page, HAZARDS.label, context)
    assert heads() == ["2024年", "2023年"]
    assert "个 2024 年有记录" in page._count.text()
    assert page.proof._last.text() == "2023年30条，上升53.33%"
    context.set_year(2023)
    rest(context.worker)
    assert heads() == ["2023年", "2022年"]
    assert "个 2023 年有记录" in page._count.text()
    assert page.proof._last.text() == "2022年没有数据"


def test_search_by_text_and_initials_and_groups(page) -> None:
    page.search.setText("棉被")
    assert column(page, 0)
    assert all("棉被" in text for text in column(page, 0))
    found = column(page, 0)
    page.search.setText("mb")
    assert set(found) <= set(column(page, 0))
    page.search.setText("没有这样的指标")
    assert not column(page, 0)
    assert not page.change_button.isEnabled()
    page.search.clear()
    page._group.setCurrentIndex(page._group.findText("救灾调拨"))
    assert set(column(page, 5)) <= {"物资明细", "物资收发", "资金"}
    page._group.setCurrentIndex(page._group.findText("自己定义或改过的"))
    assert not column(page, 0)
    page._group.setCurrentIndex(0)
    assert page.table.found.rowCount() == len(delivered_book().indicators)


def test_numbers_sort_as_numbers(page) -> None:
    page.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    counts = [int(text.replace(",", "")) for text in column(page, 4)]
    assert counts == sorted(counts, reverse=True)


def test_the_chosen_one_is_proved_and_follows_the_records(page, context) -> None:
    go_to(page, HAZARDS.label, context)
    assert page.proof._value.text() == "46 条"
    assert page.proof._model.rowCount() == 5
    context.write(lambda ledger: ledger.edit("hazard", 1, {"quantity_found": 13}), owner=page)
    rest(context.worker)
    assert page.proof._value.text() == "47 条"
    assert page.table.currentIndex().siblingAtColumn(0).data() == HAZARDS.label
    context.set_year(2023)
    rest(context.worker)
    assert page.proof._value.text() == "30 条"


def test_a_number_without_records_says_where_to_begin(page, context) -> None:
    ways = (page.proof._begin, page.proof._import)
    go_to(page, HAZARDS.label, context)
    assert not any(way.isVisible() for way in ways)
    context.set_year(2019)
    rest(context.worker)
    assert all(way.isVisible() for way in ways)
    assert not page.proof._open.isVisible()
    doors: list[object] = []
    context.new_wanted.connect(lambda kind, texts: doors.append((kind, texts)))
    context.page_wanted.connect(doors.append)
    for way in ways:
        way.click()
    assert doors == [("hazard", {}), "import:hazard"]


def test_the_way_to_a_row_of_a_child_table_is_its_ledger(page, context) -> None:
    context.set_year(2019)
    rest(context.worker)
    lines = next(one for one in delivered_book().indicators if one.kind == "supply_line")
    go_to(page, lines.label, context)
    doors: list[str] = []
    context.page_wanted.connect(doors.append)
    page.proof._import.click()
    assert doors == ["import:supply_movement"]


def test_own_and_changed_ones_are_marked_and_taken_back(page, context, keep, answers) -> None:
    keep(OWN, replace(HAZARDS, wording="near:10"), owner=page)
    marks = dict(zip(column(page, 0), column(page, 6), strict=True))
    assert (marks["我的隐患数"], marks[HAZARDS.label]) == ("自己的", "已改")
    assert "自己的和改过的 2 个" in page._count.text()
    go_to(page, HAZARDS.label, context)
    assert page.remove_button.text() == "恢复自带的"
    page.remove()
    rest(context.worker)
    assert dict(zip(column(page, 0), column(page, 6), strict=True))[HAZARDS.label] == ""
    assert not page.remove_button.isEnabled()
    go_to(page, OWN.label, context)
    assert [action.text() for action in page.menu().actions()][2] == "删除(&D)"
    page.remove()
    rest(context.worker)
    assert OWN.label not in column(page, 0)
    assert answers.asked == [f"恢复自带的“{HAZARDS.label}”？", "删除指标“我的隐患数”？"]


def test_made_copied_and_changed_from_the_page(page, context, driven, answers) -> None:
    def name(dialog: IndicatorEditor) -> None:
        dialog.form._label.setText(f"{dialog.form._label.text()}新")
        dialog.save()

    driven(indicator_editor.IndicatorEditor, name)
    page.search.setText("棉被")
    page.new_button.click()
    rest(context.worker)
    assert page.table.current_id() == "x"
    assert page.proof._name.text() == "新"
    go_to(page, HAZARDS.label, context)
    page.copy()
    rest(context.worker)
    assert page.table.current_id() == "pcwtyhsx"
    page.change()
    rest(context.worker)
    assert f"{HAZARDS.label}新新" in column(page, 0)


def test_definitions_go_out_and_come_in_as_a_file(
    page, context, keep, driven, answers, tmp_path, monkeypatch
) -> None:
    keep(OWN, owner=page)
    answers.file = tmp_path / "指标定义.json"
    page.work.export()
    rest(context.worker)
    context.write(lambda ledger: ledger.definitions.remove("mine"), owner=page)
    rest(context.worker)
    monkeypatch.setattr(ask, "open_file", lambda *_, **__: answers.file)
    driven(TakeInDialog, lambda dialog: dialog.store())
    page.work.take_in()
    rest(context.worker)
    assert page.table.current_id() == "mine"
    answers.file.write_bytes(b"\xff\xfe{}")
    page.work.take_in()
    rest(context.worker)
    assert answers.told.pop().title == "这不是指标定义文件"


def test_definitions_that_cannot_be_used_are_told_and_removed(page, context, keep, answers) -> None:
    keep(OWN, owner=page)

    def spoil(ledger):
        table = ledger._store.schema.indicator
        with ledger._store.writing():
            table.update(definition=table.definition.concat("}")).execute()

    context.read(spoil, done=lambda _: page.refresh(), owner=page)
    rest(context.worker)
    assert page._notice.isVisible()
    assert "mine：定义读不出来" in page._notice_text.text()
    assert OWN.label not in column(page, 0)
    page._notice_remove.click()
    rest(context.worker)
    assert not page._notice.isVisible()


def test_a_change_leaves_the_reader_where_he_is(page, context) -> None:
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    chosen, place = page.table.currentIndex().siblingAtColumn(0).data(), bar.value()
    assert place > 0
    context.write(lambda ledger: ledger.edit("hazard", 1, {"quantity_found": 13}), owner=page)
    rest(context.worker)
    assert column(page, 1)[column(page, 0).index(HAZARDS.label)] == "47 条"
    assert (page.table.currentIndex().siblingAtColumn(0).data(), bar.value()) == (chosen, place)


def test_nothing_is_made_ready_for_a_search_before_there_is_one(context, shown, monkeypatch) -> None:
    made = []
    monkeypatch.setattr(model.texts, "search_text", lambda parts: made.append(parts) or "x")
    page = shown(IndicatorsPage(context))
    assert column(page, 0)
    assert not made
    page.search.setText("x")
    assert len(made) == page.table.found.rowCount() == len(delivered_book().indicators)
