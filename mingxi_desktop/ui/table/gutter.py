"""The narrow strip at the left of a table: a mark beside each record that a check has something to say of."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from mingxi_desktop.ui import icons, theme
from mingxi_desktop.ui.checking.look import LOOKS, SMALL, worst
from mingxi_desktop.ui.table.model import MARK, LedgerModel

_WIDTH = SMALL + theme.GAP


class Gutter(QHeaderView):
    """Hidden while no record of the ledger is marked; the sentences are in the tool tips."""

    def __init__(self, model: LedgerModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setAccessibleName("疑点")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.ROW_HEIGHT)
        self.setDefaultSectionSize(theme.ROW_HEIGHT)
        self.setFixedWidth(_WIDTH)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self._changed()
        model.headerDataChanged.connect(lambda *_: self._changed())

    def sizeHint(self) -> QSize:
        """Known without a look at any row."""
        return QSize(_WIDTH, 0)

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        """The icon of the worst there is to say of a record."""
        colours = theme.current()
        painter.fillRect(rect, colours.color("card"))
        painter.setPen(colours.color("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        said = self._model.headerData(row, Qt.Orientation.Vertical, MARK)
        if said:
            name, role = LOOKS[worst(said)]
            place = QRect(0, 0, SMALL, SMALL)
            place.moveCenter(rect.center())
            painter.drawPixmap(place.topLeft(), icons.pixmap(name, role, SMALL, self.devicePixelRatioF()))

    def _changed(self) -> None:
        self.setVisible(self._model.marked)
        self.viewport().update()
