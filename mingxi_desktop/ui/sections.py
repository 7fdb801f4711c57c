"""Sections of a form: one under the other where it is narrow, in two columns where it is wide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mingxi_desktop.ui import theme

WIDE = 720
"""From this width on there are two columns."""


class Sections(QWidget):
    """Arranges its sections in their order: down the left column, then down the right one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: list[QWidget] = []
        self._columns = [QVBoxLayout(), QVBoxLayout()]
        self._row = QHBoxLayout()
        self._count = 0

    def hold(self, sections: Sequence[QWidget]) -> None:
        """Arrange these. They are children already, because Qt looks at the style of what moves once more.

        A drawing has brought a layout of its own, which has room for ours.
        """
        self._sections = list(sections)
        outer = self.layout() or QVBoxLayout(self)
        assert isinstance(outer, QVBoxLayout)
        _empty(outer, self._sections)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._row)
        for column in self._columns:
            column.setSpacing(theme.WIDE_GAP)
            self._row.addLayout(column, 1)
        self._count = 0  # whoever looked at it before has had it arrange nothing
        self._arrange(1)

    @property
    def columns(self) -> int:
        """How many columns there are now."""
        return self._count

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if event.size().width() >= WIDE and len(self._sections) > 1 else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._count:
            return
        self._count = columns
        left, right = self._columns
        for column in self._columns:
            _empty(column, self._sections)
        split = len(self._sections) if columns == 1 else self._half()
        for place, section in enumerate(self._sections):
            (left if place < split else right).addWidget(section)
        for column in self._columns:
            column.addStretch(1)
        self._row.setSpacing(3 * theme.GRID if columns > 1 else 0)
        self._row.setStretch(1, 1 if columns > 1 else 0)

    def _half(self) -> int:
        """Where to split so that both columns are about equally high."""
        heights = [section.sizeHint().height() for section in self._sections]
        total = sum(heights)
        splits = range(1, len(heights))
        return min(splits, key=lambda split: max(sum(heights[:split]), total - sum(heights[:split])))


def _empty(layout: QVBoxLayout, sections: Sequence[QWidget]) -> None:
    """Take sections and spaces out.

    What `takeAt` gives back lives on, and Qt tells only a widget's first item that the widget asks for another height.
    """
    for section in sections:
        layout.removeWidget(section)
    while layout.count():
        layout.takeAt(0)
