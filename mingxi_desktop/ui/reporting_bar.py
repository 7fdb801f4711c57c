"""The bar under a reporting grid: what the chosen cells are, and one click for zero reports of all of them."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ledger.duties.grids import Spot, State
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.reporting_desk import ReportingDesk
from mingxi_desktop.ui.reporting_grid import MARKS, ReportingGrid
from mingxi_desktop.ui.shapes import button, label

_HOW = "点一格，或拖动选几格（按住 Ctrl+左键一格一格地加选），再登记零报；点已报的格看记录"


class ReportingBar(QWidget):
    """Says what is chosen and acts on it."""

    def __init__(self, grid: ReportingGrid, desk: ReportingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid, self._desk = grid, desk
        self._said = label(role="muted")
        self.cancel_button = button(
            "取消零报", lambda: self._desk.cancel(self._zeros()), icon="undo", tip="取消登记过的零报"
        )
        self.zero_button = button(
            "登记零报", lambda: self._desk.register(self._open()), icon="ok", primary=True,
            tip="没有发生的，报来零报告就登记；可以撤消（Ctrl+Z）",
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(flow([self._said], [self.cancel_button, self.zero_button]))
        grid.selection_changed.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Say what is chosen now."""
        chosen = self._grid.selected()
        cells = self._grid.cells
        counts = Counter(cells.cell_at(index).state for index in chosen)
        parts = [f"{MARKS[state] or '未到期'} {counts[state]}" for state in State if counts[state]]
        several = f"选中 {len(chosen)} 格：{'　'.join(parts)}"
        text = several if len(chosen) > 1 else cells.words(chosen[0]) if chosen else _HOW
        self._said.setText(text)
        ready, zeros = len(self._open()), len(self._zeros())
        self.zero_button.setEnabled(ready > 0)
        self.zero_button.setText(f"登记 {ready} 个零报" if ready > 1 else "登记零报")
        self.cancel_button.setVisible(zeros > 0)
        self.cancel_button.setText(f"取消 {zeros} 个零报" if zeros > 1 else "取消零报")

    def _open(self) -> list[Spot]:
        """The chosen cells that have begun and of which nothing has come."""
        cells = self._grid.cells
        if cells.reporting is None:
            return []
        begun = cells.reporting.begun
        empty = (State.MISSING, State.OPEN)
        chosen = [index for index in self._grid.selected() if cells.cell_at(index).state in empty]
        return [spot for spot in map(cells.spot_at, chosen) if spot[1] < begun]

    def _zeros(self) -> list[Spot]:
        """The chosen cells whose zero report was registered."""
        cells = self._grid.cells
        return [cells.spot_at(index) for index in self._grid.selected() if cells.cell_at(index).note]
