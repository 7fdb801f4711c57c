"""Rows that seem to be there already: what differs, and what is to become of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from mingxi_desktop.ledger.intake.result import Choice, Doubt, Doubtful, Preview, SheetPreview
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.importing.digest import DOUBTS, in_window, rows_text
from mingxi_desktop.ui.importing.split import stacked
from mingxi_desktop.ui.listing import HeadedModel, Line, ListColumn, Listing, set_up
from mingxi_desktop.ui.shapes import button, label

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_HEADERS = ("行", "情况", "说明", "处理")
_WIDTHS = (72, 76, 0, 108)
_WORDS = {Choice.SKIP: "不导入", Choice.REPLACE: "替换台账中的", Choice.ADD: "另加一条"}
_FIELDS = (ListColumn("字段", 120), ListColumn("台账中", 240), ListColumn("表里"))
_SAME = {
    Doubt.SAME: "每一项都与台账中的记录相同。",
    Doubt.FILE: "与前面的行说的是同一件事；后一行默认不导入。",
    Doubt.CHANGED: "",
    Doubt.PARTS: "台账中已有它的一部分，再导入会重复计算；确实要记请选“另加一条”或“替换台账中的”。",
    Doubt.TWICE: "核对时发现可能重复计数，您选了不导入；确实要记请选“另加一条”。",
}
_PLACE = re.compile(r"^第\d+行[：，]?")
_EMPTY, _LEAST = "（空）", 92
CHOSEN, ALIKE_HERE, ALIKE_EVERYWHERE = range(3)


class DoubtsModel(HeadedModel):
    """The rows in doubt of one table: those with other content first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HEADERS, parent)
        self.items: list[Doubtful] = []

    def show(self, items: Sequence[Doubtful]) -> None:
        """Show the rows in doubt of a table."""
        self.beginResetModel()
        self.items = sorted(items, key=lambda item: item.doubt is not Doubt.CHANGED)
        self.endResetModel()

    def tell(self) -> None:
        """The choices are others now."""
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(_HEADERS) - 1))

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        item = self.items[index.row()]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            texts = (rows_text(item.rows), DOUBTS[item.doubt], said(item), _WORDS[item.choice])
            return texts[index.column()]
        if role == _Role.ForegroundRole:
            if index.column() == 1 and item.doubt is Doubt.CHANGED:
                return theme.current().color("warning")
            if index.column() == 3:
                return theme.current().color("muted" if item.choice is Choice.SKIP else "accent_text")
        return None


def said(item: Doubtful) -> str:
    """What there is to say of a row in doubt, without its place."""
    text = in_window(_PLACE.sub("", item.message, count=1))
    return f"{text}；另加一条时，{item.assumed}，请核对" if item.assumed else text


class DoubtsPart(QWidget):
    """The rows in doubt, under them the fields that differ, and the buttons that decide."""

    decided = Signal()
    """Other choices were made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = Preview()
        self.items = DoubtsModel(self)
        both = stacked(0.6, self)
        self.table = QTableView(both)
        self.table.setModel(self.items)
        set_up(self.table)
        self.table.setAccessibleName("已有或重复的行")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        for place, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(place, width)
            else:
                self.table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.fields = Listing("不同的字段", _FIELDS, parent=both)
        self.scope = CalmCombo("对哪些行")
        for text in ("选中的行", "这张表里同类的", "所有表里同类的"):
            self.scope.addItem(text)
        self._full = label(role="muted")
        self._full.setWordWrap(True)
        self._full.setAccessibleName("说明全文")
        name = label("对(&O)")
        name.setBuddy(self.scope)
        self.buttons = {
            Choice.SKIP: button("不导入(&X)", partial(self.decide, Choice.SKIP)),
            Choice.REPLACE: button(
                "替换台账中的(&J)",
                partial(self.decide, Choice.REPLACE),
                tip="台账中的记录改成表里的内容，可以撤销",
            ),
            Choice.ADD: button(
                "另加一条(&L)", partial(self.decide, Choice.ADD), tip="台账中的不动，再存一条新的"
            ),
        }
        self.table.setMinimumHeight(_LEAST)
        self.fields.setMinimumHeight(_LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(both, 1)
        column.addWidget(self._full)
        column.addLayout(flow([name, self.scope, *self.buttons.values()], []))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_fields())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._mark())

    def show_sheet(self, found: Preview, sheet: SheetPreview | None) -> None:
        """Show the rows in doubt of a table of the preview."""
        self._found = found
        self.items.show(sheet.doubtful if sheet is not None else ())
        if self.items.items:
            self.table.selectRow(0)
        self._show_fields()
        self._mark()

    def decide(self, choice: Choice) -> None:
        """What becomes of the rows that the scope names."""
        current = self._current()
        if current is None:
            return
        scope = self.scope.currentIndex()
        if scope == ALIKE_EVERYWHERE:
            self._found.choose((current.doubt,), choice)
        else:
            for item in self._meant(current, everything=scope == ALIKE_HERE):
                if choice is not Choice.REPLACE or item.record:
                    item.choice = choice
        self.items.tell()
        self.decided.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._make_room()

    # inside

    def _make_room(self) -> None:
        """All lines of a long explanation and of the buttons have room; the page around scrolls where it is low.

        Out of sight it asks for none: its width is not known yet, and the page would scroll for nothing.
        """
        column = self.layout()
        if column is not None:
            shown = self.isVisible()
            self.setMinimumHeight(column.totalMinimumHeightForWidth(self.width()) if shown else 0)

    def _current(self) -> Doubtful | None:
        place = self.table.currentIndex().row()
        return self.items.items[place] if 0 <= place < len(self.items.items) else None

    def _meant(self, current: Doubtful, *, everything: bool) -> list[Doubtful]:
        if everything:
            return [item for item in self.items.items if item.doubt is current.doubt]
        return [self.items.items[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _show_fields(self) -> None:
        item = self._current()
        shown = item.differences if item is not None else ()
        self._full.setText(said(item) if item is not None else "")
        self._make_room()
        self.fields.set_empty_text(_SAME[item.doubt] if item is not None else "没有已有或重复的行。")
        self.fields.set_lines(
            [
                Line((part.label, part.old or "（空）", part.new or "（空）"), part.field, {2: "accent_text"})
                for part in shown
            ],
            keep=False,
        )
        self._mark()

    def _mark(self) -> None:
        item = self._current()
        for choice, made in self.buttons.items():
            can = item is not None and (choice is Choice.SKIP or item.incoming is not None)
            made.setEnabled(can and (choice is not Choice.REPLACE or bool(item and item.record)))
        self.scope.setEnabled(item is not None)
