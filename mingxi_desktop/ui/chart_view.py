"""A chart on the screen: every bar can be pointed at or reached by keys, and opens its records."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mingxi_desktop.charts.data import LAST_YEAR, Amount, ChartData, amount_text
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.app_setup import text_font
from mingxi_desktop.ui.chart_painting import Bar, ChartPainting
from mingxi_desktop.ui.shapes import thousands

_LABEL = 11
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_GO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Draws a `ChartData`.  opened: the key of the bar that was clicked or entered."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: ChartData | None = None
        self._before: Mapping[str, Amount] = {}
        self._bars: list[Bar] = []
        self._chosen = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_data(self, data: ChartData | None, before: Mapping[str, Amount] | None = None) -> None:
        """Show another chart; None shows nothing.  before: last year's values of the first row, by category."""
        same = self._data is not None and data is not None and self._data.categories == data.categories
        self._data = data
        self._before = before or {}
        self._chosen = self._chosen if same else -1
        if data is not None:
            self.setAccessibleName(data.title)
            places = range(len(data.categories))
            said = (self._said(row, place) for row in range(len(data.series)) for place in places)
            self.setAccessibleDescription("还没有记录" if data.empty else "；".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(_LABEL))
        self._bars = []
        if self._data is None or self._data.empty:
            said = "还没有记录，录入以后这里出图" if self._data else ""
            painter.setPen(theme.current().color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, said)
        else:
            chosen = self._chosen if self.hasFocus() else -1
            painting = ChartPainting(painter, QSizeF(self.size()), self._data, self._before, chosen)
            self._bars = painting.paint()
        painter.end()

    # pointing

    def _said(self, series: int, place: int) -> str:
        """One bar in words: 6月 排查数：45条，上年 40条."""
        assert self._data is not None
        data, row, name = self._data, self._data.series[series], self._data.categories[place]
        what = f" {row.name}" if len(data.series) > 1 else ""
        value = "没有数据" if row.values[place] is None else thousands(data.worded(series, place))
        words = f"{name}{what}：{value}"
        if place in row.apart:
            words += f"（{row.apart_name}）"
        before = self._before.get(name) if series == 0 else None
        return (
            words if before is None else f"{words}，{LAST_YEAR} {thousands(amount_text(before))}{data.unit}"
        )

    def _at(self, point: QPointF) -> int:
        """The bar under a point, or in whose strip it lies; -1 for none."""
        for number, bar in enumerate(self._bars):
            if bar.box.contains(point):
                return number
        return next((number for number, bar in enumerate(self._bars) if bar.strip.contains(point)), -1)

    def _key(self, number: int) -> object | None:
        if self._data is None or not 0 <= number < len(self._bars):
            return None
        bar = self._bars[number]
        return self._data.key(bar.series, bar.place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._key(self._at(event.position())) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self._key(self._at(event.position()))
        if key is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and self._bars:
            self._choose((self._chosen + step) % len(self._bars))
        elif event.key() in _ENDS and self._bars:
            self._choose(_ENDS[Qt.Key(event.key())] % len(self._bars))
        elif event.key() in _GO:
            key = self._key(self._chosen)
            if key is not None:
                self.opened.emit(key)
        else:
            super().keyPressEvent(event)

    def _choose(self, number: int) -> None:
        """Put the cursor on a bar and say which it is."""
        self._chosen = number
        bar = self._bars[number]
        said = self._said(bar.series, bar.place)
        if self._data is not None:
            self.setAccessibleName(f"{self._data.title}，{said}，回车打开记录")
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # with enumerations that take long to load

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        QToolTip.showText(
            self.mapToGlobal(QPoint(round(bar.box.center().x()), round(bar.box.top()))), said, self
        )
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A frame at once, so that it is seen where the focus is."""
        super().focusInEvent(event)
        if self._chosen < 0 and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self._chosen = 0
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._data is not None:
            number = self._at(QPointF(event.pos()))
            if number >= 0:
                bar = self._bars[number]
                QToolTip.showText(event.globalPos(), self._said(bar.series, bar.place), self)
                return True
        return super().event(event)
