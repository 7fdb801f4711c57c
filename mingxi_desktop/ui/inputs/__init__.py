"""Inputs: a widget for every type of field, all used alike. They hold text; the ledger reads it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.choice import BoolInput, ChoiceInput, MultiChoiceInput
from mingxi_desktop.ui.inputs.date import DateInput, DateTimeInput
from mingxi_desktop.ui.inputs.files import FilesInput
from mingxi_desktop.ui.inputs.line import LineInput, NumberInput
from mingxi_desktop.ui.inputs.reference import MultiRefInput, RefInput
from mingxi_desktop.ui.inputs.sources import Candidates, Sources, WorkerSources
from mingxi_desktop.ui.inputs.text import MemoInput, TextInput

__all__ = [
    "BoolInput",
    "Candidates",
    "ChoiceInput",
    "DateInput",
    "DateTimeInput",
    "FilesInput",
    "Input",
    "LineInput",
    "MemoInput",
    "MultiChoiceInput",
    "MultiRefInput",
    "NumberInput",
    "RefInput",
    "Sources",
    "TextInput",
    "WorkerSources",
    "input_class",
    "make_input",
]

_CLASSES: dict[FieldType, type[Input]] = {
    FieldType.TEXT: TextInput,
    FieldType.INT: NumberInput,
    FieldType.DECIMAL: NumberInput,
    FieldType.MONEY: NumberInput,
    FieldType.DATE: DateInput,
    FieldType.DATETIME: DateTimeInput,
    FieldType.BOOL: BoolInput,
    FieldType.CHOICE: ChoiceInput,
    FieldType.MULTI: MultiChoiceInput,
    FieldType.REF: RefInput,
    FieldType.MULTI_REF: MultiRefInput,
    FieldType.FILES: FilesInput,
    FieldType.DERIVED: LineInput,
}


def input_class(field: Field) -> type[Input]:
    """The class of input that the field gets, drawn or generated."""
    return MemoInput if field.long else _CLASSES[field.type]


def make_input(
    field: Field, sources: Sources, parent: QWidget | None = None, *, compact: bool = False
) -> Input:
    """An input for the field, ready for use. compact: as the editor of a table cell."""
    made = input_class(field)(parent, compact=compact)
    made.bind(field, sources)
    return made
