"""A chart on the screen: every bar can be pointed at or reached by keys, and opens its records."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mingxi_desktop.charts.data import Amount, ChartData, ChartKind
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.app_setup import text_font

_LABEL, _GAP = 11, 6
_WIDEST_BAR, _HIGHEST_SLOT, _THICKEST = 26.0, 64.0, 26.0
_LAST_YEAR = "去年"
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_GO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Draws a `ChartData`.  opened: the key of the bar that was clicked or entered."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: ChartData | None = None
        self._before: Mapping[str, Amount] = {}
        self._bars: list[tuple[QRectF, int, int]] = []
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

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(_LABEL))
        self._bars = []
        if self._data is None or self._data.empty:
            said = "还没有记录，录入以后这里出图" if self._data else ""
            painter.setPen(theme.current().color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, said)
        elif self._data.kind is ChartKind.HBAR:
            self._paint_lying(painter, self._data)
        else:
            self._paint_upright(painter, self._data)
        painter.end()

    def _paint_upright(self, painter: QPainter, data: ChartData) -> None:
        metrics = QFontMetrics(painter.font())
        line = metrics.height()
        legend = len(data.series) > 1 or bool(self._before)
        top = line * (2 if legend else 1) + 2
        if legend:
            self._legend(painter, data, metrics)
        height = self.height() - top - line - 4
        highest = self._highest(data)
        slot = self.width() / len(data.categories)
        bar = min(slot * 0.8 / len(data.series), _WIDEST_BAR)
        for place, name in enumerate(data.categories):
            left = slot * place + (slot - bar * len(data.series)) / 2
            for number, row in enumerate(data.series):
                value = row.values[place]
                tall = height * float(value or 0) / highest
                box = QRectF(left + bar * number, top + height - tall, bar - 1, tall)
                self._bar(painter, box, number, place)
                if len(data.series) == 1 and value is not None:
                    where = QRectF(slot * place, box.top() - line, slot, line)
                    self._write(painter, where, Qt.AlignmentFlag.AlignCenter, _words(value))
            before = self._before.get(name)
            if before is not None:
                y = top + height - height * float(before) / highest
                wide = bar * len(data.series)
                self._mark(painter, QPointF(left - 2, y), QPointF(left + wide + 1, y))
            where = QRectF(slot * place, self.height() - line - 2, slot, line)
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(slot) + 1)
            self._write(painter, where, Qt.AlignmentFlag.AlignCenter, text, "muted")
        painter.setPen(theme.current().color("border"))
        painter.drawLine(QPointF(0, top + height), QPointF(self.width(), top + height))

    def _paint_lying(self, painter: QPainter, data: ChartData) -> None:
        metrics = QFontMetrics(painter.font())
        above = metrics.height() + _GAP if self._before else 0
        if self._before:
            self._legend(painter, data, metrics)
        slot = min((self.height() - above) / len(data.categories), _HIGHEST_SLOT)
        widest_name = max(metrics.horizontalAdvance(name) for name in data.categories) + 1
        names = min(widest_name, int(self.width() * 0.45)) + _GAP
        values = data.series[0].values
        widest = max(metrics.horizontalAdvance(_words(value)) for value in values) + _GAP * 2
        highest = self._highest(data)
        room = max(self.width() - names - widest, 20)
        thick = min(slot * 0.64, _THICKEST)
        for place, name in enumerate(data.categories):
            top = above + slot * place
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - _GAP)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._write(painter, QRectF(0, top, names - _GAP, slot), side, text)
            long = room * float(values[place] or 0) / highest
            box = QRectF(names, top + (slot - thick) / 2, max(long, 1.0), thick)
            self._bar(painter, box, 0, place)
            before = self._before.get(name)
            right = box.right()
            if before is not None:
                x = names + room * float(before) / highest
                self._mark(painter, QPointF(x, box.top() - 2), QPointF(x, box.bottom() + 2))
                right = max(right, x)
            where = QRectF(right + _GAP, top, widest, slot)
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            self._write(painter, where, side, _words(values[place]))

    def _highest(self, data: ChartData) -> float:
        """What the longest bar or mark stands for."""
        values = [value for row in data.series for value in row.values]
        values += [self._before.get(name) for name in data.categories]
        return max((float(value) for value in values if value is not None), default=1.0) or 1.0

    def _bar(self, painter: QPainter, box: QRectF, series: int, place: int) -> None:
        shown = theme.current()
        color = shown.color("accent") if series == 0 else shown.color("warning")
        painter.setPen(QPen(color, 1))
        if series == 0:
            painter.setBrush(QBrush(color))
        else:
            painter.setBrush(QBrush(color, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)
        if len(self._bars) == self._chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shown.color("text"), 2))
            painter.drawRect(box.adjusted(-2, -2, 2, 2))
        self._bars.append((box, series, place))

    def _mark(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        """Where last year's bar ended; on a ground of its own, so that it is seen on the bar too."""
        shown = theme.current()
        for color, width in ((shown.color("card"), 4.0), (shown.color("text"), 2.0)):
            pen = QPen(color, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(start, end)

    def _legend(self, painter: QPainter, data: ChartData, metrics: QFontMetrics) -> None:
        left, high = 0.0, metrics.height()
        if len(data.series) > 1:
            for number, row in enumerate(data.series):
                self._bar(painter, QRectF(left, 4, 12, 9), number, 0)
                self._bars.pop()
                left = self._named(painter, left, row.name, metrics)
        if self._before:
            self._mark(painter, QPointF(left, high / 2), QPointF(left + 12, high / 2))
            self._named(painter, left, _LAST_YEAR, metrics)

    def _named(self, painter: QPainter, left: float, name: str, metrics: QFontMetrics) -> float:
        """The name beside a sign of the legend; where the next one begins."""
        wide = metrics.horizontalAdvance(name)
        where = QRectF(left + 16, 0, wide + 4, metrics.height())
        self._write(painter, where, Qt.AlignmentFlag.AlignLeft, name, "muted")
        return left + wide + 34

    def _write(
        self, painter: QPainter, where: QRectF, side: Qt.AlignmentFlag, text: str, role: str = "text"
    ) -> None:
        painter.setPen(QColor(theme.current().color(role)))
        painter.drawText(where, int(side) | Qt.TextFlag.TextSingleLine, text)

    # pointing

    def _said(self, series: int, place: int) -> str:
        """One bar in words: 6月 排查数：45条，去年 40条."""
        assert self._data is not None
        row, name = self._data.series[series], self._data.categories[place]
        # A single row is named after the chart.
        what = f" {row.name}" if row.name != self._data.title else ""
        words = f"{name}{what}：{_words(row.values[place])}{self._data.unit}"
        before = self._before.get(name) if series == 0 else None
        return words if before is None else f"{words}，{_LAST_YEAR} {_words(before)}{self._data.unit}"

    def _at(self, point: QPointF) -> int:
        """The bar under a point; thin bars can be hit a little beside them. -1 for none."""
        for number, (box, _, _) in enumerate(self._bars):
            if box.adjusted(-2, -8, 2, 4).contains(point):
                return number
        return -1

    def _key(self, number: int) -> object | None:
        if self._data is None or not 0 <= number < len(self._bars):
            return None
        _, series, place = self._bars[number]
        return self._data.key(series, place)

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
        elif event.key() in _GO:
            key = self._key(self._chosen)
            if key is not None:
                self.opened.emit(key)
        else:
            super().keyPressEvent(event)

    def _choose(self, number: int) -> None:
        """Put the cursor on a bar and say which it is."""
        self._chosen = number
        box, series, place = self._bars[number]
        said = self._said(series, place)
        if self._data is not None:
            self.setAccessibleName(f"{self._data.title}，{said}，回车打开记录")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        QToolTip.showText(self.mapToGlobal(QPoint(round(box.center().x()), round(box.top()))), said, self)
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
                _, series, place = self._bars[number]
                QToolTip.showText(event.globalPos(), self._said(series, place), self)
                return True
        return super().event(event)


def _words(value: Decimal | int | None) -> str:
    if value is None:
        return "未报"
    text = plain(value)
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}"
