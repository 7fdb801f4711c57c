"""The indicators as a table's model: what stands in a cell is put into words when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.comparing import signed
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.listing import HeadedModel
from mingxi_desktop.ui.shapes import thousands
from mingxi_desktop.ui.value_words import value_words

COLUMNS = ("指标", "本年", "上年", "增减", "记录数", "台账", "标记", "报告位置")
"""Of the year that is shown and the one before it, which the headers name as soon as it is known."""
_THIS, _LAST = 1, 2
MINE = "mine"
"""The group of own and changed indicators; others are "tab:隐患排查" and "at:一(三)"."""
SORT = Qt.ItemDataRole.UserRole
"""What a cell is sorted by: a number, or its text."""
_NUMBERS = (1, 2, 3, 4)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator.  mark: what is to be said of it, "" for nothing."""

    value: IndicatorValue
    mark: str = ""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """One for each column."""
        value, indicator = self.value, self.value.indicator
        change = "" if value.change is None else signed(value.change, indicator.unit)
        return (
            indicator.label,
            value_words(value),
            thousands(value.last_year_text),
            thousands(change),
            f"{value.records:,}",
            kind_of(indicator.kind).label,
            self.mark,
            indicator.section,
        )

    @cached_property
    def search(self) -> str:
        """What it is found by."""
        return texts.search_text((self.value.indicator.label, self.value.indicator.id))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups it belongs to."""
        indicator = self.value.indicator
        mine = MINE if self.mark else ""
        return mine, f"tab:{kind_of(indicator.kind).tab}", f"at:{part_of(indicator.section)}"

    def order(self, column: int) -> float | str:
        """What a cell is sorted by."""
        value = self.value
        number = (None, value.value, value.last_year, value.change, value.records, None, None, None)[column]
        return self.texts[column] if number is None or isinstance(number, str) else float(number)


class IndicatorModel(HeadedModel):
    """Lines of indicators."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent, _NUMBERS)
        self.lines: list[IndicatorLine] = []

    def show_values(self, values: Sequence[IndicatorValue], marks: Mapping[str, str], year: int) -> None:
        """Show these of a year; where they are the same indicators as before, whoever looks at them stays where he is.

        marks: id → what to say of it.
        """
        self.set_headers({_THIS: f"{year}年", _LAST: f"{year - 1}年"})
        lines = [IndicatorLine(value, marks.get(value.indicator.id, "")) for value in values]
        if _ids(lines) == _ids(self.lines) and lines:
            self.lines = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == _Role.DisplayRole:
            return line.texts[column]
        if role == _Role.TextAlignmentRole:
            return self.side(column)
        if role == _Role.ToolTipRole and not column:
            return line.value.problem or line.value.indicator.note
        return line.order(column) if role == SORT else None


def part_of(section: str) -> str:
    """The part of the report that a place lies in: 一(三)二是 → 一(三)."""
    head, bracket, _ = section.partition(")")
    return head + bracket


def _ids(lines: Sequence[IndicatorLine]) -> list[str]:
    return [line.value.indicator.id for line in lines]
