"""How titles and headings look, and what is painted beside the text: the state of sections, empty headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.app_setup import text_font
from mingxi_desktop.ui.wording.blocks import BAND, Role, key_of, role_of

_TITLE_SIZE, _HEADING_SIZE = theme.TITLE + 3, theme.TITLE
_NO_HEADING = "（本节没有标题；要标题就写在这里）"
_NO_TITLE = "（在这里写报告的标题）"
_SIDE = 6


@dataclass(frozen=True, slots=True)
class Tag:
    """What is told above a heading.  role: colour of the theme."""

    text: str
    role: str = "muted"


class Look(QSyntaxHighlighter):
    """Titles and headings large and bold: a matter of looks, which undo knows nothing of."""

    def highlightBlock(self, text: str) -> None:
        role = role_of(self.currentBlock())
        if role is Role.BODY or not text:
            return
        made = QTextCharFormat()
        font = text_font(_TITLE_SIZE if role is Role.TITLE else _HEADING_SIZE)
        font.setWeight(QFont.Weight.DemiBold)
        made.setFont(font)
        self.setFormat(0, len(text), made)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)


def paint_beside(edit: QTextEdit, painter: QPainter, tags: Mapping[str, Tag]) -> None:
    """Paint what is no text: a line above each section, its state, and what belongs into an empty heading."""
    shown = theme.current()
    preedit = edit.textCursor().block() if _composing(edit) else QTextBlock()
    for block, box in _in_sight(edit):
        role = role_of(block)
        if role is Role.BODY:
            continue
        if not block.text() and block != preedit:
            painter.setFont(text_font(theme.TEXT))
            painter.setPen(shown.color("muted"))
            # Below the band, where the heading would be written.
            place = box.adjusted(0, BAND if role is Role.HEADING else theme.GAP, 0, 0)
            side = Qt.AlignmentFlag.AlignHCenter if role is Role.TITLE else Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, side, _NO_HEADING if role is Role.HEADING else _NO_TITLE)
        if role is Role.HEADING:
            _band(painter, box, tags.get(key_of(block)), shown.color("line"))


def _band(painter: QPainter, box: QRectF, tag: Tag | None, line: QColor) -> None:
    painter.setPen(line)
    y = box.top() + BAND / 2
    right = box.right() - _SIDE
    if tag is not None and tag.text:
        painter.setFont(text_font(theme.SMALL))
        wide = painter.fontMetrics().horizontalAdvance(tag.text)
        painter.drawLine(QPointF(box.left(), y), QPointF(right - wide - theme.GAP, y))
        painter.setPen(theme.current().color(tag.role))
        where = QRectF(right - wide, box.top(), wide + 1, BAND)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tag.text)
    else:
        painter.drawLine(QPointF(box.left(), y), QPointF(right, y))


def _in_sight(edit: QTextEdit) -> Iterator[tuple[QTextBlock, QRectF]]:
    """The blocks in sight and where they are in the viewport, their band included."""
    layout, offset = edit.document().documentLayout(), edit.verticalScrollBar().value()
    block = edit.cursorForPosition(edit.viewport().rect().topLeft()).block().previous()
    if not block.isValid():
        block = edit.document().begin()
    while block.isValid():
        box = layout.blockBoundingRect(block).translated(0, -offset)
        if role_of(block) is Role.HEADING:
            box.setTop(box.top() - BAND)
        if box.top() > edit.viewport().height():
            return
        yield block, box
        block = block.next()


def _composing(edit: QTextEdit) -> bool:
    return bool(edit.textCursor().block().layout().preeditAreaText())
