"""In which order the keyboard goes through a form: as the eye does, down the sections."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.ui.form_builder import Built
from mingxi_desktop.ui.inputs import Input
from mingxi_desktop.ui.table.child import ChildTable

Stop = Input | ChildTable


def in_order(built: Built) -> list[Stop]:
    """The inputs and child tables of a form from top to bottom, section after section."""
    found: list[Stop] = []
    for section in built.sections:
        inside = [section, *section.findChildren(QWidget)]
        found += [
            one
            for one in inside
            if isinstance(one, Input | ChildTable)
            and (one in built.inputs.values() or one in built.children.values())
        ]
    return found


def chain(order: list[Stop]) -> None:
    """Make Tab go that way."""
    stops: list[QWidget] = []
    for one in order:
        stops += one.tab_stops() if isinstance(one, ChildTable) else [one]
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def takes_typing(one: Stop) -> bool:
    """Whether Enter stops there: not where the program fills in, nor where files are chosen with the mouse."""
    if isinstance(one, ChildTable):
        return not one.model.read_only
    return one.isEnabled() and not one.field.auto and one.field.type is not FieldType.FILES


def progress_line(kind: Kind, built: Built) -> QLabel | None:
    """A line under the heading of the section with the kind's checklist; None for a kind without one."""
    if kind.checklist is None:
        return None
    first = built.inputs[next(iter(kind.checklist.points))]
    section = next(one for one in built.sections if one.isAncestorOf(first))
    column = section.layout()
    assert isinstance(column, QVBoxLayout)
    line = QLabel(section)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setWordWrap(True)
    line.setAccessibleName(kind.checklist.name)
    column.insertWidget(1, line)
    line.hide()
    return line
