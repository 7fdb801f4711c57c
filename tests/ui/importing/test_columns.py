"""The second step: tables, columns, what is picked for them, and what holds for a whole table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.ledger.intake.result import Preview
from mingxi_desktop.ledger.intake.wish import Wish
from mingxi_desktop.ui.importing.columns_step import ColumnsStep, by_hand, steps
from mingxi_desktop.ui.importing.columns_table import CHOICE, NOTE
from mingxi_desktop.ui.importing.offers import find, offers
from mingxi_desktop.ui.importing.table_head import TableHead
from mingxi_desktop.ui.inputs import Sources
from tests.ui.importing import made
from tests.ui.small import type_text


@pytest.fixture
def step(app, qtbot):
    def show(*sheets) -> ColumnsStep:
        shown = ColumnsStep(Sources())
        qtbot.addWidget(shown)
        shown.resize(1280, 560)
        shown.show_preview(Preview(list(sheets)))
        shown.show()
        shown.activateWindow()
        with qtbot.waitActive(shown):
            pass
        return shown

    return show


def test_each_of_its_parts_is_made_in_a_step_of_its_own(app, qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    making, parts = steps(Sources(), place), []
    for _ in making:
        tables = len(place.findChildren(QTableView)), len(place.findChildren(TableHead))
        parts.append(tables)
    assert parts == [(0, 0), (1, 0), (1, 1), (2, 1), (3, 1)]


def cell(step: ColumnsStep, place: int, column: int = CHOICE) -> str:
    return step.table.columns.index(place, column).data()


def test_offers_have_fields_kinds_of_things_goods_and_steps() -> None:
    texts = {offer.text: offer.name for offer in offers("hazard")}
    assert texts["（不导入）"] == ""
    assert texts["发现数（重大）"] == "quantity_found@重大"
    assert texts["日期（必填）"] == "record_date"
    goods = {offer.text: offer.name for offer in offers("supply_movement", ("棉被",))}
    assert goods["物资 · 棉被"] == "supply_line.quantity@棉被"
    steps = {offer.text: offer.name for offer in offers("response")}
    assert steps["响应 · 提升（Ⅲ）"] == "response_step.at@提升，Ⅲ"


def test_a_choice_is_found_by_chinese_and_by_initials() -> None:
    given = offers("hazard")
    assert find(given, "备注").name == "note"
    assert find(given, "zgqx").name == "due_date"
    assert find(given, "没有这个") is None


def test_columns_show_what_stands_in_them_and_what_they_are_taken_for(step) -> None:
    shown = step(made.dirty())
    assert cell(shown, 1) == "日期（必填）"
    assert cell(shown, 4) == "发现数（重大）"
    assert cell(shown, 1, 2) == "2024.6.9、6.10、2024.6.31"
    assert cell(shown, 6, NOTE).startswith("个人信息，不导入")
    assert cell(shown, 7, NOTE).startswith("不认得")
    assert shown.table.currentIndex().row() == 7
    assert shown.view.cells.marked == 7


def test_typing_picks_and_marks_what_is_to_be_read_again(step) -> None:
    shown = step(made.dirty())
    shown.table.setFocus()
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    type_text(editor, "备注")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert shown.wishes == {made.dirty().key: Wish(columns={"H列": "note"})}
    assert cell(shown, 7) == "备注"
    assert cell(shown, 7, NOTE) == "已改，下一步按它重读"
    assert shown.sheets.lines.lines[0].texts[4] == "已改"


def test_back_to_what_was_found_is_no_correction(step) -> None:
    shown = step(made.good())
    model = shown.table.columns
    assert model.setData(model.index(7, CHOICE), "备注")
    assert model.setData(model.index(7, CHOICE), "（不导入）")
    assert shown.wishes[made.good().key] == Wish()


def test_tables_with_the_same_headers_are_corrected_together_or_not(step) -> None:
    other = made.good("雪峰镇.xlsx")
    shown = step(made.good(), other)
    model = shown.table.columns
    model.setData(model.index(7, CHOICE), "备注")
    assert shown.wishes[other.key].columns == {"H列": "note"}
    shown._alike.setChecked(False)
    model.setData(model.index(7, CHOICE), "整改责任人")
    assert shown.wishes[other.key].columns == {"H列": "note"}


def test_what_holds_for_the_table_can_be_put_right(step) -> None:
    shown = step(made.good(values={"area": "盖洋镇"}))
    given = shown.head.inputs["area"]
    assert given.text() == "盖洋镇"
    given.set_text("雪峰镇")
    given.left.emit()
    assert shown.wishes[made.good().key].values == {"area": "雪峰镇"}


def test_required_fields_without_a_column_are_asked_for(step) -> None:
    shown = step(made.good(values={}, rows=[]))
    assert "没有找到必填的：乡镇" in shown.head._note.text()
    assert list(shown.head.inputs) == ["area"]
    assert shown.sheets.lines.lines[0].texts[4] == "缺乡镇、1 列不认得"


def test_hidden_tables_wait_unticked(step) -> None:
    shown = step(made.good(), made.hidden(), made.refused())
    assert [line.ticked for line in shown.sheets.lines.lines] == [True, False, None]
    shown.sheets.selectRow(1)
    QTest.keyClick(shown.sheets, Qt.Key.Key_Space)
    assert shown.wishes[made.hidden().key].take is True
    assert shown.sheets.lines.lines[1].ticked is True


def test_a_table_that_is_left_out_asks_for_nothing(step) -> None:
    left_out = made.good("盖洋镇6月.xlsx", "旧表", hidden=True, taken=False, values={}, rows=[])
    shown = step(left_out, made.good("雪峰镇6月.xlsx", values={}, rows=[]))
    assert [line.texts[4] for line in shown.sheets.lines.lines] == ["—", "缺乡镇、1 列不认得"]
    assert shown.sheets.current() == 1
    shown.sheets.selectRow(0)
    QTest.keyClick(shown.sheets, Qt.Key.Key_Space)
    assert shown.sheets.lines.lines[0].texts[4] == "缺乡镇、1 列不认得"


def test_another_ledger_or_header_is_read_at_once(step, qtbot) -> None:
    shown = step(made.good())
    with qtbot.waitSignal(shown.reread) as asked:
        shown.head.kind_chosen.emit("inspection")
    assert asked.args == [made.good().key]
    assert shown.wishes[made.good().key].kind == "inspection"
    shown.head.header.setFocus()
    shown.head.header.selectAll()
    with qtbot.waitSignal(shown.reread):
        type_text(shown.head.header, "3")
        QTest.keyClick(shown.head.header, Qt.Key.Key_Return)
    assert shown.wishes[made.good().key].header_row == 3
    shown.view.setFocus()
    shown.view.setCurrentIndex(shown.view.cells.index(0, 0))
    with qtbot.waitSignal(shown.reread):
        QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert shown.wishes[made.good().key].header_row == 1


def test_a_table_of_no_ledger_can_be_told_column_by_column() -> None:
    wish = Wish(kind="hazard", header_row=1)
    sheet = by_hand(made.homeless(), wish)
    assert [column.header for column in sheet.columns] == ["姓名", "爱好"]
    assert (sheet.kind, sheet.header_row, sheet.last_header_row) == ("hazard", 1, 1)
    assert by_hand(made.good(), wish).columns == made.good().columns


def test_what_comes_from_memory_is_said_and_can_be_dropped(step, qtbot) -> None:
    memory = Notice("W_REMEMBERED", "按2024-07-01记住的对应读（盖洋镇）")
    shown = step(made.good(warnings=[memory]))
    assert "2024-07-01" in shown.head._memory.text()
    with qtbot.waitSignal(shown.forget_wanted):
        shown.head.forget.click()


def test_the_sheet_shows_letters_and_its_header_rows(step) -> None:
    shown = step(made.good())
    model = shown.view.cells
    horizontal = Qt.Orientation.Horizontal
    assert [model.headerData(n, horizontal) for n in range(3)] == ["A", "B", "C"]
    ground = Qt.ItemDataRole.BackgroundRole
    assert model.index(1, 1).data(ground).name() == "#e0ecf8"
    assert model.index(2, 1).data(ground) is None
    assert model.index(2, 7).data(ground) is not None, "the column under the cursor is pointed out"


def test_an_empty_preview_is_no_fault(step) -> None:
    shown = step()
    assert shown.current() is None
    assert not shown.usable
    shown.view.setFocus()
    shown.table.setFocus()
    QTest.keyClick(shown.table, Qt.Key.Key_Return)


def test_what_can_be_mended_is_in_front_and_a_locked_file_asks_for_nothing(step) -> None:
    shown = step(made.refused(), made.homeless(), made.good())
    assert shown.current().path.name == "通讯录.xlsx"
    shown.sheets.selectRow(0)
    assert shown.head.kind.isHidden()
    assert shown._alike.isHidden()
    shown.sheets.selectRow(2)
    assert not shown.head.kind.isHidden()


def test_inputs_for_the_table_have_room_on_small_screens_too(step) -> None:
    head = step(made.good(columns=made.columns()[:1], values={"area": "盖洋镇"}, rows=[])).head
    assert len(head.inputs) == 3
    for width, across in ((900, 3), (500, 2), (240, 1)):
        head.resize(width, 300)
        places = [head._grid.getItemPosition(head._grid.indexOf(part))[:2] for part in head.inputs.values()]
        assert places == [(n // across, 2 * (n % across) + 1) for n in range(len(places))]


def test_a_title_runs_over_the_empty_cells_beside_it(step) -> None:
    shown = step(made.good())
    assert shown.view.columnSpan(0, 0) == len(made.HEADERS)
    assert shown.view.columnSpan(1, 0) == 1
