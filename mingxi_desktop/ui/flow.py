"""A row of buttons that breaks into several lines where the window is narrow or the scale large."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from mingxi_desktop.ui import theme


class FlowLayout(QLayout):
    """Widgets from left to right; those added at the right stand at the right edge while one line is enough."""

    def __init__(self, spacing: int = theme.GAP) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._right = 0
        self._sizes: list[tuple[QLayoutItem, QSize]] | None = None
        self._heights: dict[int, int] = {}
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def add_right(self, widget: QWidget) -> None:
        """Add a widget that belongs to the right edge."""
        self.addWidget(widget)
        self._right += 1

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Something in the row has changed: measure it anew. Qt asks for sizes far more often than they change."""
        self._sizes = None
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        shown = self._shown()
        wide = sum(size.width() for _, size in shown) + self.spacing() * max(len(shown) - 1, 0)
        margins = self.contentsMargins()
        high = max((size.height() for _, size in shown), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        size = QSize()
        for item, _ in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """What is not hidden, and how large it wants to be."""
        if self._sizes is None:
            self._sizes = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._sizes

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Put the widgets into lines; returns the height that takes."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        fits = self.sizeHint().width() <= rect.width()
        lines = [self._shown()] if fits else self._lines(area.width())
        y = area.top()
        for line in lines:
            high = max((size.height() for _, size in line), default=0)
            if place:
                self._place(line, area, y, high, rect.width() - self.sizeHint().width() if fits else 0)
            y += high + theme.HALF
        return y - theme.HALF - rect.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item, size in self._shown():
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines

    def _place(
        self, line: list[tuple[QLayoutItem, QSize]], area: QRect, y: int, high: int, spare: int
    ) -> None:
        """One line: centred vertically; what belongs to the right edge goes there when there is room."""
        right = {id(item) for item in self._items[len(self._items) - self._right :]} if self._right else set()
        x, pushed = area.left(), False
        for item, size in line:
            if spare and not pushed and id(item) in right:
                x, pushed = x + spare, True
            fitted = QSize(min(size.width(), area.width()), size.height())
            item.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), fitted))
            x += size.width() + self.spacing()


def flow(left: list[QWidget], right: list[QWidget], spacing: int = theme.GAP) -> FlowLayout:
    """A flowing row: widgets at the left, widgets at the right edge."""
    made = FlowLayout(spacing)
    for widget in left:
        made.addWidget(widget)
    for widget in right:
        made.add_right(widget)
    return made
