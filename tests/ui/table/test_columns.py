"""The columns of a ledger's table: their widths, their heads, their menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QWidget

from mingxi_desktop.domain.fields import NUMERIC, FieldType
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.table.columns import Columns
from mingxi_desktop.ui.table.model import LedgerModel


def columns_of(kind: str, width: int, qtbot) -> Columns:
    """The columns of a ledger in a header of that width."""
    header = QHeaderView(Qt.Orientation.Horizontal)
    qtbot.addWidget(header)
    fields = [field for field in kind_of(kind).fields if field.type is not FieldType.FILES]
    header.setModel(QStandardItemModel(0, len(fields), header))
    columns = Columns(header, fields, None, kind)
    columns.restore()
    columns.fill(width)
    return columns


def test_the_number_of_a_paper_is_never_cut_off(qtbot) -> None:
    columns = columns_of("enforcement_case", 800, qtbot)
    header, shown = columns._header, {field.name: field for field in columns.shown()}
    number = header.fontMetrics().horizontalAdvance("（明）应急罚〔2024〕36号")
    widths = {name: header.sectionSize(columns._place(name)) for name in shown}
    assert widths["case_no"] > number
    assert widths["party"] < columns._declared(shown["party"])


def test_a_moment_is_never_cut_off(qtbot) -> None:
    columns = columns_of("response", 480, qtbot)
    header = columns._header
    moment = header.fontMetrics().horizontalAdvance("2024-08-21 09:00")
    shown = [field for field in columns.shown() if field.type is FieldType.DATETIME]
    assert len(shown) == 2
    assert all(header.sectionSize(columns._place(field.name)) > moment for field in shown)


def test_no_number_is_drawn_far_from_the_others(qtbot) -> None:
    columns = columns_of("accident", 1200, qtbot)
    header, shown = columns._header, columns.shown()
    assert {field.type for field in shown[-4:]} <= NUMERIC
    assert all(header.sectionSize(columns._place(field.name)) < 160 for field in shown[-4:])
    assert header.length() > 1190


def test_money_says_its_unit_over_the_column(worker) -> None:
    model = LedgerModel(kind_of("enforcement_case"), worker)
    heads = {
        field.name: model.headerData(at, Qt.Orientation.Horizontal) for at, field in enumerate(model.fields)
    }
    assert (heads["fine"], heads["cases"], heads["case_no"]) == ("罚款（元）", "件数", "案号")


def test_the_longest_menu_of_columns_fits_under_its_button(qtbot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    menu = columns_of("hazard", 900, qtbot).menu(holder)
    menu.aboutToShow.emit()
    assert len(menu.actions()) > 25
    assert menu.sizeHint().height() < 768 - 107, "one column, on the smallest usual screen"
