"""The widgets of a record form: from its drawing where there is one, else from the declaration."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.kinds import children_of
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.inputs import Input, Sources, input_class
from mingxi_desktop.ui.table.child import ChildTable
from mingxi_desktop.ui.turns import Making

_FORMS = "mingxi_desktop.ui.forms"
_SOURCE = ("reporter", "granularity", "approx", "source_ref", "evidence", "note")
"""These come last in every form, under a heading of their own."""
_FILLED_IN = "空着自动填写"


@dataclass(frozen=True)
class Built:
    """What a form consists of: its sections in order, its inputs by field, its child tables by kind."""

    sections: list[QWidget]
    inputs: dict[str, Input]
    children: dict[str, ChildTable]
    labels: dict[str, QLabel]


def form_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields a person fills in; a child's pointer to its parent is not among them."""
    return tuple(field for field in kind.fields if field.editable and field.name != kind.parent)


def has_drawing(kind: Kind) -> bool:
    """Whether a drawn form of the kind has been compiled."""
    return importlib.util.find_spec(f"{_FORMS}.ui_{kind.name}") is not None


def build(kind: Kind, sources: Sources, parent: QWidget, *, drawn: bool = True) -> Making[Built]:
    """The widgets of a kind's form, inside `parent` and bound to its fields. drawn: use the drawing if there is one."""
    made = yield from (_from_drawing if drawn and has_drawing(kind) else _generated)(kind, parent)
    for field in form_fields(kind):
        made.inputs[field.name].bind(field, sources)
        if filled_in(kind, field):
            made.inputs[field.name].say_when_empty(_FILLED_IN)
        _dress_label(made.labels[field.name], field)
        yield
    for child in children_of(kind.name):
        made.children[child.name].bind(child, sources)
        yield
    _align(made.labels.values())
    yield
    for section in made.sections:
        section.sizeHint()  # a part of the form's own, which is asked for in one turn
        yield
    return made


def filled_in(kind: Kind, field: Field) -> bool:
    """Whether the program writes the field of a new record where it is left empty: a number, a name, a day."""
    return field.auto and (field.required or field.name == kind.code_field)


def label_text(field: Field) -> str:
    """The label as the form shows it; a star says that the field must be filled."""
    mark = " *" if field.required and not field.auto else ""
    return field.label.replace("&", "&&") + mark


def _from_drawing(kind: Kind, parent: QWidget) -> Making[Built]:
    """Set up the drawn form and find its parts by their names."""
    module = importlib.import_module(f"{_FORMS}.ui_{kind.name}")
    yield
    yield from module.Ui_Form().setupUi(parent)
    inputs = {found.objectName(): found for found in parent.findChildren(Input)}
    labels = {
        buddy.objectName(): label
        for label in parent.findChildren(QLabel)
        if (buddy := label.buddy()) is not None
    }
    children = {found.objectName(): found for found in parent.findChildren(ChildTable)}
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    sections = parent.findChildren(QWidget, QRegularExpression("^section"), direct)
    return Built(sections, inputs, children, labels)


def _generated(kind: Kind, parent: QWidget) -> Making[Built]:
    fields = form_fields(kind)
    own = [field for field in fields if field.name not in _SOURCE]
    source = [field for field in fields if field.name in _SOURCE]
    made = Built([], {}, {}, {})
    for heading, part in ((kind.label, own), ("来源与说明", source)):
        if part:
            made.sections.append((yield from _section(heading, part, made, parent)))
    for child in children_of(kind.name):
        table = ChildTable(parent)
        table.setObjectName(child.name)
        made.children[child.name] = table
        made.sections.insert(1, table)
        yield
    return made


def _section(heading: str, fields: Sequence[Field], made: Built, parent: QWidget) -> Making[QWidget]:
    section = QWidget(parent)
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP)
    title = QLabel(heading, section)
    title.setTextFormat(Qt.TextFormat.PlainText)
    style.set_state(title, "role", "section")
    column.addWidget(title)
    rows = QFormLayout()
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setHorizontalSpacing(theme.GAP)
    rows.setVerticalSpacing(theme.HALF + 2)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    column.addLayout(rows)
    for field in fields:
        made.inputs[field.name] = input_class(field)(section)
        label = QLabel(section)
        label.setBuddy(made.inputs[field.name])
        made.labels[field.name] = label
        rows.addRow(label, made.inputs[field.name])
        yield
    return section


def _dress_label(label: QLabel, field: Field) -> None:
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(label_text(field))
    label.setToolTip(field.help)
    label.setFixedHeight(theme.INPUT_HEIGHT)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _align(labels: Iterable[QLabel]) -> None:
    """One width for the label columns of all sections; labels inside a row keep their own."""
    first = [label for label in labels if label.property("inline") is not True]
    if first:
        width = max(label.sizeHint().width() for label in first)
        for label in first:
            label.setFixedWidth(width)


def is_attachment(field: Field) -> bool:
    """Whether the field's files are stored apart from the record's texts."""
    return field.type is FieldType.FILES
