"""The rows of a child table as texts, before they are saved with their parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain import parse, show
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Finding, Kind
from mingxi_desktop.ui import theme, veil

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ELSEWHERE = ("source_ref", "evidence", "reporter", "granularity")
"""Own fields of a child that its import fills; they have no column here."""

FAULTS = ("error", "entry")
"""Severities of what keeps a record from being stored."""


class RowTexts(NamedTuple):
    """One row: its texts by field, and the id of its record (None for a new one)."""

    texts: dict[str, str]
    id: int | None


def child_columns(kind: Kind) -> tuple[Field, ...]:
    """The fields that a child table shows in its parent's form."""
    return tuple(
        field
        for field in kind.fields
        if field.editable and field.name != kind.parent and field.name not in _ELSEWHERE
    )


class ChildModel(QAbstractTableModel):
    """Texts of the rows. Empty new rows count as not there."""

    def __init__(self, columns: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[RowTexts] = []
        self._shown: list[RowTexts] = []
        self._findings: dict[tuple[int, str], Finding] = {}
        self.read_only = False

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        field = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            mark = " *" if field.required else ""
            return (f"{field.label}（{field.unit}）" if field.unit else field.label) + mark
        if role == Qt.ItemDataRole.TextAlignmentRole and field.type in NUMERIC:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return field.help or None if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        field = self.columns[index.column()]
        finding = self._findings.get((index.row(), field.name))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            text = self._rows[index.row()].texts.get(field.name, "")
            if field.personal and role == Qt.ItemDataRole.DisplayRole:
                text = veil.over(text)
            loud = role == Qt.ItemDataRole.DisplayRole and finding is not None
            return f"▲ {text}" if loud else text
        if role == Qt.ItemDataRole.ToolTipRole:
            return finding.message if finding else self.data(index) or None
        if role == Qt.ItemDataRole.ForegroundRole and finding is not None:
            return theme.current().color("warning" if finding.severity == "warning" else "error")
        if role == Qt.ItemDataRole.TextAlignmentRole and field.type in NUMERIC:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field = self.columns[index.column()]
        texts = self._rows[index.row()].texts
        if role != Qt.ItemDataRole.EditRole or texts.get(field.name, "") == value:
            return False
        texts[field.name] = str(value)
        self._findings.pop((index.row(), field.name), None)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain if self.read_only else plain | Qt.ItemFlag.ItemIsEditable

    def set_rows(self, rows: Sequence[RowTexts]) -> None:
        """Show these rows as the stored ones."""
        self.beginResetModel()
        self._rows = [RowTexts(dict(row.texts), row.id) for row in rows]
        self._shown = [RowTexts(dict(row.texts), row.id) for row in rows]
        self._findings = {}
        self.endResetModel()

    def rows(self) -> list[RowTexts]:
        """All rows but new ones in which nothing has been typed."""
        return [RowTexts(dict(row.texts), row.id) for row in self._rows if not self._untouched(row)]

    def changed(self) -> bool:
        """Whether the rows differ from those that were set."""
        return self.rows() != self._shown

    def add(self, texts: Mapping[str, str]) -> int:
        """Append a row; returns its place."""
        place = len(self._rows)
        self.beginInsertRows(_NONE, place, place)
        self._rows.append(RowTexts(dict(texts), None))
        self.endInsertRows()
        return place

    def put(self, first: int, lines: Sequence[Mapping[str, str]]) -> None:
        """Write the texts of several lines into the rows from `first` on, adding those that are not there."""
        for place, line in enumerate(lines, first):
            if place == len(self._rows):
                self.add({**default_texts(self.columns), **line})
            else:
                self._rows[place].texts.update(line)
                for name in line:
                    self._findings.pop((place, name), None)
        last = self.index(first + len(lines) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(first, 0), last)

    def texts(self, place: int) -> Mapping[str, str]:
        """The texts of a row by field name.  place: from 0."""
        return self._rows[place].texts

    def untouched(self, place: int) -> bool:
        """Whether a row is new and nothing has been typed into it."""
        return self._untouched(self._rows[place])

    def says_something(self, field: Field) -> bool:
        """Whether any row has something of its own in the column, or something wrong there."""
        usual = ("", default_texts(self.columns).get(field.name, ""))
        return any(row.texts.get(field.name, "") not in usual for row in self._rows) or any(
            name == field.name for _, name in self._findings
        )

    def first_finding(self, at: _Index) -> tuple[str, str]:
        """(sentence, severity) of what is wrong with that cell, or with the first wrong one; ("", "info")."""
        here = (at.row(), self.columns[at.column()].name) if at.isValid() else (-1, "")
        place = here if here in self._findings else min(self._findings, default=None)
        if place is None:
            return "", "info"
        label = next((field.label for field in self.columns if field.name == place[1]), "")
        finding = self._findings[place]
        return f"第 {place[0] + 1} 行{label}：{finding.message}", finding.severity

    def first_fault(self) -> QModelIndex:
        """The first cell that keeps the record from being stored; an invalid index if none does."""
        names = [field.name for field in self.columns]
        places = [
            (row, names.index(name) if name in names else 0)
            for (row, name), finding in self._findings.items()
            if finding.severity in FAULTS
        ]
        return self.index(*min(places)) if places else QModelIndex()

    def remove(self, place: int) -> None:
        """Take a row off."""
        self.beginRemoveRows(_NONE, place, place)
        del self._rows[place]
        self._findings = {}
        self.endRemoveRows()

    def set_findings(self, findings: Mapping[int, Sequence[Finding]]) -> None:
        """What is wrong, by place of the row among `rows()`.

        Rows may have gone since they were looked at; then they are looked at again in a moment.
        """
        kept = [place for place, row in enumerate(self._rows) if not self._untouched(row)]
        self._findings = {
            (kept[place], finding.field): finding
            for place, found in findings.items()
            if place < len(kept)
            for finding in found
        }
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DisplayRole])

    def total(self, field: Field) -> Decimal:
        """The sum of what can be read in a column."""
        return sum((_number(field, row.texts.get(field.name, "")) for row in self._rows), Decimal())

    def _untouched(self, row: RowTexts) -> bool:
        defaults = default_texts(self.columns)
        return row.id is None and all(
            text in ("", defaults.get(name, "")) for name, text in row.texts.items()
        )


def default_texts(columns: Sequence[Field]) -> dict[str, str]:
    """The texts of a new row by field name."""
    return {field.name: show.show(field, field.default, str) for field in columns}


def _number(field: Field, text: str) -> Decimal:
    """What a cell adds to the total: nothing while it cannot be read."""
    try:
        if field.type is FieldType.MONEY:
            return Decimal(parse.parse_money(text).value or 0) / 100
        return parse.parse_decimal(text).value or Decimal()
    except ValueError:
        return Decimal()


def in_words(number: Decimal) -> str:
    """A sum with thousands separators."""
    whole, _, rest = show.plain(number).partition(".")
    return f"{int(whole):,}{'.' + rest if rest else ''}"
