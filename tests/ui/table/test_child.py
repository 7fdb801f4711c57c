"""Child tables: rows typed in place, totals under them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.fields import Finding
from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ui.inputs import Input, Sources
from mingxi_desktop.ui.table.child import ChildTable


@pytest.fixture
def lines(app, qtbot):
    table = ChildTable()
    table.bind(kind_of("supply_line"), Sources(table))
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.activateWindow()
    with qtbot.waitActive(table):
        pass
    yield table
    table.close()


def editor(table: ChildTable) -> Input:
    found = [one for one in table.view.viewport().findChildren(Input) if one.isVisible()]
    return found[-1]


def test_rows_come_back_with_their_ids(lines) -> None:
    stored = Record("supply_line", 7, "u", {}, {"item": "棉被", "quantity": "800", "value": "76,000"})
    lines.set_rows([stored, {"item": "折叠床", "quantity": "1.2万"}])
    assert not lines.changed()
    assert [(row.id, row.texts["item"]) for row in lines.rows()] == [(7, "棉被"), (None, "折叠床")]
    assert "数量合计 12,800" in lines._totals.text()
    assert "价值合计 76,000元" in lines._totals.text()


def test_typing_with_the_keyboard_alone(lines, qtbot, write) -> None:
    lines.add_row()
    for typed in ("棉被", "8００", "7.6万"):
        QApplication.processEvents()
        write(editor(lines).editor, typed)
        qtbot.keyClick(editor(lines).editor, Qt.Key.Key_Tab)
    rows = lines.rows()
    assert [rows[0].texts[name] for name in ("item", "quantity", "value")] == ["棉被", "800", "76,000"]
    assert rows[0].id is None
    assert rows[0].texts["approx"] == "准确"
    assert lines.changed()


def test_enter_goes_on_cell_by_cell_and_row_by_row(lines, qtbot, write) -> None:
    heard: list[str] = []
    lines.entered.connect(lambda: heard.append("left"))
    lines.enter()
    for typed in ("棉被", "800", "", "毛毯", "5", "7.6万", ""):
        write(QApplication.focusWidget(), typed)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [(row.texts["item"], row.texts["quantity"]) for row in lines.rows()] == [
        ("棉被", "800"),
        ("毛毯", "5"),
    ]
    assert lines.model.rowCount() == 2
    assert heard == ["left"]


def test_a_column_that_does_not_matter_is_passed(app, qtbot, write) -> None:
    steps = ChildTable()
    steps.bind(kind_of("hazard_step"), Sources(steps))
    qtbot.addWidget(steps)
    steps.show()
    steps.activateWindow()
    with qtbot.waitActive(steps):
        pass
    steps.enter()
    for typed in ("6-20", "复查合格", "李四", ""):
        write(QApplication.focusWidget(), typed)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [row.texts["person"] for row in steps.rows()] == ["李四"]
    assert steps.rows()[0].texts["new_due"] == ""
    steps.close()


def test_tab_leaves_after_the_last_cell(lines, qtbot, write) -> None:
    lines.resize(340, 300)
    lines.set_rows([{"item": "棉被"}])
    lines.enter()
    for _ in lines.view.shown_columns():
        assert lines.view.isAncestorOf(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is lines._add
    qtbot.keyClick(lines._add, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is lines.view
    qtbot.keyClick(lines.view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is lines._add, "not typing, Tab goes past the rows"


def test_keys_of_the_rows(lines, qtbot, write) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    lines.set_rows([{"item": "棉被", "quantity": "8"}, {"item": "毛毯", "quantity": "5"}])
    lines.enter()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Insert)
    write(QApplication.focusWidget(), "帐篷")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, control)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert lines.rows()[2].texts["quantity"] == "5"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    lines.view.setCurrentIndex(lines.model.index(1, 1))
    qtbot.keyClick(lines.view, Qt.Key.Key_D, control)
    assert lines.rows()[1].texts["quantity"] == "8"
    qtbot.keyClick(lines.view, Qt.Key.Key_Delete)
    assert lines.rows()[1].texts["quantity"] == ""
    qtbot.keyClick(lines.view, Qt.Key.Key_Delete, control)
    assert [row.texts["item"] for row in lines.rows()] == ["棉被", "帐篷"]
    assert lines.view.currentIndex().row() == 1


def test_a_block_from_excel_adds_rows(lines, qtbot) -> None:
    lines.set_rows([{"item": "棉被", "quantity": "8"}])
    QApplication.clipboard().setText('毛毯\t１０\t1.2万\r\n"棉\n大衣"\t很多\t\r\n')
    lines.view.setFocus()
    lines.add_row()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    texts = [tuple(row.texts[name] for name in ("item", "quantity", "value")) for row in lines.rows()]
    assert texts == [("棉被", "8", ""), ("毛毯", "10", "12,000"), ("棉\n大衣", "很多", "")]
    assert lines.rows()[1].texts["approx"] == "准确"
    lines.paste("备注\t金额（万元）\t品名\n急\t0.5\t帐篷")
    row = lines.rows()[-1].texts
    assert (row["item"], row["value"], row["note"]) == ("帐篷", "5,000", "急")
    lines.view.setCurrentIndex(lines.model.index(0, 5))
    lines.paste("甲\t乙\t丙")
    assert "多出的 2 列" in lines._note.text()
    assert lines.rows()[0].texts["note"] == "甲"


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind.parent], ids=lambda kind: kind.name)
def test_the_columns_that_count_are_seen_in_a_narrow_panel(app, qtbot, kind) -> None:
    table = ChildTable()
    table.bind(kind, Sources(table))
    qtbot.addWidget(table)
    table.resize(344, 300)
    table.show()
    header = table.view.horizontalHeader()
    shown = table.view.shown_columns()
    assert {field.name for field in table.model.columns if field.column or field.required} <= {
        table.model.columns[place].name for place in shown
    }
    assert sum(header.sectionSize(place) for place in shown) <= table.view.viewport().width()
    for place in shown:
        text = table.model.headerData(place, Qt.Orientation.Horizontal)
        assert header.fontMetrics().horizontalAdvance(text) < header.sectionSize(place), text
    hidden = [place for place in range(table.model.columnCount()) if place not in shown]
    if hidden:
        table.set_rows([{table.model.columns[hidden[-1]].name: "约"}])
        assert hidden[-1] in table.view.shown_columns(), "what is filled is never hidden"
        table.set_rows([])
        qtbot.mouseClick(table._more, Qt.MouseButton.LeftButton)
        assert len(table.view.shown_columns()) == table.model.columnCount()
    table.close()


def test_a_step_of_a_response_says_when_and_by_which_paper_in_a_narrow_panel(app, qtbot) -> None:
    table = ChildTable()
    table.bind(kind_of("response_step"), Sources(table))
    qtbot.addWidget(table)
    table.resize(353, 300)
    table.set_rows(
        [{"action": "启动", "level": "Ⅳ", "at": "2024-08-21 09:00", "doc_no": "明汛电〔2024〕11号"}]
    )
    table.show()
    view, metrics = table.view, table.view.fontMetrics()
    texts = {field.name: str(view.model().index(0, n).data()) for n, field in enumerate(table.model.columns)}
    rooms = {field.name: view.columnWidth(n) - 14 for n, field in enumerate(table.model.columns)}
    for name in ("action", "level", "at"):
        assert metrics.horizontalAdvance(texts[name]) < rooms[name], name
    assert metrics.elidedText(texts["doc_no"], view.textElideMode(), rooms["doc_no"]).endswith("11号")
    tip = view.model().index(0, list(texts).index("doc_no")).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == texts["doc_no"]
    table.close()


def test_escape_keeps_what_was_there(lines, qtbot, write) -> None:
    lines.set_rows([{"item": "棉被"}])
    index = lines.model.index(0, 0)
    lines.view.setCurrentIndex(index)
    lines.view.edit(index)
    write(editor(lines).editor, "毛毯")
    qtbot.keyClick(editor(lines).editor, Qt.Key.Key_Escape)
    assert lines.rows()[0].texts["item"] == "棉被"
    assert not lines.changed()


def test_other_rows_close_the_cell_that_is_typed_into(lines, write) -> None:
    lines.enter()
    write(QApplication.focusWidget(), "毛毯")
    lines.set_rows([{"item": "棉被"}])
    assert [row.texts["item"] for row in lines.rows()] == ["棉被"]


def test_an_untouched_new_row_does_not_count(lines) -> None:
    lines.add_row()
    assert lines.rows() == []
    assert not lines.changed()


def test_taking_a_row_off(lines, qtbot) -> None:
    lines.set_rows([{"item": "棉被"}, {"item": "折叠床"}])
    lines.view.setCurrentIndex(lines.model.index(0, 0))
    with qtbot.waitSignal(lines.edited):
        qtbot.mouseClick(lines._remove, Qt.MouseButton.LeftButton)
    assert [row.texts["item"] for row in lines.rows()] == ["折叠床"]
    assert lines.changed()


def test_findings_are_marked_with_a_sign_and_a_tool_tip(lines) -> None:
    lines.set_rows([{"item": "棉被", "quantity": "0"}])
    heard: list[bool] = []
    lines.edited.connect(lambda: heard.append(True))
    lines.set_findings({0: [Finding("quantity", "数量要大于0")]})
    index = lines.model.index(0, 1)
    assert index.data() == "▲ 0"
    assert "第 1 行数量：数量要大于0" in lines._message.text()
    assert not lines.changed()
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "数量要大于0"
    assert index.data(Qt.ItemDataRole.EditRole) == "0"
    assert not heard, "marking is no change"


def test_columns_are_the_childs_own_fields(lines) -> None:
    assert [field.name for field in lines.model.columns] == [
        "item",
        "quantity",
        "value",
        "balance",
        "approx",
        "note",
    ]
    assert lines.model.headerData(2, Qt.Orientation.Horizontal) == "价值（元）"
