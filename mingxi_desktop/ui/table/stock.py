"""The table of the stock sheet: numbers are doors to their movements, the floor is typed in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from mingxi_desktop.ledger.stock_paper import row_texts
from mingxi_desktop.ledger.stock_sheet import State, StockRow
from mingxi_desktop.ledger.supplies import Leg
from mingxi_desktop.ui.listing import Line, ListColumn, Listing, ListModel

_COLUMNS = (
    ListColumn("物资", 100),
    ListColumn("单位", 44),
    ListColumn("类别", 80, optional=True),
    *(ListColumn(leg, 56, right=True, optional=leg is Leg.COUNTED) for leg in Leg),
    ListColumn("下限", 56, right=True),
    ListColumn("状态"),
    ListColumn("估值（元）", 104, right=True, optional=True),
)
_LEGS = dict(enumerate(Leg, 3))
_FLOOR = 3 + len(Leg)
_STATE = _FLOOR + 1
_ROLES = {State.NEGATIVE: "error", State.SHORT: "warning", State.ENOUGH: "ok"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TIPS = {
    Leg.OPENING: "上年年底的库存。单击看明细，双击或按 Enter 到物资收发里查看",
    Leg.INCOMING: "本年购入和接收调入",
    Leg.OUTGOING: "本年调拨、移交队伍和报废；乡镇发放不动县里的库存",
    Leg.COUNTED: "本年盘点调整",
    Leg.LEFT: "期初＋入库－出库＋盘点",
}


class StockModel(ListModel):
    """The lines of the sheet; only the floor can be edited."""

    floor_typed = Signal(str, str)
    """Supply and text."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == _FLOOR else found

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.EditRole and index.column() == _FLOOR:
            return self.lines[index.row()].texts[_FLOOR].replace(",", "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(index.column())
        return super().data(index, role)

    def setData(
        self,
        index: QModelIndex | QPersistentModelIndex,
        value: Any,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != _FLOOR:
            return super().setData(index, value, role)
        line = self.lines[index.row()]
        if str(value).strip() != line.texts[_FLOOR].replace(",", ""):
            self.floor_typed.emit(line.key, str(value))
        return True


class StockTable(Listing):
    """The sheet. A click on a number shows what is behind it, a double click or Enter goes there."""

    leg_chosen = Signal(str, object)
    """A number was clicked: supply and `Leg`."""
    door_opened = Signal(str, object)
    """A number was opened: supply and `Leg`."""
    supply_chosen = Signal(str)
    """The cursor is on another supply."""
    floor_typed = Signal(str, str)
    """A floor was typed: supply and text; nothing is stored yet."""

    def __init__(self) -> None:
        super().__init__("库存", _COLUMNS)
        self._rows: list[StockRow] = []
        model = StockModel(_COLUMNS, self)
        self.lines = model
        self.setModel(model)
        model.floor_typed.connect(self.floor_typed)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.current_changed.emit(self.current()))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setMouseTracking(True)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._go)
        self.current_changed.connect(lambda key: self.supply_chosen.emit(key) if key else None)

    def headers(self) -> list[str]:
        """The names of the columns."""
        return [column.header for column in _COLUMNS]

    def set_rows(self, rows: Sequence[StockRow]) -> None:
        """Show other rows; the cursor stays on its supply and its column."""
        column = max(self.currentIndex().column(), 0)
        self._rows = list(rows)
        self.set_lines([_line(row) for row in rows])
        if rows:
            self.setCurrentIndex(self.lines.index(self.currentIndex().row(), column))

    def current_row(self) -> StockRow | None:
        """The supply that has the cursor; None in an empty table."""
        place = self.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        door = self._door(self.indexAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if door else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and not event.modifiers():
            if self.state() == QAbstractItemView.State.EditingState:
                pass  # the key that ends the typing comes here too
            elif index.column() == _FLOOR:
                self.edit(index)
            else:
                self._go(index)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _door(self, index: QModelIndex) -> Leg | None:
        """The number at a place, where there is anything behind it."""
        leg = _LEGS.get(index.column())
        there = leg is not None and self._rows[index.row()].moved and bool(index.data())
        return leg if there else None

    def _clicked(self, index: QModelIndex) -> None:
        leg = self._door(index)
        if leg is not None:
            self.leg_chosen.emit(self._rows[index.row()].entry.ref, leg)

    def _go(self, index: QModelIndex) -> None:
        leg = self._door(index)
        if leg is not None:
            self.door_opened.emit(self._rows[index.row()].entry.ref, leg)


def _line(row: StockRow) -> Line:
    roles = dict.fromkeys(_LEGS, "accent_text") if row.moved else {}
    if row.state in _ROLES:
        roles[_STATE] = _ROLES[row.state]
    if row.state is State.NEGATIVE:
        roles[_STATE - 2] = "error"
    if not row.moved:
        roles |= dict.fromkeys((0, 1, 2, _STATE - 2), "muted")
        if row.state is State.UNWATCHED:
            roles[_STATE] = "muted"
    return Line(row_texts(row), row.entry.ref, roles)


def _tip(column: int) -> str | None:
    if column in _LEGS:
        return _TIPS[_LEGS[column]]
    if column == _FLOOR:
        return "双击或按 F2 修改；低于它时提醒，不提醒就清空"
    return "现存 × 有价值的入库的平均价" if column == len(_COLUMNS) - 1 else None
