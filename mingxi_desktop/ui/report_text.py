"""The report as running text; every number in it is a link to what it is made of.

Texts of records are put in with formats, never as markup.  A long annex comes in slices, so that the window
goes on answering meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from mingxi_desktop.report.model import Document, Run, Style
from mingxi_desktop.report.screen import Grid, Line, to_screen
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.search_line import SearchLine

_SLICE = 0.02
"""Seconds for which text is put in before the window gets its turn."""
_ROWS = 50
"""Rows of a table that are made at once."""
_LINE, _CELL_LINE = 150.0, 115.0
"""Line heights in %, of the text and in tables."""
_SIZES = {Style.TITLE: theme.FIGURE, Style.CAPTION: theme.TEXT, Style.NOTE: theme.TEXT}
"""Font sizes in pixels where they are not that of the text."""
_HEAVY = frozenset({"hei", "title", "kai"})
_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_ABOVE = 12 * theme.GRID
"""Pixels of text that stay in sight above what is gone to."""


class ReportText(QWidget):
    """Text with numbers to click; Tab and Shift+Tab go from number to number, Enter chooses one."""

    number_chosen = Signal(str)
    """The indicator of the number that was clicked, or on which Enter was pressed."""
    filled = Signal()
    """The whole text is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("报告文字：Tab 在数字间移动，回车看它的记录")
        self.browser.setOpenLinks(False)
        self.browser.setUndoRedoEnabled(False)
        self.browser.anchorClicked.connect(self._clicked)
        self.search = SearchLine("在报告文字里查找", "查找文字，回车找下一处，Esc 关闭")
        self.search.textEdited.connect(lambda words: self.find_words(words, anew=True))
        self.search.went_on.connect(lambda: self.find_words(self.search.text()))
        self.search.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self.search)
        column.addWidget(self.browser, 1)
        self.setFocusProxy(self.browser)
        self._document: Document | None = None
        self._steps: Iterator[None] = iter(())
        self._numbers: list[tuple[str, int, int]] = []
        """Indicator, start and end of every number."""
        self._headings: list[int] = []
        self._selected = ""
        self._made = QTextDocument(self)
        self._shown: QTextDocument | None = None
        self._stale = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._fill)

    def set_document(self, document: Document | None) -> None:
        """Show another report, at the place where the old one was."""
        self._document = document
        self._stale = True
        self._draw_in_sight()

    def select(self, indicator: str) -> None:
        """Mark the numbers of an indicator; the first one comes into sight if none is."""
        self._selected = indicator
        if not self.complete:
            return  # as soon as the text is there
        spots = [(start, end) for name, start, end in self._numbers if name == indicator]
        self._mark(spots)
        if spots and not any(self._in_sight(start) for start, _ in spots):
            self._go_to(spots[0][0], _ABOVE)

    def go_to_heading(self, number: int) -> None:
        """Bring a heading to the top, numbered from 0 in the order of the printed outline."""
        self._finish()
        if 0 <= number < len(self._headings):
            self._go_to(self._headings[number], theme.GAP)

    def find_words(self, words: str, *, anew: bool = False) -> bool:
        """Select the next place where the words stand, after the last one the first; anew: from here on."""
        self._finish()
        cursor = self.browser.textCursor()
        cursor.setPosition(cursor.selectionStart() if anew else cursor.selectionEnd())
        document = self.browser.document()
        place = QTextCursor()
        if words:
            place = document.find(words, cursor)
            place = document.find(words) if place.isNull() else place
        self.browser.setTextCursor(cursor if place.isNull() else place)
        return not place.isNull()

    @property
    def complete(self) -> bool:
        """Whether the whole text is there."""
        return not self._stale and not self._timer.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.search.show()
            self.search.setFocus()
            self.search.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.search.isVisible():
            self.search.hide()
            self.browser.setFocus()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Ctrl+F belongs to the text while it has the focus, not to the window.
        early = event.type() == QEvent.Type.ShortcutOverride
        if early and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find):
            event.accept()
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_in_sight()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Colours are part of the text here: another theme draws it anew, where the reader is.
        if event.type() == QEvent.Type.PaletteChange and self._document is not None:
            self._stale = True
            self._draw_in_sight()

    # inside

    def _clicked(self, url: QUrl) -> None:
        place = url.toString()
        if place.isdecimal() and int(place) < len(self._numbers):
            indicator = self._numbers[int(place)][0]
            self.select(indicator)
            self.number_chosen.emit(indicator)

    def _draw_in_sight(self) -> None:
        """Put in the text if it is not what it should be and somebody looks."""
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        if self._made is not self._shown:
            self._made.deleteLater()
        # Nothing is laid out before the text is whole: with a table in sight each cell would cost it anew.
        self._made = QTextDocument(self)
        self._made.setUndoRedoEnabled(False)
        self._made.setDocumentMargin(2 * theme.WIDE_GAP)
        self._made.setDefaultFont(self.browser.font())
        self._numbers, self._headings = [], []
        self._steps = self._put_all(self._made)
        self._timer.start()
        self._fill()

    def _fill(self, seconds: float = _SLICE) -> None:
        """Put in text for a while; the timer goes on until all is there."""
        until = perf_counter() + seconds
        for _ in self._steps:
            if perf_counter() > until:
                return
        self._timer.stop()
        place = self.browser.verticalScrollBar().value()
        self.browser.setDocument(self._made)
        if self._shown is not None:
            self._shown.deleteLater()
        self._shown = self._made
        self.browser.verticalScrollBar().setValue(place)
        if self._selected:
            self.select(self._selected)
        self.filled.emit()

    def _finish(self) -> None:
        self._draw_in_sight()
        if self._timer.isActive():
            self._fill(float("inf"))

    def _put_all(self, document: QTextDocument) -> Iterator[None]:
        """Puts in block after block, tables row by row; may be left alone after each of them."""
        cursor = QTextCursor(document)
        fresh = True
        for block in to_screen(self._document) if self._document is not None else ():
            if not fresh:
                cursor.insertBlock()
            if isinstance(block, Grid):
                yield from self._put_grid(cursor, block)
                cursor.movePosition(QTextCursor.MoveOperation.End)
            else:
                self._put_line(cursor, block)
                yield
            # Below a table there always is a paragraph already.
            fresh = isinstance(block, Grid)

    def _put_line(self, cursor: QTextCursor, line: Line) -> None:
        cursor.setBlockFormat(_paragraph_format(line))
        if line.level:
            self._headings.append(cursor.position())
        size = theme.TITLE + 2 if line.level == 1 else theme.TITLE
        self._put_runs(cursor, line.runs, _SIZES.get(line.style, size))

    def _put_grid(self, cursor: QTextCursor, grid: Grid) -> Iterator[None]:
        cursor.setBlockFormat(QTextBlockFormat())
        rows = (grid.header, *grid.rows)
        table = cursor.insertTable(min(len(rows), _ROWS), len(grid.widths), _table_format(grid))
        for row, cells in enumerate(rows):
            if row == table.rows():
                table.appendRows(min(len(rows) - row, _ROWS))
            for column, runs in enumerate(cells):
                cell = table.cellAt(row, column)
                if not row:
                    head = cell.format()
                    head.setBackground(theme.current().color("raised"))
                    cell.setFormat(head)
                place = cell.firstCursorPosition()
                place.setBlockFormat(_cell_format(grid.aligns[column] if row else "center"))
                self._put_runs(place, runs, theme.SMALL)
            yield

    def _put_runs(self, cursor: QTextCursor, runs: Sequence[Run], size: int) -> None:
        """Texts in formats of their own; a number as a link to itself."""
        for run in runs:
            look = _text_format(run, size)
            start = cursor.position()
            if run.indicator:
                look.setAnchor(True)
                look.setAnchorHref(str(len(self._numbers)))
            cursor.insertText(run.text, look)
            if run.indicator:
                self._numbers.append((run.indicator, start, cursor.position()))

    def _mark(self, spots: Sequence[tuple[int, int]]) -> None:
        shown = theme.current()
        look = QTextCharFormat()
        look.setBackground(shown.color("accent"))
        look.setForeground(shown.color("on_accent"))
        marks = []
        for start, end in spots:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = self._cursor(start), look
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            marks.append(mark)
        self.browser.setExtraSelections(marks)

    def _cursor(self, place: int) -> QTextCursor:
        cursor = QTextCursor(self.browser.document())
        cursor.setPosition(place)
        return cursor

    def _in_sight(self, place: int) -> bool:
        return self.browser.viewport().rect().contains(self.browser.cursorRect(self._cursor(place)))

    def _go_to(self, place: int, above: int) -> None:
        bar = self.browser.verticalScrollBar()
        bar.setValue(bar.value() + self.browser.cursorRect(self._cursor(place)).top() - above)


