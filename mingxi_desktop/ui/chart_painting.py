"""Draws a chart with Qt, in the colours of the theme, as large as there is room; remembers where its bars are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from mingxi_desktop.charts.data import LAST_YEAR, Amount, ChartData, ChartKind
from mingxi_desktop.charts.layout import LABEL_LINES, evenly, fill_of, legend_of
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.shapes import thousands

_GAP = 6
_WIDEST_BAR, _HIGHEST_SLOT, _THICKEST = 44.0, 64.0, 26.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.DiagCrossPattern,
)
_COLORS = ("accent", "warning")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on the screen.  box: itself.  strip: where a click means it, which a small bar needs."""

    box: QRectF
    strip: QRectF
    series: int
    place: int


class ChartPainting:
    """One drawing of a chart.  chosen: place of the bar that has the cursor among all, -1 for none."""

    def __init__(
        self, painter: QPainter, size: QSizeF, data: ChartData, before: Mapping[str, Amount], chosen: int
    ) -> None:
        self._painter = painter
        self._width, self._height = size.width(), size.height()
        self._data = data
        self._before = before
        self._chosen = chosen
        self._metrics = QFontMetrics(painter.font())
        self._line = self._metrics.height()
        self._highest = self._most()
        self.bars: list[Bar] = []

    def paint(self) -> list[Bar]:
        """Draw it; where its bars are, category by category."""
        above = self._legend()
        if self._data.kind is ChartKind.HBAR:
            self._lying(above)
        else:
            self._upright(above)
        return self.bars

    def _upright(self, above: float) -> None:
        data, count = self._data, len(self._data.series)
        slot = self._width / len(data.categories)
        names = [self._in_lines(name, slot) for name in data.categories]
        below = self._line * max(len(lines) for lines in names) + 4
        top = above + self._line + 2
        height = max(self._height - top - below, 1.0)
        bar = min(slot * 0.8 / count, _WIDEST_BAR)
        labelled = self._widest() <= (slot if count == 1 else bar + 2)
        for place, name in enumerate(data.categories):
            left = slot * place + (slot - bar * count) / 2
            for number, row in enumerate(data.series):
                tall = height * max(float(row.values[place] or 0), 0.0) / self._highest
                box = QRectF(left + bar * number, top + height - tall, max(bar - 1, 1.0), tall)
                self._bar(
                    Bar(box, QRectF(box.left(), above, box.width(), self._height - above), number, place)
                )
                if labelled:
                    wide = slot if count == 1 else bar
                    where = QRectF(
                        box.center().x() - wide / 2 - 4, box.top() - self._line, wide + 8, self._line
                    )
                    self._write(where, _CENTRE, self._text(number, place))
            before = self._before.get(name)
            if before is not None:
                y = top + height - height * float(before) / self._highest
                self._mark(QPointF(left - 2, y), QPointF(left + bar * count + 1, y))
            for number, text in enumerate(names[place]):
                where = QRectF(slot * place, top + height + 2 + self._line * number, slot, self._line)
                self._write(where, _CENTRE, text, "muted")
        self._painter.setPen(theme.current().color("border"))
        self._painter.drawLine(QPointF(0, top + height), QPointF(self._width, top + height))

    def _lying(self, above: float) -> None:
        data, row = self._data, self._data.series[0]
        slot = min((self._height - above) / len(data.categories), _HIGHEST_SLOT)
        longest = max(self._metrics.horizontalAdvance(name) for name in data.categories) + 1
        names = min(longest, int(self._width * 0.45)) + _GAP
        widest = self._widest() + _GAP * 2
        room = max(self._width - names - widest, 20)
        thick = min(slot * 0.64, _THICKEST)
        for place, name in enumerate(data.categories):
            top = above + slot * place
            text = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - _GAP)
            self._write(QRectF(0, top, names - _GAP, slot), _RIGHT, text)
            long = room * max(float(row.values[place] or 0), 0.0) / self._highest
            box = QRectF(names, top + (slot - thick) / 2, max(long, 1.0), thick)
            self._bar(Bar(box, QRectF(0, top, self._width, slot), 0, place))
            before = self._before.get(name)
            right = box.right()
            if before is not None:
                x = names + room * float(before) / self._highest
                self._mark(QPointF(x, box.top() - 2), QPointF(x, box.bottom() + 2))
                right = max(right, x)
            self._write(QRectF(right + _GAP, top, widest, slot), _LEFT, self._text(0, place))

    def _legend(self) -> float:
        """The signs and their names; how much of the height they take."""
        marks = legend_of(self._data)
        left, middle = 0.0, self._line / 2
        for mark in marks:
            self._fill(QRectF(left, middle - 4.5, 12, 9), mark.fill)
            left = self._named(left, mark.name)
        if self._before:
            self._mark(QPointF(left, middle), QPointF(left + 12, middle))
            self._named(left, LAST_YEAR)
        return self._line + _GAP if marks or self._before else 0.0

    def _named(self, left: float, name: str) -> float:
        """The name beside a sign of the legend; where the next one begins."""
        wide = self._metrics.horizontalAdvance(name)
        self._write(QRectF(left + 16, 0, wide + 4, self._line), _LEFT, name, "muted")
        return left + wide + 34

    def _bar(self, bar: Bar) -> None:
        self._fill(bar.box, fill_of(self._data, bar.series, bar.place))
        if len(self.bars) == self._chosen:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(theme.current().color("text"), 2))
            self._painter.drawRect(bar.box.adjusted(-2, -2, 2, 2))
        self.bars.append(bar)

    def _fill(self, box: QRectF, fill: int) -> None:
        """A filled box; the first is plain, the others have patterns, so that colour is not all that tells them."""
        color = theme.current().color(_COLORS[min(fill, len(_COLORS) - 1)])
        self._painter.setPen(QPen(color, 1))
        self._painter.setBrush(QBrush(color, _PATTERNS[fill % len(_PATTERNS)]))
        self._painter.drawRect(box)

    def _mark(self, start: QPointF, end: QPointF) -> None:
        """Where last year's bar ended; on a ground of its own, so that it is seen on the bar too."""
        shown = theme.current()
        for color, width in ((shown.color("card"), 4.0), (shown.color("text"), 2.0)):
            pen = QPen(color, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._painter.setPen(pen)
            self._painter.drawLine(start, end)

    def _in_lines(self, name: str, room: float) -> list[str]:
        """A name in as few lines as it needs, the last one shortened where it is still too long."""
        parts = [name]
        for lines in range(1, LABEL_LINES + 1):
            parts = evenly(name, lines)
            if all(self._metrics.horizontalAdvance(part) <= room for part in parts):
                return parts
        return [self._metrics.elidedText(part, Qt.TextElideMode.ElideRight, int(room) + 1) for part in parts]

    def _text(self, series: int, place: int) -> str:
        return thousands(self._data.series[series].text(place))

    def _widest(self) -> float:
        """Width of the longest label."""
        rows = enumerate(self._data.series)
        places = range(len(self._data.categories))
        texts = [self._text(number, place) for number, _ in rows for place in places]
        return max(self._metrics.horizontalAdvance(text) for text in texts)

    def _most(self) -> float:
        """What the longest bar or mark stands for."""
        values = [value for row in self._data.series for value in row.values]
        values += [self._before.get(name) for name in self._data.categories]
        return max((float(value) for value in values if value is not None), default=1.0) or 1.0

    def _write(self, where: QRectF, side: Qt.AlignmentFlag, text: str, role: str = "text") -> None:
        self._painter.setPen(QColor(theme.current().color(role)))
        self._painter.drawText(where, int(side) | Qt.TextFlag.TextSingleLine, text)
