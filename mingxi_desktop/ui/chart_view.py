"""A chart on the screen: every bar can be pointed at and opens its records."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mingxi_desktop.charts.data import ChartData, ChartKind
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.app_setup import text_font

_LABEL, _GAP = 11, 6


class ChartView(QWidget):
    """Draws a `ChartData`.  opened: the key of the bar that was clicked or entered."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: ChartData | None = None
        self._bars: list[tuple[QRectF, int, int]] = []
        self._chosen = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_data(self, data: ChartData | None) -> None:
        """Show another chart; None shows nothing."""
        self._data = data
        self._chosen = -1
        if data is not None:
            self.setAccessibleName(data.title)
            self.setAccessibleDescription(
                "；".join(
                    f"{name}{row.name} {_words(row.values[place])}{data.unit}"
                    for row in data.series
                    for place, name in enumerate(data.categories)
                )
            )
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
            painter.setPen(theme.current().color("muted"))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, "今年还没有记录" if self._data else ""
            )
        elif self._data.kind is ChartKind.HBAR:
            self._paint_lying(painter, self._data)
        else:
            self._paint_upright(painter, self._data)
        painter.end()

    def _paint_upright(self, painter: QPainter, data: ChartData) -> None:
        metrics = QFontMetrics(painter.font())
        line = metrics.height()
        top = line * (2 if len(data.series) > 1 else 1) + 2
        if len(data.series) > 1:
            self._legend(painter, data, metrics)
        height = self.height() - top - line - 4
        highest = (
            max((float(value) for row in data.series for value in row.values if value is not None), default=1)
            or 1
        )
        slot = self.width() / len(data.categories)
        bar = min(slot * 0.8 / len(data.series), 26.0)
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
            where = QRectF(slot * place, self.height() - line - 2, slot, line)
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(slot))
            self._write(painter, where, Qt.AlignmentFlag.AlignCenter, text, "muted")
        painter.setPen(theme.current().color("border"))
        painter.drawLine(QPointF(0, top + height), QPointF(self.width(), top + height))

    def _paint_lying(self, painter: QPainter, data: ChartData) -> None:
        metrics = QFontMetrics(painter.font())
        rows = len(data.categories)
        slot = min(self.height() / rows, 40.0)
        names = (
            min(max(metrics.horizontalAdvance(name) for name in data.categories), int(self.width() * 0.42))
            + _GAP
        )
        values = data.series[0].values
        widest = max(metrics.horizontalAdvance(_words(value)) for value in values) + _GAP * 2
        highest = max((float(value) for value in values if value is not None), default=1) or 1
        room = max(self.width() - names - widest, 20)
        for place, name in enumerate(data.categories):
            top = slot * place
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - _GAP)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._write(painter, QRectF(0, top, names - _GAP, slot), side, text)
            long = room * float(values[place] or 0) / highest
            box = QRectF(names, top + slot * 0.18, max(long, 1.0), slot * 0.64)
            self._bar(painter, box, 0, place)
            where = QRectF(box.right() + _GAP, top, widest, slot)
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            self._write(painter, where, side, _words(values[place]))

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

    def _legend(self, painter: QPainter, data: ChartData, metrics: QFontMetrics) -> None:
        left = 0.0
        for number, row in enumerate(data.series):
            self._bar(painter, QRectF(left, 4, 12, 9), number, 0)
            self._bars.pop()
            wide = metrics.horizontalAdvance(row.name)
            where = QRectF(left + 16, 0, wide + 4, metrics.height())
            self._write(painter, where, Qt.AlignmentFlag.AlignLeft, row.name, "muted")
            left += wide + 34

    def _write(
        self, painter: QPainter, where: QRectF, side: Qt.AlignmentFlag, text: str, role: str = "text"
    ) -> None:
        painter.setPen(QColor(theme.current().color(role)))
        painter.drawText(where, int(side) | Qt.TextFlag.TextSingleLine, text)

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
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key()), 0
        )
        if step and self._bars:
            self._chosen = (self._chosen + step) % len(self._bars)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            key = self._key(self._chosen)
            if key is not None:
                self.opened.emit(key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._data is not None:
            number = self._at(QPointF(event.pos()))
            if number >= 0:
                _, series, place = self._bars[number]
                row = self._data.series[series]
                said = (
                    f"{self._data.categories[place]} {row.name}：{_words(row.values[place])}{self._data.unit}"
                )
                QToolTip.showText(event.globalPos(), said, self)
                return True
        return super().event(event)


def _words(value: Decimal | int | None) -> str:
    if value is None:
        return "未报"
    text = plain(value)
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}"
