"""The pages of a report as they will print; every number on them can be clicked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from mingxi_desktop.report.pdf import Rendered, Spot
from mingxi_desktop.report.preview import PdfPages
from mingxi_desktop.ui import theme

_GAP = 16
_KEPT = 8
_ABOVE = 150
"""Points of text that stay in sight above a number that is revealed."""
_EDGE = 0.1
"""Part of the view at its upper and lower edge that does not count as in sight."""
_ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0)
_POINT = 96 / 72
"""Logical pixels to the pt at 100 %."""


class PageView(QScrollArea):
    """Shows a rendered report, page under page."""

    number_chosen = Signal(str)
    """The indicator of the number that was clicked."""
    page_shown = Signal(int)
    """The page now in view, from 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = _Sheet(self)
        self.setWidget(self._sheet)
        self.setFocusProxy(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName("报告页面")
        self._sheet.chosen.connect(self.number_chosen)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.page_shown.emit(self.page))

    def set_report(self, rendered: Rendered | None) -> None:
        """Show other pages, at the place where the old ones were."""
        place = self.verticalScrollBar().value()
        self._sheet.set_report(rendered)
        self.verticalScrollBar().setValue(place)
        self.page_shown.emit(self.page)

    def select(self, indicator: str) -> None:
        """Mark the numbers of an indicator."""
        self._sheet.select(indicator)

    def reveal(self, indicator: str) -> None:
        """Bring the first number of an indicator into sight."""
        spot = self._sheet.first_of(indicator)
        if spot is not None:
            self.go_to(spot.page, max(spot.y - _ABOVE, 0))

    def places_of(self, indicator: str) -> list[tuple[int, float]]:
        """Where its numbers are, in order: page from 1, and pt from its top."""
        return self._sheet.places_of(indicator)

    def go_to(self, page: int, y: float = 0.0) -> None:
        """Bring a place of a page (y in pt from its top) to the top of the view."""
        self.verticalScrollBar().setValue(int(self._sheet.top_of(page) + y * self._sheet.scale) - _GAP)

    def keep_in_sight(self, page: int, y: float) -> None:
        """Bring a place into sight, in the upper half; nothing moves where it is in sight already."""
        bar, high = self.verticalScrollBar(), self.viewport().height()
        place = self._sheet.top_of(page) + y * self._sheet.scale
        if not bar.value() + high * _EDGE <= place <= bar.value() + high * (1 - _EDGE):
            bar.setValue(int(place - high / 3))

    @property
    def place(self) -> tuple[int, float]:
        """What is in the middle of the view: page from 1, and pt from its top."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        page = self._sheet.page_at(middle)
        return page, (middle - self._sheet.top_of(page)) / self._sheet.scale

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 1."""
        return self._sheet.page_at(self.verticalScrollBar().value() + self.viewport().height() // 2)

    @property
    def zoom(self) -> float:
        """1.0 is the size on paper."""
        return self._sheet.zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the pages at another size."""
        page = self.page
        self._sheet.set_zoom(zoom)
        self.go_to(page)

    def fit_width(self) -> None:
        """Show the pages as wide as the view, but hardly larger than on paper."""
        self.set_zoom(self._sheet.fitting())

    def step_zoom(self, by: int) -> None:
        """The next larger (1) or smaller (-1) size."""
        nearest = min(range(len(_ZOOMS)), key=lambda place: abs(_ZOOMS[place] - self.zoom))
        self.set_zoom(_ZOOMS[max(0, min(len(_ZOOMS) - 1, nearest + by))])

    def close_pages(self) -> None:
        """Give the PDF back."""
        self._sheet.set_report(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


class _Sheet(QWidget):
    """The long strip of pages inside the view; draws only what is in sight."""

    chosen = Signal(str)

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._pages: PdfPages | None = None
        self._closing = ExitStack()
        self.destroyed.connect(self._closing.close)
        self._sizes: list[tuple[float, float]] = []
        self._tops = [float(_GAP)]
        """Of the pages at this zoom, and where one more would begin."""
        self._spots: dict[int, list[Spot]] = {}
        self._order: list[Spot] = []
        self._images: dict[tuple[int, float], QImage] = {}
        self._selected = ""
        self._focus = -1
        self.zoom = 0.0
        """0 until the first pages come: then they fit the width of the view."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("报告页面：左右键在数字间移动，回车看它的记录")

    @property
    def scale(self) -> float:
        """Logical pixels to the pt."""
        return (self.zoom or 1.0) * _POINT

    def set_report(self, rendered: Rendered | None) -> None:
        self._closing.close()
        self._pages = PdfPages(rendered.pdf) if rendered is not None else None
        if self._pages is not None:
            self._closing.callback(self._pages.close)
        self._sizes = (
            [self._pages.size(page) for page in range(1, len(self._pages) + 1)] if self._pages else []
        )
        self._order = list(rendered.spots) if rendered is not None else []
        self._spots = {}
        for spot in self._order:
            self._spots.setdefault(spot.page, []).append(spot)
        self._images.clear()
        self._focus = -1
        if not self.zoom and self._sizes:
            self.zoom = self.fitting()
        self._fit()

    def fitting(self) -> float:
        """The zoom at which the first page is as wide as the view; 0.0 while there is none."""
        if not self._sizes:
            return 0.0
        room = self._view.width() - 2 * self._view.frameWidth() - 2 * _GAP
        room -= self._view.verticalScrollBar().sizeHint().width()
        return max(_ZOOMS[0], min(1.25, room / (self._sizes[0][0] * _POINT)))

    def set_zoom(self, zoom: float) -> None:
        self.zoom = zoom
        self._images.clear()
        self._fit()

    def select(self, indicator: str) -> None:
        self._selected = indicator
        self.update()

    def first_of(self, indicator: str) -> Spot | None:
        return next((spot for spot in self._order if spot.indicator == indicator), None)

    def places_of(self, indicator: str) -> list[tuple[int, float]]:
        return [(spot.page, spot.y) for spot in self._order if spot.indicator == indicator]

    def top_of(self, page: int) -> float:
        return self._tops[min(page, len(self._tops)) - 1]

    def page_at(self, y: float) -> int:
        return max(min(bisect_right(self._tops, y, 1), len(self._sizes)), 1)

    def sizeHint(self) -> QSize:
        wide = max((width for width, _ in self._sizes), default=0.0) * self.scale
        return QSize(int(wide) + 2 * _GAP, int(self.top_of(len(self._sizes) + 1)))

    def _fit(self) -> None:
        steps = (height * self.scale + _GAP for _, height in self._sizes)
        self._tops = list(accumulate(steps, initial=float(_GAP)))
        self.resize(self.sizeHint())
        self.setFixedSize(self.sizeHint())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = event.rect()
        if self._sizes:
            for page in range(self.page_at(shown.top()), self.page_at(shown.bottom()) + 1):
                self._paint_page(painter, page, self._box(page))
        painter.end()

    def _box(self, page: int) -> QRectF:
        width, height = self._sizes[page - 1]
        return QRectF(
            (self.width() - width * self.scale) / 2,
            self.top_of(page),
            width * self.scale,
            height * self.scale,
        )

    def _paint_page(self, painter: QPainter, page: int, box: QRectF) -> None:
        painter.drawImage(box, self._image(page))
        painter.setPen(QPen(theme.current().color("border"), 1))
        painter.drawRect(box)
        soft, strong = QColor(31, 111, 178, 28), QColor(31, 111, 178, 90)
        for spot in self._spots.get(page, ()):
            where = self._where(spot, box)
            chosen = spot.indicator == self._selected
            painter.fillRect(where, strong if chosen else soft)
            if self.hasFocus() and 0 <= self._focus < len(self._order) and self._order[self._focus] is spot:
                painter.setPen(QPen(theme.LIGHT.color("accent"), 2))
                painter.drawRect(where)

    def _where(self, spot: Spot, box: QRectF) -> QRectF:
        return QRectF(
            box.left() + spot.x * self.scale,
            box.top() + spot.y * self.scale,
            spot.width * self.scale,
            spot.height * self.scale,
        )

    def _image(self, page: int) -> QImage:
        ratio = self.devicePixelRatioF()
        key = page, self.zoom * ratio
        if key not in self._images:
            assert self._pages is not None
            if len(self._images) >= _KEPT:
                self._images.pop(next(iter(self._images)))
            picture = self._pages.image(page, self.scale * ratio)
            image = QImage(
                picture.data, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888
            ).copy()
            self._images[key] = image
        return self._images[key]

    def _spot_at(self, point: QPointF) -> Spot | None:
        page = self.page_at(point.y() - _GAP)
        if not self._sizes:
            return None
        box = self._box(page)
        spots: Sequence[Spot] = self._spots.get(page, ())
        return next(
            (spot for spot in spots if self._where(spot, box).adjusted(-2, -2, 2, 2).contains(point)), None
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor)
        self.setToolTip("点一下看这个数由哪些记录算出" if spot else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._order.index(spot))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and self._order:
            self._focus = max(0, min(len(self._order) - 1, self._focus + step)) if self._focus >= 0 else 0
            spot = self._order[self._focus]
            where = self._where(spot, self._box(spot.page)).toRect()
            self._view.ensureVisible(where.center().x(), where.center().y(), 60, 120)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._focus < len(self._order):
            self._choose(self._focus)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        self._focus = place
        self._selected = self._order[place].indicator
        self.update()
        self.chosen.emit(self._selected)
