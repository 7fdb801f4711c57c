"""A text whose numbers, conditions and charts are chips: what is seen of them, and what the mouse does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from mingxi_desktop.ledger.reports.narrating import WordingDraft
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.app_setup import text_font
from mingxi_desktop.ui.turns import Turns
from mingxi_desktop.ui.wording import document
from mingxi_desktop.ui.wording.blocks import TEXT_SIZE, blocks, chip_at, first_line, runs
from mingxi_desktop.ui.wording.chips import ChipDrawer
from mingxi_desktop.ui.wording.faces import Faces
from mingxi_desktop.ui.wording.look import Look, Tag, paint_beside
from mingxi_desktop.ui.wording.source import Reader, Sort

_KEEP = QTextCursor.MoveMode.KeepAnchor
_MARGIN = 16
_PART = 1_000
"""Characters that are laid out in one turn."""
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.DragEnter)
"""What is about a place in the text, which has to be there for it."""


class ChipEdit(QTextEdit):
    """Shows text with chips; a click chooses one, a second one or Enter opens its menu."""

    chip_chosen = Signal(int)
    """A chip has been clicked or gone to: its position."""
    chip_menu_wanted = Signal(int, QPoint)
    """The menu of a chip: its position, and where on the screen."""
    hidden = Signal()
    """Another wording is on its way: until `loaded` nothing of the text is seen."""
    loaded = Signal()
    """A wording that was to be shown is there from its first line to its last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._written: document.Written | None = None
        self.whole = True
        """Whether the text is all there; nothing of it is seen before."""
        self.document().contentsChange.connect(self._forget)
        self.document().setDefaultFont(text_font(TEXT_SIZE))
        self.document().setDocumentMargin(_MARGIN)
        self.viewport().setMouseTracking(True)
        self.tags: Mapping[str, Tag] = {}
        """Key of a section → what is told above it."""
        self._drawer = ChipDrawer(self)
        self._drawer.serve(self.document())
        self._look = Look(self.document())
        self._measuring = self._loading = Turns(iter(()), self)

    # the text

    def load(self, draft: WordingDraft) -> None:
        """Show a wording that nobody has changed yet, once all of it is written in turns and laid out."""
        self.setUndoRedoEnabled(False)
        self._write(draft)

    def put_back(self, draft: WordingDraft) -> None:
        """Write a wording in place of the text, in turns too: one step of undo.

        Undone it goes at once: Qt's own key for it knows of no turns, and a report takes no longer than one may.
        """
        self.finish()
        self._write(draft)

    def _write(self, draft: WordingDraft) -> None:
        for turns in (self._loading, self._measuring):
            turns.stop()
        # With room for the bar from the beginning: when it comes, all lines are laid out again.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.whole = False
        self.viewport().update()
        self.hidden.emit()
        self._loading = Turns(self._writing(draft), self)

    def _writing(self, draft: WordingDraft) -> Iterator[None]:
        yield from document.writing(self.document(), draft, self.reader)
        yield
        if not self.isUndoRedoEnabled():
            self.setUndoRedoEnabled(True)
            self.document().setModified(False)
        self.setTextCursor(QTextCursor(first_line(self.document())))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.whole = True
        self.viewport().update()
        self.loaded.emit()

    def finish(self) -> None:
        """Have all of the text now: something is to be done with it."""
        if not self.whole:
            self._loading.finish()

    def undo(self) -> None:
        self.finish()
        super().undo()

    def redo(self) -> None:
        self.finish()
        super().redo()

    # what is shown

    @property
    def faces(self) -> Faces:
        """What the chips say."""
        return self._drawer.faces

    @property
    def reader(self) -> Reader:
        """What understands the lines."""
        return self.faces.reader

    def set_faces(self, faces: Faces) -> None:
        """The numbers have changed, or there are other indicators."""
        self._drawer.faces = faces
        self._measure_anew()

    def show_names(self, *, names: bool) -> None:
        """Chips show what they stand for beside the value, or the value alone."""
        self._drawer.names = names
        self._measure_anew()

    def set_tags(self, tags: Mapping[str, Tag]) -> None:
        """What is told above the sections."""
        self.tags = tags
        self.viewport().update()

    def written(self) -> document.Written:
        """The document, all of it, as it is written down: read once for each change, asked for several times."""
        self.finish()
        if self._written is None:
            self._written = document.written(self.document())
        return self._written

    def _forget(self, *_: int) -> None:
        self._written = None

    def mark(self, places: Sequence[tuple[int, int]]) -> None:
        """Underline what is wrong."""
        marks = []
        for start, end in places:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, _KEEP)
            mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
            mark.format.setUnderlineColor(theme.current().color("error"))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _measure_anew(self) -> None:
        self._drawer.forget_sizes()
        self._measuring.stop()
        self._measuring = Turns(self._measured_anew(), self)
        self.viewport().update()

    def _measured_anew(self) -> Iterator[None]:
        """All lines in parts, for whoever types meanwhile; each is laid out as it is marked."""
        for place in range(0, self.document().characterCount(), _PART):
            self.document().markContentsDirty(place, min(_PART, self.document().characterCount() - place))
            yield

    # chips

    def chips(self) -> Iterator[tuple[int, str]]:
        """Position and source of each chip, in order."""
        for block in blocks(self.document()):
            yield from (
                (block.position() + run.at, run.source) for run in runs(block) if run.sort is not Sort.TEXT
            )

    def chip(self, position: int) -> str:
        """What stands for the chip at a position; "" where there is none."""
        block = self.document().findBlock(position)
        found = chip_at(block, position - block.position())
        return found.source if found is not None else ""

    def select(self, start: int, end: int) -> None:
        """Select a part of the text and bring it into sight."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def go_to(self, position: int) -> None:
        """Put the cursor somewhere, the line at the top of the view."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - 2 * _MARGIN)

    def selected_chip(self) -> int:
        """The position of the chip that alone is selected; -1 for none."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return start if end == start + 1 and self.chip(start) else -1

    # the mouse

    def chip_rect(self, position: int) -> QRectF:
        """Where a chip is in the viewport."""
        block = self.document().findBlock(position)
        layout, at = block.layout(), position - block.position()
        line = layout.lineForTextPosition(at)
        if not line.isValid():
            return QRectF()
        left, right = _x(line.cursorToX(at)), _x(line.cursorToX(at + 1))
        # A chip that ends its line: the place behind it is on the next one.
        right = right if right > left else line.x() + line.naturalTextWidth()
        corner = self.document().documentLayout().blockBoundingRect(block).topLeft()
        box = QRectF(left, line.y(), right - left, line.height()).translated(corner)
        return box.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def chip_under(self, point: QPoint) -> int:
        """The position of the chip at a point of the viewport; -1 for none."""
        if not self.whole:
            return -1
        position = self.cursorForPosition(point).position()
        near = (position, position - 1)
        return next(
            (one for one in near if self.chip(one) and self.chip_rect(one).contains(point.toPointF())), -1
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        position = self.chip_under(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or position < 0:
            return
        if not self.textCursor().hasSelection() or self.selected_chip() == position:
            self.select(position, position + 1)
            self.chip_chosen.emit(position)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        position = self.chip_under(event.position().toPoint())
        if position >= 0:
            self.select(position, position + 1)
            self.chip_menu_wanted.emit(position, self._below(position))
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = not event.buttons() and self.chip_under(event.position().toPoint()) >= 0
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def chip_asked(self, event: QContextMenuEvent) -> bool:
        """Whether a menu is wanted for a chip; it is asked for."""
        position = self.chip_under(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            position = self.selected_chip()
        if position >= 0:
            self.select(position, position + 1)
            self.chip_menu_wanted.emit(position, self._below(position))
        return position >= 0

    def _below(self, position: int) -> QPoint:
        return self.viewport().mapToGlobal(self.chip_rect(position).bottomLeft().toPoint())

    # the rest

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _PRESSES:
            self.finish()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self.chip_under(event.pos())
            QToolTip.showText(
                event.globalPos(), self.faces.face(self.chip(position)).tip if position >= 0 else "", self
            )
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawer.width = self.viewport().width() - 2.0 * _MARGIN
        self._drawer.forget_sizes()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._drawer.drawn.clear()
        if not self.whole:
            return
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        paint_beside(self, painter, self.tags)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        self._paint_chosen(painter)
        painter.end()

    def _paint_chosen(self, painter: QPainter) -> None:
        """The selected chips once more: Qt only lays a veil over them."""
        cursor = self.textCursor()
        for position, (rect, format) in self._drawer.drawn.items():
            if cursor.selectionStart() <= position < cursor.selectionEnd():
                self._drawer.draw(painter, rect, self.document(), format, chosen=True)


def _x(found: object) -> float:
    """The place of a sign on its line; Qt gives it with the cursor's own, or alone."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