def _text_format(run: Run, size: int) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setProperty(QTextCharFormat.Property.FontPixelSize.value, size)
    if run.role in _HEAVY:
        look.setFontWeight(QFont.Weight.DemiBold)
    if run.indicator:
        look.setForeground(theme.current().color("accent_text"))
        look.setFontUnderline(True)
        look.setToolTip("点一下看这个数由哪些记录算出")
    return look


def _paragraph_format(line: Line) -> QTextBlockFormat:
    look = QTextBlockFormat()
    look.setAlignment(_ALIGNS[line.align])
    look.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    look.setTopMargin(theme.WIDE_GAP * line.above + (theme.GAP if line.level else 0))
    look.setBottomMargin(2 * theme.GAP if line.style is Style.TITLE else theme.HALF)
    if line.indented:
        look.setTextIndent(2 * theme.TITLE)
    if line.level:
        look.setHeadingLevel(line.level)
    return look


def _cell_format(align: str) -> QTextBlockFormat:
    look = QTextBlockFormat()
    look.setAlignment(_ALIGNS[align])
    look.setLineHeight(_CELL_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return look


def _table_format(grid: Grid) -> QTextTableFormat:
    look = QTextTableFormat()
    look.setBorder(1)
    look.setBorderBrush(QBrush(theme.current().color("border")))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setCellPadding(theme.HALF)
    look.setCellSpacing(0)
    look.setTopMargin(theme.HALF)
    look.setBottomMargin(theme.GAP)
    look.setHeaderRowCount(1)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, 100 * width) for width in grid.widths]
    )
    return look
