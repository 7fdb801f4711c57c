"""Chips: what stands in the text for a number, a condition or a chart, as one character that draws itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.wording.faces import Face, Faces, Known
from mingxi_desktop.ui.wording.source import Sort

OBJECT = "\ufffc"
"""The character that stands for a chip."""
_TYPES: dict[int, int] = {int(sort): QTextFormat.ObjectTypes.UserObject.value + sort for sort in Sort if sort}
_SORTS = {number: Sort(sort) for sort, number in _TYPES.items()}
_SOURCE = QTextFormat.Property.UserProperty.value + 1
_SIDE, _BETWEEN, _ROUND = 4.0, 6.0, 3.0
"""Pixels left and right of a chip's text, between name and value, and of its corners."""
_LEAST_WIDTH = 160.0
_WEIGHT, _PIXELS = QTextFormat.Property.FontWeight.value, QTextFormat.Property.FontPixelSize.value
_WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


def chip_format(sort: Sort, source: str) -> QTextCharFormat:
    """The format of the character that stands for a chip."""
    made = QTextCharFormat()
    made.setObjectType(_TYPES[sort])
    made.setProperty(_SOURCE, source)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return made


def sort_in(format: QTextFormat) -> Sort:
    """The sort of chip that a format is of."""
    return _SORTS.get(format.objectType(), Sort.TEXT)


def source_in(format: QTextFormat) -> str:
    """What is written down for the chip of that format."""
    return str(format.property(_SOURCE) or "")


class ChipDrawer(QPyTextObject):
    """Measures and draws the chips of one document.

    names: whether they show what they stand for beside the value.  width: the most that one may take, in pixels.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.faces = Faces(Known())
        self.names = False
        self.width = 420.0
        self.drawn: dict[int, tuple[QRectF, QTextFormat]] = {}
        """Position → where it was drawn and how, by whoever empties it before."""
        self._sizes: dict[tuple[str, tuple[int, int, bool]], QSizeF] = {}

    def serve(self, document: QTextDocument) -> None:
        """Draw the chips of a document."""
        for number in _TYPES.values():
            document.documentLayout().registerHandler(number, self)

    def forget_sizes(self) -> None:
        """The chips say something else, or have other room."""
        self._sizes.clear()

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        key = source_in(format), _shape(format)
        if key not in self._sizes:
            metrics = QFontMetricsF(_font(doc, key[1]))
            name, value = self._texts(sort_in(format), self.faces.face(key[0]))
            between = _BETWEEN if name and value else 0.0
            wide = metrics.horizontalAdvance(name) + between + metrics.horizontalAdvance(value) + 2 * _SIDE
            self._sizes[key] = QSizeF(min(wide, max(self.width, _LEAST_WIDTH)), metrics.height() + 2)
        return self._sizes[key]

    def _texts(self, sort: Sort, face: Face) -> tuple[str, str]:
        """What it says before its value, and the value."""
        if sort is Sort.PLACE:
            return (face.name if self.names else ""), face.value
        return face.name, ""

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        self.drawn[posInDocument] = QRectF(rect), QTextFormat(format)
        self.draw(painter, QRectF(rect), doc, format)

    def draw(
        self,
        painter: QPainter,
        rect: QRectF,
        doc: QTextDocument,
        format: QTextFormat,
        *,
        chosen: bool = False,
    ) -> None:
        """Draw a chip.  chosen: as a selected one, over the half transparent one that Qt would have."""
        sort, face = sort_in(format), self.faces.face(source_in(format))
        inside = rect.adjusted(1, 0.5, -1, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(inside, _ROUND, _ROUND)
        ground, text, edge = _colours(sort, doubtful=face.doubtful, chosen=chosen)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outline, theme.current().color(ground))
        if edge:
            painter.setPen(QPen(theme.current().color(edge), 1))
            painter.drawPath(outline)
        painter.setFont(_font(doc, _shape(format)))
        self._write(painter, inside.adjusted(_SIDE - 1, 0, 1 - _SIDE, 0), self._texts(sort, face), text)
        if format.toCharFormat().underlineStyle() == _WAVE:
            painter.setPen(QPen(theme.current().color("error"), 1.5, Qt.PenStyle.DotLine))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _write(self, painter: QPainter, room: QRectF, texts: tuple[str, str], colour: str) -> None:
        """The name, muted where a value follows, and the value; what is too long loses its end."""
        metrics = QFontMetricsF(painter.font())
        name, value = texts
        shown = theme.current()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if name:
            need = metrics.horizontalAdvance(value) + _BETWEEN if value else 0.0
            cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(room.width() - need, 40.0))
            painter.setPen(shown.color("muted" if value and colour != "on_accent" else colour))
            painter.drawText(room, left, cut)
            room = room.adjusted(metrics.horizontalAdvance(cut) + _BETWEEN, 0, 0, 0)
        if value:
            painter.setPen(shown.color(colour))
            painter.drawText(
                room, left, metrics.elidedText(value, Qt.TextElideMode.ElideRight, room.width() + 1)
            )


def _colours(sort: Sort, *, doubtful: bool, chosen: bool) -> tuple[str, str, str]:
    """Ground, text and edge ("" for none), as colours of the theme."""
    if chosen:
        return "accent", "on_accent", ""
    if sort is Sort.CONDITION:
        return "raised", "muted", "border"
    if doubtful:
        return "warning_soft", "warning", ""
    return "accent_soft", "accent_text", "accent" if sort is Sort.FIGURE else ""


def _shape(format: QTextFormat) -> tuple[int, int, bool]:
    """(weight, pixels, whether it is a condition): what the font of a chip follows from; 0 for the document's own."""
    weight, size = format.intProperty(_WEIGHT), format.intProperty(_PIXELS)
    return weight, size, sort_in(format) is Sort.CONDITION


def _font(doc: QTextDocument, shape: tuple[int, int, bool]) -> QFont:
    """Conditions are smaller than the text they govern; a heading's chips are as bold as the heading."""
    font = QFont(doc.defaultFont())
    weight, size, condition = shape
    if weight > QFont.Weight.Normal:
        font.setWeight(QFont.Weight(weight))
    if condition or size > 0:
        font.setPixelSize(theme.SMALL if condition else size)
    return font
