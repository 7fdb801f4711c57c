"""Shows a page of the manual in the colours of the theme; nothing is loaded from outside its folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from mingxi_desktop.ledger.manual import folder
from mingxi_desktop.ui import theme

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_HEADINGS = {1: theme.FIGURE, 2: theme.TITLE + 2}
"""Level → font size in pixels; smaller headings are as large as titles."""
_LINE, _CELL_LINE = 125.0, 105.0
"""Line heights in %, of the text and in tables."""
_PICTURE = "\ufffc"
"""What stands in the text for a picture."""
_REST = 60
"""Milliseconds."""
_INDENT = 3 * theme.GRID
_MOST_MARKED = 1_000
_CODE_FONTS = ("Consolas", "DejaVu Sans Mono", *theme.FONT_FAMILIES)


class ManualView(QTextBrowser):
    """One page; links to other pages are told, not followed."""

    page_wanted = Signal(str)
    """The name of another page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._words: tuple[str, ...] = ()
        self._found: list[QTextCursor] = []
        self._at = -1
        # Pictures are fitted anew when the window has its new width, not at every step there.
        self._drawn_for = 0
        """Width in pixels that the text was last drawn for."""
        self._again = QTimer(self, singleShot=True, interval=_REST)
        self._again.timeout.connect(self._draw_again)
        self.setAccessibleName("手册正文")
        self.setOpenLinks(False)
        self.anchorClicked.connect(lambda url: self.page_wanted.emit(url.toString()))
        self.document().setDocumentMargin(2 * theme.GAP)
        self.document().setIndentWidth(_INDENT)

    def show_text(self, text: str, words: Sequence[str] = ()) -> None:
        """Show Markdown from its beginning, or from the first place where the words stand."""
        self._text, self._words = text, tuple(words)
        self._draw()
        self.next_found()

    def mark(self, words: Sequence[str]) -> None:
        """Mark all places of these words in the page."""
        self._words = tuple(words)
        self._mark()
        self.next_found()

    @property
    def found(self) -> int:
        """How many places are marked."""
        return len(self._found)

    def next_found(self) -> bool:
        """Go to the next marked place; False after the last one, and then the first is next again."""
        self._at += 1
        if self._at >= len(self._found):
            self._at = -1
            return False
        place = QTextCursor(self._found[self._at])
        place.setPosition(place.selectionStart())
        self.setTextCursor(place)
        self.ensureCursorVisible()
        return True

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        url = QUrl(name)
        base = folder().resolve()
        path = (base / url.toString()).resolve()
        if url.scheme() or not path.is_relative_to(base) or not path.is_file():
            return None
        if path.suffix == ".png":
            return self._fitting(QImage(str(path)))
        return super().loadResource(type, QUrl.fromLocalFile(str(path)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._text or _PICTURE not in self.toPlainText():
            return
        # Drawing takes the scroll bar away for a moment and gives it back: that is no reason to draw once more.
        if event.size().width() != self._drawn_for:
            self._again.start()
        else:
            self._again.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Colours are part of the text here: another theme draws it anew.
        if event.type() == QEvent.Type.PaletteChange and self._text:
            self._draw_again()

    # inside

    def _draw_again(self) -> None:
        """Anew, where the reader is."""
        place = self.verticalScrollBar().value()
        self._draw()
        self.verticalScrollBar().setValue(place)

    def _fitting(self, image: QImage) -> QImage:
        """A picture as wide as there is room, at most its own size."""
        dots = self.devicePixelRatioF()
        room = self.viewport().width() - 6 * theme.GAP
        shown = image.scaledToWidth(
            max(1, round(min(room, image.width()) * dots)), Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(dots)
        return shown

    def _draw(self) -> None:
        self._drawn_for = self.viewport().width()
        document = self.document()
        document.setMarkdown(self._text, _FEATURES)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for block in _blocks(document):
            _dress(cursor, block)
        for table in _tables(document):
            _dress_table(table)
        cursor.endEditBlock()
        # New text pushes the cursor to its end, and a later change of size would scroll there.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark()

    def _mark(self) -> None:
        shown = theme.current()
        look = QTextCharFormat()
        look.setBackground(shown.color("warning_soft"))
        look.setForeground(shown.color("warning"))
        self._found, self._at = [], -1
        for word in self._words:
            place = self.document().find(word)
            while not place.isNull() and len(self._found) < _MOST_MARKED:
                self._found.append(place)
                place = self.document().find(word, place)
        self._found.sort(key=QTextCursor.selectionStart)
        marks = []
        for place in self._found:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = place, look
            marks.append(mark)
        self.setExtraSelections(marks)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _dress(cursor: QTextCursor, block: QTextBlock) -> None:
    """Sizes of headings, distance of lines, the look of code."""
    level = block.blockFormat().headingLevel()
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    spacing = QTextBlockFormat()
    in_table = cursor.currentTable() is not None
    pictured = _PICTURE in block.text()
    height = _CELL_LINE if in_table else 100.0 if pictured else _LINE
    spacing.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if in_table:
        spacing.setTopMargin(0)
        spacing.setBottomMargin(0)
    elif level:
        spacing.setTopMargin(3 * theme.GAP if level > 1 else 0)
        spacing.setBottomMargin(theme.HALF)
        font = cursor.charFormat().font()
        font.setPixelSize(_HEADINGS.get(level, theme.TITLE))
        heading = QTextCharFormat()
        heading.setFont(font)
        cursor.setCharFormat(heading)
    elif block.textList() is None:
        spacing.setTopMargin(theme.GAP)
    cursor.mergeBlockFormat(spacing)
    _dress_code(cursor, block)


def _dress_code(cursor: QTextCursor, block: QTextBlock) -> None:
    look = QTextCharFormat()
    look.setFontFamilies(list(_CODE_FONTS))
    look.setFontStyleHint(QFont.StyleHint.SansSerif)
    look.setForeground(theme.current().color("muted"))
    pieces = []
    piece = block.begin()
    while not piece.atEnd():
        if piece.fragment().charFormat().fontFixedPitch():
            pieces.append((piece.fragment().position(), piece.fragment().length()))
        piece += 1
    for start, length in pieces:
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _dress_table(table: QTextTable) -> None:
    shown = theme.current()
    look = table.format()
    look.setBorder(1)
    look.setBorderBrush(QBrush(QColor(shown.border)))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setCellPadding(theme.HALF + 2)
    look.setCellSpacing(0)
    look.setTopMargin(theme.GAP)
    look.setBottomMargin(theme.GAP)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 99))
    table.setFormat(look)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        head = cell.format()
        head.setBackground(shown.color("raised"))
        cell.setFormat(head)
