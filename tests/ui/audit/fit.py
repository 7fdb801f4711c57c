"""Text is not cut, things do not lie on each other, and nothing lies outside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QSplitterHandle,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QToolButton,
    QWidget,
)

from tests.ui.audit.seen import called, plain, scrolled_by, text_of, widgets

_SLACK = 2
_ROWS_LOOKED_AT = 12


def cut(root: QWidget) -> Iterator[str]:
    """Texts that have less room than they take."""
    for widget in widgets(root):
        if isinstance(widget, QTableView):
            yield from _cut_in_table(widget)
        elif text_of(widget) and widget.toolTip() != text_of(widget):  # else all of it is in the tool tip
            yield from _cut_text(widget)


def _cut_text(widget: QWidget) -> Iterator[str]:
    short = 0
    if isinstance(widget, QLabel):
        short = _short_label(widget)
    elif isinstance(widget, QCheckBox | QPushButton | QToolButton):
        short = _short_button(widget)
    elif isinstance(widget, QComboBox):
        short = _width(widget, widget.currentText()) - _field(widget).width()
    elif isinstance(widget, QLineEdit) and (not widget.text() or widget.isReadOnly()):
        short = _short_line(widget)
    if short > _SLACK:
        yield f"cut by {short}: {called(widget)}"


def _short_label(label: QLabel) -> int:
    room = label.contentsRect()
    shown = label.text().replace("&", "") if label.buddy() else label.text()
    if label.wordWrap():
        need = label.fontMetrics().boundingRect(
            QRect(0, 0, room.width(), 10_000), Qt.TextFlag.TextWordWrap, shown
        )
        return max(need.height() - room.height(), need.width() - room.width())
    need = label.fontMetrics().size(0, shown)
    return max(need.width() - room.width(), need.height() - room.height() - _SLACK)


def _short_button(button: QAbstractButton) -> int:
    """By the size it wants, less what its style leaves free on both sides."""
    want = button.sizeHint()
    icon = button.iconSize().width() + 4 if not button.icon().isNull() else 0
    least = _width(button, plain(button.text())) + icon + 4
    return min(want.width(), least) - button.width()


def _short_line(line: QLineEdit) -> int:
    text = line.text() or line.placeholderText()
    icons = [button for button in line.findChildren(QToolButton) if button.isVisible()]
    taken = sum(button.width() for button in icons) + 16
    return _width(line, text) - (line.width() - taken)


def _field(combo: QComboBox) -> QRect:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, combo)


def _width(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().size(0, text).width()


def _cut_in_table(table: QTableView) -> Iterator[str]:
    """Headings, and numbers: half a number is a wrong number. Other cells show all of it in a tool tip."""
    header = table.horizontalHeader()
    model = table.model()
    if model is None:
        return
    for column in range(model.columnCount()):
        if table.isColumnHidden(column) or header.isHidden():
            continue
        text = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        tip = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        short = _section(header, column, text) - table.columnWidth(column)
        if short > _SLACK and not tip:
            yield f"heading cut by {short}: {text} of {called(table)}"
        for row in range(min(model.rowCount(), _ROWS_LOOKED_AT)):
            index = model.index(row, column)
            shown = str(index.data() or "")
            right = index.data(Qt.ItemDataRole.TextAlignmentRole)
            if right is not None and Qt.AlignmentFlag(right) & Qt.AlignmentFlag.AlignRight:
                short = _width(table, shown) + 8 - table.columnWidth(column)
                if short > _SLACK:
                    yield f"number cut by {short}: {shown} of {called(table)}"
                    break


def _section(header: QHeaderView, column: int, text: str) -> int:
    marked = header.isSortIndicatorShown() and header.sortIndicatorSection() == column
    return header.fontMetrics().size(0, text).width() + 12 + (12 if marked else 0)


def outside(root: QWidget, room: QSize) -> Iterator[str]:
    """Windows larger than the screen, and what lies beyond the edge of what holds it."""
    if root.width() > room.width() or root.height() > room.height():
        yield f"larger than the screen: {root.width()} × {root.height()} of {room.width()} × {room.height()}"
    for widget in widgets(root):
        around = widget.parentWidget()
        if widget is root or around is None or isinstance(around, QAbstractScrollArea):
            continue
        area = scrolled_by(widget)
        if area is not None and area.viewport() is around:
            yield from _unscrollable(widget, area)
        elif not around.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry()):
            yield f"outside its surroundings: {called(widget)}"


def _unscrollable(widget: QWidget, area: QAbstractScrollArea) -> Iterator[str]:
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    wide = widget.width() - area.viewport().width()
    if wide > _SLACK and area.horizontalScrollBarPolicy() == never:
        yield f"{wide} beyond what can be scrolled to: {called(widget)} in {called(area)}"


def overlapping(root: QWidget) -> Iterator[str]:
    """Siblings that lie on each other."""
    for around in widgets(root):
        if isinstance(around, QAbstractScrollArea | QSplitter | QStackedWidget | QLineEdit | QComboBox):
            continue
        parts = [part for part in widgets_in(around) if not isinstance(part, QSplitterHandle)]
        for one, other in combinations(parts, 2):
            shared = one.geometry() & other.geometry()
            if shared.width() > _SLACK and shared.height() > _SLACK:
                yield f"on each other by {shared.width()} × {shared.height()}: {called(one)} and {called(other)}"


def widgets_in(around: QWidget) -> list[QWidget]:
    """The visible children of a widget that take room in it."""
    return [
        child
        for child in around.children()
        if isinstance(child, QWidget)
        and child.isVisible()
        and not child.isWindow()
        and not child.geometry().isEmpty()
        and not child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ]
