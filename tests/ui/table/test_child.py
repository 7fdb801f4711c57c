"""Child tables: rows typed in place, totals under them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.fields import Finding
from mingxi_desktop.domain.kinds import kind_of
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


def test_escape_keeps_what_was_there(lines, qtbot, write) -> None:
    lines.set_rows([{"item": "棉被"}])
    index = lines.model.index(0, 0)
    lines.view.setCurrentIndex(index)
    lines.view.edit(index)
    write(editor(lines).editor, "毛毯")
    qtbot.keyClick(editor(lines).editor, Qt.Key.Key_Escape)
    assert lines.rows()[0].texts["item"] == "棉被"
    assert not lines.changed()


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
    lines.set_findings({0: [Finding("quantity", "数量要大于0")]})
    index = lines.model.index(0, 1)
    assert index.data() == "▲ 0"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "数量要大于0"
    assert index.data(Qt.ItemDataRole.EditRole) == "0"


def test_columns_are_the_childs_own_fields(lines) -> None:
    assert [field.name for field in lines.model.columns] == ["item", "quantity", "value", "approx", "note"]
    assert lines.model.headerData(2, Qt.Orientation.Horizontal) == "价值（元）"
