"""A ledger's table as a spreadsheet: cells selected, typed into, filled, emptied, copied, pasted over, added up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelection, QItemSelectionModel, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import forms
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.dialogs.change_many import ChangeManyDialog
from mingxi_desktop.ui.dialogs.paste_cells import PasteDialog
from mingxi_desktop.ui.table.block import BlockEditing
from mingxi_desktop.ui.table.model import LedgerModel
from mingxi_desktop.ui.table.view import LedgerTable
from tests.ui.small import rest, type_text

HAZARD = kind_of("hazard")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class Sheet:
    """The hazards of the small ledger in a table with its block editing; records 1 to 5, in this order."""

    def __init__(self, context, shown) -> None:
        self.worker = context.worker
        self.said: list[str] = []
        self.summed: list[str] = []
        self.model = LedgerModel(HAZARD, context.worker)
        self.table = LedgerTable(self.model, context.worker, None, context.sources)
        self.model.setParent(self.table)
        self.block = BlockEditing(self.table, context, HAZARD, self.table)
        context.said.connect(self.said.append)
        context.changed.connect(self.model.refresh)
        self.block.summed.connect(self.summed.append)
        self.model.edited.connect(
            lambda number, name, text: context.write(
                forms.change_cell, "hazard", number, name, text, 2024, owner=self.table
            )
        )
        self.model.set_query(Query("hazard", year=2024, sort=(("code", False),)))
        shown(self.table, 1100, 400)
        self.table.setFocus()
        self.rest()

    def rest(self) -> None:
        rest(self.worker)

    def index(self, row: int, name: str):
        return self.model.index(row, self.model.column_of(name))

    def go(self, row: int, name: str) -> None:
        # Not by the table itself: it would go by the keys that are held down, as the test has left them.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().setCurrentIndex(self.index(row, name), only)
        self.rest()

    def select(self, first: tuple[int, str], last: tuple[int, str], *, more: bool = False) -> None:
        if not more:
            self.go(*first)
        area = QItemSelection(self.index(*first), self.index(*last))
        self.table.selectionModel().select(area, QItemSelectionModel.SelectionFlag.Select)
        self.rest()

    def column(self, name: str) -> list[str]:
        self.rest()
        return [self.model.record(row).shown[name] for row in range(5)]

    def press(self, key: Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.table, key, modifiers)
        self.rest()

    def type(self, text: str) -> None:
        type_text(self.table, text[0])
        if text[1:]:
            type_text(QApplication.focusWidget(), text[1:])


@pytest.fixture
def sheet(context, shown) -> Sheet:
    return Sheet(context, shown)


def compose(target: QWidget, preedit: str = "", commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(target, event)


def copied(mime: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(mime)


def tabs(text: str) -> None:
    mime = QMimeData()
    mime.setText(text)
    copied(mime)


def dialog(sheet: Sheet, kind: type, monkeypatch, do) -> None:
    """What a command opens is given to `do` instead of waiting for a user."""

    def run(shown) -> int:
        shown.show()
        sheet.rest()
        do(shown)
        sheet.rest()
        return 0

    monkeypatch.setattr(kind, "exec", run)


# selection


def test_cells_are_selected_and_stand_for_their_records(sheet) -> None:
    sheet.select((1, "level"), (3, "quantity_found"))
    [block] = sheet.table.selected_cells()
    assert list(block.ids) == [2, 3, 4]
    assert [field.name for field in block.fields] == ["level", "quantity_found"]
    sheet.select((3, "area"), (4, "area"), more=True)
    assert [(list(block.ids), len(block.fields)) for block in sheet.table.selected_cells()] == [
        ([2, 3], 2),
        ([4], 3),
        ([5], 1),
    ]
    assert list(sheet.table.selected_ids()) == [2, 3, 4, 5]
    sheet.press(Key.Key_Space, SHIFT)
    shown = len(sheet.table.columns.shown())
    assert [(len(block.ids), len(block.fields)) for block in sheet.table.selected_cells()] == [(4, shown)]
    header = sheet.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(sheet.model.column_of("level")) + 9, 9)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    sheet.rest()
    assert len(sheet.table.selected_ids()) <= 1, "a click on the header sorts and selects no column"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_record_with_the_cursor_is_seen_and_stays_readable(app, sheet, look) -> None:
    style.apply(app, look)
    sheet.select((1, "area"), (2, "level"))
    picture = sheet.table.viewport().grab().toImage()

    def ground(row: int, name: str) -> str:
        cell = sheet.table.visualRect(sheet.index(row, name))
        return picture.pixelColor(cell.right() - 5, cell.top() + 5).name().upper()

    colours = theme.current()
    seen = [ground(1, "area"), ground(1, "quantity_found"), ground(2, "level"), ground(3, "level")]
    assert seen == [colours.card, colours.accent_soft, colours.accent, colours.card]
    for role in ("text", "ok", "warning", "error"):
        assert theme.contrast(getattr(colours, role), colours.accent_soft) >= 4.5
    style.apply(app, "light")


# typing


@pytest.mark.parametrize(
    ("name", "word", "stored"),
    [
        ("description", "电线老化", "电线老化"),
        ("level", "一般", "一般"),
        ("record_date", "６月１０日", "2024-06-10"),
        ("quantity_found", "１５", "15"),
        ("area", "沙溪", "沙溪乡"),
        ("in_total", "否", "否"),
    ],
)
def test_an_input_method_opens_every_kind_of_cell(sheet, name, word, stored) -> None:
    sheet.table.columns.show(name, True)
    sheet.go(0, name)
    compose(sheet.table, preedit="ci")
    assert sheet.table.hasFocus(), "another focus would break the composition off"
    compose(sheet.table, commit=word)
    assert sheet.table.isAncestorOf(QApplication.focusWidget())
    sheet.press(Key.Key_Return)
    assert sheet.column(name)[0] == stored
    assert sheet.table.current_id() == 2
    compose(sheet.table.viewport(), commit=word)
    sheet.press(Key.Key_Escape)
    sheet.press(Key.Key_Escape)
    assert sheet.table.hasFocus()


def test_a_composition_given_up_changes_nothing(sheet) -> None:
    sheet.go(0, "description")
    before = sheet.column("description")
    compose(sheet.table, preedit="ci")
    compose(sheet.table)
    sheet.press(Key.Key_Tab)
    assert sheet.table.hasFocus()
    assert sheet.column("description") == before


def test_a_letter_replaces_f2_keeps_esc_restores(sheet) -> None:
    sheet.go(1, "quantity_found")
    sheet.type("7")
    assert QApplication.focusWidget().text() == "7"
    sheet.press(Key.Key_Escape)
    assert sheet.column("quantity_found")[1] == "5"
    sheet.press(Key.Key_F2)
    type_text(QApplication.focusWidget(), "0")
    sheet.press(Key.Key_Return)
    assert sheet.column("quantity_found")[1] == "50"
    sheet.press(Key.Key_Space)
    assert sheet.table.hasFocus(), "a space would only empty the cell"
    sheet.go(1, "status")
    sheet.type("7")
    assert sheet.table.hasFocus()
    assert "由程序算出" in sheet.said[-1]


def test_tab_goes_on_and_enter_begins_the_next_row(sheet) -> None:
    sheet.go(0, "quantity_found")
    sheet.type("30")
    sheet.press(Key.Key_Tab)
    assert sheet.table.currentIndex() == sheet.index(0, "quantity_rectified")
    sheet.type("20")
    sheet.press(Key.Key_Return)
    assert sheet.table.currentIndex() == sheet.index(1, "quantity_found")
    assert (sheet.column("quantity_found")[0], sheet.column("quantity_rectified")[0]) == ("30", "20")
    sheet.go(0, "quantity_rectified")
    sheet.press(Key.Key_Tab)
    assert sheet.table.currentIndex() == sheet.index(1, "record_date"), "what is computed is passed over"
    sheet.press(Key.Key_Backtab, SHIFT)
    assert sheet.table.currentIndex() == sheet.index(0, "quantity_rectified")
    sheet.go(0, "record_date")
    QTest.keyClick(sheet.table, Key.Key_Backtab, SHIFT)
    assert sheet.table.currentIndex() == sheet.index(0, "record_date")


@pytest.mark.parametrize("sort", ["code", "description"])
def test_what_is_typed_outlives_a_list_that_comes_anew(sheet, sort) -> None:
    sheet.go(1, "description")
    sheet.type("还没写完")
    sheet.model.set_query(Query("hazard", year=2024, sort=((sort, True),)))
    sheet.rest()
    assert QApplication.focusWidget().toPlainText() == "还没写完"
    sheet.press(Key.Key_Return)
    assert sheet.model.record(sheet.model.row_of(2)).shown["description"] == "还没写完"


# changing many


def test_ctrl_d_fills_down_in_one_step(sheet, context) -> None:
    before = sheet.column("description")
    sheet.go(1, "description")
    sheet.press(Key.Key_D, CTRL)
    assert sheet.column("description")[1] == before[0]
    sheet.select((1, "record_date"), (4, "area"))
    sheet.press(Key.Key_D, CTRL)
    assert sheet.said[-1] == "已保存：向下填充 隐患 3 条"
    assert sheet.column("area")[1:] == ["雪峰镇"] * 4
    context.write(lambda ledger: ledger.undo(), owner=sheet.table)
    assert sheet.column("area")[1:] == ["雪峰镇", "盖洋镇", "沙溪乡", "瀚仙镇"]
    sheet.go(0, "area")
    sheet.press(Key.Key_D, CTRL)
    assert "第一行" in sheet.said[-1]


def test_backspace_empties_cells_and_asks_where_there_are_several(sheet, answers) -> None:
    sheet.table.columns.show("owner", True)
    sheet.go(3, "owner")
    sheet.press(Key.Key_Backspace)
    assert answers.told.pop().title == "重大隐患要写整改责任人"
    sheet.select((0, "description"), (1, "description"))
    sheet.press(Key.Key_Backspace)
    assert answers.asked == ["清空 2 条隐患的 2 格？"]
    assert answers.told.pop().title == "隐患描述必须填写，不能清空"
    sheet.select((0, "status"), (1, "status"))
    sheet.press(Key.Key_Backspace)
    assert "不能清空" in sheet.said[-1]


def test_one_field_of_many_records(sheet, monkeypatch) -> None:
    sheet.select((0, "quantity_rectified"), (3, "quantity_rectified"))

    def change(shown: ChangeManyDialog) -> None:
        assert (shown.go.isEnabled(), shown.field.name) == (False, "quantity_rectified")
        assert shown.now.text().startswith("0（2 条）、")
        type_text(shown.input.editor, "5")
        assert shown.go.text() == "修改 4 条"
        shown.go.click()
        sheet.rest()
        assert shown.go.text() == "只改能改的 3 条"
        assert [line.key for line in shown.refused.lines.lines] == [4]
        assert "不能大于发现数" in shown.refused.why.text()
        assert sheet.column("quantity_rectified")[:4] == ["12", "3", "0", "0"], "nothing is stored yet"
        shown.go.click()

    dialog(sheet, ChangeManyDialog, monkeypatch, change)
    sheet.block.change_many()
    assert sheet.column("quantity_rectified")[:4] == ["5", "5", "5", "0"]
    assert sheet.said[-1].startswith("已保存：批量修改已整改数 隐患 3 条")


def test_picking_from_a_list_changes_many(sheet, monkeypatch) -> None:
    sheet.select((0, "area"), (1, "area"))

    def change(shown: ChangeManyDialog) -> None:
        type_text(shown.input.editor, "沙溪")
        shown.input.finish()
        shown.go.click()

    dialog(sheet, ChangeManyDialog, monkeypatch, change)
    sheet.block.change_many()
    assert sheet.column("area")[:2] == ["沙溪乡", "沙溪乡"]


# the clipboard


def test_a_block_is_copied_as_text_and_as_a_table(sheet) -> None:
    sheet.select((0, "level"), (1, "quantity_found"))
    sheet.press(Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().replace("\r\n", "\n") == "一般\t12\n一般\t5\n"
    assert "<table" in mime.html()
    assert mime.html().count("<td") == 4
    assert "mso-number-format" in mime.html()
    assert sheet.said[-1] == "已复制 2 行 × 2 列"
    sheet.go(0, "area")
    sheet.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "盖洋镇"
    sheet.table.copy_rows()
    assert QGuiApplication.clipboard().text().count("\t") == len(sheet.table.columns.shown()) - 1


def test_a_block_is_pasted_over_cells_after_a_look_at_it(sheet, monkeypatch, context) -> None:
    sheet.go(0, "quantity_found")
    tabs("13\t12\r\n很多\t3\r\n8\t9\r\n")

    def paste(shown: PasteDialog) -> None:
        assert shown.said.text() == "将改 1 格（1 条记录），▲ 2 格不能改，3 格本来就一样"
        first = shown.table.lines.lines[0].texts
        assert (first[1], first[2], first[3]) == ("发现数", "5", "很多")
        assert shown.go.text() == "只改能改的 1 格"
        shown.go.click()

    dialog(sheet, PasteDialog, monkeypatch, paste)
    sheet.press(Key.Key_V, CTRL | SHIFT)
    assert sheet.column("quantity_found")[:3] == ["13", "5", "8"]
    assert "粘贴 隐患" in sheet.said[-1]
    sheet.select((0, "level"), (2, "level"))
    sheet.press(Key.Key_C, CTRL)
    sheet.go(3, "status")
    sheet.block.paste_cells()
    sheet.rest()
    assert "由程序算出" in sheet.said[-1]


def test_one_text_fills_the_selection(sheet, monkeypatch) -> None:
    sheet.select((0, "description"), (2, "description"))
    tabs("同一个问题")

    def paste(shown: PasteDialog) -> None:
        assert shown.go.text() == "改 3 格"
        shown.go.click()

    dialog(sheet, PasteDialog, monkeypatch, paste)
    sheet.block.paste_cells()
    sheet.rest()
    assert sheet.column("description")[:3] == ["同一个问题"] * 3


# sums and the menu


def test_selected_numbers_are_added_up(sheet) -> None:
    sheet.select((0, "quantity_found"), (3, "quantity_found"))
    assert sheet.summed[-1] == "计数 4　合计 26 条　平均 6.5"
    sheet.table.selectAll()
    sheet.rest()
    assert sheet.summed[-1] == "发现数合计 46 条　已整改数合计 35 条"
    sheet.go(0, "quantity_found")
    assert sheet.summed[-1] == ""


def test_the_menu_names_the_commands_with_their_keys(sheet) -> None:
    sheet.select((0, "level"), (1, "level"))
    seen: list[list[str]] = []
    sheet.table.menu_wanted.connect(
        lambda menu: seen.append([action.text().partition("\t")[0] for action in menu.actions()])
    )
    sheet.table.customContextMenuRequested.emit(QPoint(20, 20))
    for menu in sheet.table.findChildren(QMenu):
        menu.close()
    assert seen[0][:5] == ["修改", "批量修改…", "向下填充", "清空单元格", "粘贴到所选单元格…"]
    keys = {action.text(): action.shortcut() for action in sheet.table.actions()}
    assert keys["向下填充"] == QKeySequence("Ctrl+D")
    sheet.model.editable = False
    sheet.block.fill_down()
    assert sheet.said[-1] == "这里的记录不能改"
