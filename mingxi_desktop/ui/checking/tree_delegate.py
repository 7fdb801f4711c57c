"""How a row of the list of findings is drawn: a heading, or icon and word beside two lines of the sentence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ui import icons, theme, veil
from mingxi_desktop.ui.checking.look import LOOKS, SMALL

_Index = QModelIndex | QPersistentModelIndex
_LINES = 2
_PAD = theme.HALF
FINDING = int(Qt.ItemDataRole.UserRole) + 1
"""As a role: the `Concern` of a row; None for a heading."""
_WORD = 4 * theme.SMALL + theme.GAP
"""Pixels for the longest word of a severity, 疑似重复."""


class FindingDelegate(QStyledItemDelegate):
    """Draws headings in bold and findings in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        if not index.parent().isValid():
            return QSize(_WORD, theme.ROW_HEIGHT)
        return QSize(_WORD, _LINES * option.fontMetrics.lineSpacing() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        concern = index.data(FINDING)
        painter.save()
        ground, ink = self._colours(option)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        painter.setPen(ink)
        if isinstance(concern, Concern):
            self._finding(painter, option, concern, ink, chosen=ground is not None)
        else:
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            room = option.rect.adjusted(_PAD, 0, -_PAD, 0)
            text = painter.fontMetrics().elidedText(
                str(index.data()), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.current().color("accent_text" if ground is None else "text"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _colours(self, option: QStyleOptionViewItem) -> tuple[QColor | None, QColor]:
        """Ground (None for the list's own) and ink of a row."""
        colours = theme.current()
        if not option.state & QStyle.StateFlag.State_Selected:
            return None, colours.color("text")
        return colours.color("accent_soft"), colours.color("text")

    def _finding(
        self, painter: QPainter, option: QStyleOptionViewItem, concern: Concern, ink: QColor, *, chosen: bool
    ) -> None:
        room: QRect = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        name, role = LOOKS[concern.severity]
        # On the chosen row's ground only some colours can be read; the icon's shape tells the rest.
        painter.drawPixmap(
            room.topLeft(), icons.pixmap(name, role, SMALL, painter.device().devicePixelRatioF())
        )
        painter.setPen(theme.current().color("text" if chosen else role))
        small = QFont(option.font)
        small.setPixelSize(theme.SMALL)
        painter.setFont(small)
        below = QRect(room.left(), room.top() + room.height() // 2, _WORD, room.height() // 2)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, concern.severity.label
        )
        painter.setPen(ink)
        _draw_lines(painter, option.font, room.adjusted(_WORD, 0, 0, 0), veil.over(concern.message))


def _draw_lines(painter: QPainter, font: QFont, room: QRect, text: str) -> None:
    """The text in as many lines as there are, the last one with an ellipsis if there is more."""
    painter.setFont(font)
    metrics = painter.fontMetrics()
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    start, top = 0, room.top()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        last = number == _LINES - 1
        piece = text[start:] if last else text[start : start + line.textLength()]
        shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, room.width()) if last else piece
        painter.drawText(
            QRect(room.left(), top, room.width(), metrics.lineSpacing()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            shown,
        )
        start += line.textLength()
        top += metrics.lineSpacing()
    layout.endLayout()
