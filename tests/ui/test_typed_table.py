"""A table that is typed into."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem

from mingxi_desktop.ui.listing import ListColumn
from mingxi_desktop.ui.typed_table import TypedTable

COLUMNS = (ListColumn("名称", 120), ListColumn("数量", 80, right=True), ListColumn("说明"))


class Doubling(TypedTable):
    """Says what was typed in the next cell, twice."""

    def typed(self, cell):
        self.cell(cell.row(), cell.column() + 1).setText(cell.text() * 2)


def filled(qtbot, sort=TypedTable):
    table = sort("清单", COLUMNS)
    qtbot.addWidget(table)
    with table.changing():
        table.setRowCount(2)
        for row in range(2):
            for column in range(3):
                table.setItem(row, column, QTableWidgetItem(""))
    return table


def test_its_columns_are_those_declared_and_the_one_without_a_width_takes_what_is_left(qtbot):
    table = filled(qtbot)
    heads = [table.horizontalHeaderItem(place) for place in range(3)]
    assert [head.text() for head in heads] == ["名称", "数量", "说明"]
    assert [bool(head.textAlignment() & Qt.AlignmentFlag.AlignRight.value) for head in heads] == [0, 1, 0]
    assert table.columnWidth(0) == 120
    assert table.horizontalHeader().sectionResizeMode(2) is QHeaderView.ResizeMode.Stretch
    assert table.accessibleName() == "清单"


def test_what_is_typed_is_completed_and_said_once(qtbot):
    table = filled(qtbot, Doubling)
    said = []
    table.edited.connect(lambda: said.append(1))
    table.cell(0, 0).setText(" 沙袋 ")
    assert (table.text(0, 0), table.text(0, 1), table.text(0, 2)) == ("沙袋", "沙袋  沙袋", "")
    assert said == [1]


def test_what_the_program_changes_is_no_typing(qtbot):
    table = filled(qtbot, Doubling)
    said = []
    table.edited.connect(lambda: said.append(1))
    with table.changing():
        table.cell(0, 0).setText("沙袋")
        table.cell(1, 0).setText("雨衣")
    assert (table.text(0, 1), table.text(1, 1)) == ("", "")
    assert said == [1]
