"""Things side by side in equal columns, as many as can be read; the rest goes into further rows of the same length."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mingxi_desktop.ui import theme


class Tiles(QWidget):
    """Arranges its tiles anew whenever its width allows for another number of columns."""

    def __init__(
        self,
        width: int,
        tiles: Sequence[QWidget] = (),
        *,
        shares: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """width: what a tile needs, in pixels.  shares: of the width by column, when all stand in one row."""
        super().__init__(parent)
        self._width = width
        self._shares = tuple(shares)
        self._tiles: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP)
        self.set_tiles(tiles)

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these in place of those before, which are done away with."""
        for old in self._tiles:
            if old not in tiles:
                self._grid.removeWidget(old)
                old.hide()
                old.deleteLater()
        self._tiles = list(tiles)
        self._columns = 0
        self._arrange()

    @property
    def columns(self) -> int:
        """How many columns there are now."""
        return self._columns

    def minimumSizeHint(self) -> QSize:
        """No wider than one tile, so that it can become narrow at all."""
        widest = max((tile.minimumSizeHint().width() for tile in self._tiles), default=0)
        return QSize(min(widest, self._width), super().minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """No: a scroll area around would give it its preferred height, and scroll where the least would do."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        count = len(self._tiles)
        if not count:
            return
        most = max(1, min(count, (self.width() + theme.GAP) // (self._width + theme.GAP)))
        rows = ceil(count / most)
        columns = ceil(count / rows)  # of seven that do not fit into one row 4 and 3, not 6 and 1
        if columns == self._columns:
            return
        self._columns = columns
        # Not by itemAt: adding a tile again deletes its item in Qt, and PySide would go on holding the wrapper,
        # which a widget that comes to lie at the same address then gets.
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        shares = self._shares if columns == len(self._shares) else (1,) * columns
        for column in range(max(count, self._grid.columnCount())):
            self._grid.setColumnStretch(column, shares[column] if column < columns else 0)
