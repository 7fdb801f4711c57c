"""The text of a report as one document that is typed into like a word processor's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from mingxi_desktop.ui.wording import clipping
from mingxi_desktop.ui.wording.blocks import (
    Role,
    body_format,
    chip_at,
    is_figure,
    put_chip,
    role_of,
)
from mingxi_desktop.ui.wording.chip_edit import ChipEdit
from mingxi_desktop.ui.wording.completer import BraceCompleter
from mingxi_desktop.ui.wording.faces import Faces
from mingxi_desktop.ui.wording.joining import divide, join_before, one_step, remove_selected, tidy
from mingxi_desktop.ui.wording.ranking import Candidate, candidates, fitting
from mingxi_desktop.ui.wording.source import Sort

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEEP = QTextCursor.MoveMode.KeepAnchor
_ERASING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_KILL_LINE = QKeySequence.StandardKey.DeleteEndOfLine


class WordingEdit(ChipEdit):
    """Title, headings and lines; numbers, conditions and charts are chips."""

    find_wanted = Signal()
    inserted = Signal(str)
    """A chip was put in by typing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("报告文字")
        self.recent: Sequence[str] = ()
        """What was put in last, offered first."""
        self._offered: tuple[Candidate, ...] | None = None
        self.completer = BraceCompleter(self, self._fitting)
        self.completer.taken.connect(self._complete)

    def set_faces(self, faces: Faces) -> None:
        super().set_faces(faces)
        self._offered = None

    def candidates(self) -> tuple[Candidate, ...]:
        """All that can be put in."""
        if self._offered is None:
            self._offered = candidates(self.faces)
        return self._offered

    def insert(self, source: str, after: str = "") -> None:
        """Put a chip in at the cursor: a condition before its line, a chart or table on a line of its own.

        after: text that is written behind it.
        """
        cursor = self.textCursor()
        sort = self.reader.sort_of(source)
        with one_step(cursor):
            if cursor.hasSelection():
                remove_selected(cursor)
            if sort is Sort.FIGURE:
                self._new_line(cursor)
            elif sort is Sort.CONDITION:
                self._to_line_start(cursor)
            elif is_figure(cursor.block()):
                divide(cursor, same_paragraph=False)
            put_chip(cursor, sort, source)
            cursor.insertText(after, QTextCharFormat())
        self.setTextCursor(cursor)
        self._mend()
        self.ensureCursorVisible()

    def replace(self, position: int, source: str) -> None:
        """Put another chip in the place of one."""
        cursor = QTextCursor(self.document())
        with one_step(cursor):
            cursor.setPosition(position)
            cursor.setPosition(position + 1, _KEEP)
            cursor.removeSelectedText()
            if source:
                put_chip(cursor, self.reader.sort_of(source), source)
        if source:
            self.select(position, position + 1)

    def _new_line(self, cursor: QTextCursor) -> None:
        """An empty line of a section below the one with the cursor, or that one when it is empty."""
        if role_of(cursor.block()) is Role.TITLE:
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        if role_of(cursor.block()) is not Role.BODY or cursor.block().text():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock(body_format(1), QTextCharFormat())

    def _to_line_start(self, cursor: QTextCursor) -> None:
        """The beginning of a line that can have a condition: any that had one loses it."""
        if role_of(cursor.block()) is not Role.BODY or is_figure(cursor.block()):
            self._new_line(cursor)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        first = chip_at(cursor.block(), 0)
        if first is not None and first.sort is Sort.CONDITION:
            cursor.deleteChar()

    def _complete(self, source: str) -> None:
        self.insert(source)
        self.inserted.emit(source)

    def _fitting(self, query: str) -> list[Candidate]:
        return fitting(self.candidates(), query, self.recent)

    # typing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.finish()
        if self.completer.key(event):
            return
        if event.matches(QKeySequence.StandardKey.Find):
            self.find_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
        elif event.key() in _ENTER:
            self._enter(event)
        elif (event.key() in _ERASING and not _cuts(event)) or event.matches(_KILL_LINE):
            self._erase(event)
        else:
            self._type(event)
            return
        if self.completer.popup.isVisible():
            self.completer.look()

    def _type(self, event: QKeyEvent) -> None:
        """Any other key: a letter, or a step of the cursor."""
        writes = bool(event.text()) and event.text().isprintable()
        if writes and self._in_the_way():
            # Undone with what was in the way; else Qt puts all letters of a stretch into one step.
            with one_step(self.textCursor()):
                self._make_room()
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)
        if writes:
            self._mend()
            self.completer.look()
        elif self.completer.popup.isVisible():
            self.completer.look()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.finish()
        if (event.preeditString() or event.commitString()) and self._in_the_way():
            self._make_room()
        super().inputMethodEvent(event)
        if event.preeditString():
            self.completer.hide()
        elif event.commitString():
            self._mend()
            self.completer.look()

    def _enter(self, event: QKeyEvent) -> None:
        position = self.selected_chip()
        if position >= 0:
            self.chip_menu_wanted.emit(position, self._below(position))
            return
        cursor = self.textCursor()
        if cursor.hasSelection():
            remove_selected(cursor)
        divide(cursor, same_paragraph=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self.setTextCursor(cursor)
        self._mend()
        self.ensureCursorVisible()

    def _erase(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        back = event.key() == Qt.Key.Key_Backspace
        if cursor.hasSelection():
            remove_selected(cursor)
            self.setTextCursor(cursor)
        elif back and cursor.atBlockStart():
            join_before(cursor)
        elif not back and cursor.atBlockEnd():
            after = QTextCursor(cursor.block().next())
            if cursor.block().next().isValid():
                join_before(after)
        else:
            super().keyPressEvent(event)
        self._mend()

    def _in_the_way(self) -> bool:
        """Whether something has to go, or to step aside, before anything is written."""
        cursor = self.textCursor()
        return self._several_lines() or (is_figure(cursor.block()) and not cursor.hasSelection())

    def _make_room(self) -> None:
        """Before something is written: what is selected over several lines goes, and charts keep their line."""
        cursor = self.textCursor()
        if self._several_lines():
            remove_selected(cursor)
            self.setTextCursor(cursor)
        elif is_figure(cursor.block()) and not cursor.hasSelection():
            divide(cursor, same_paragraph=False)
            self.setTextCursor(cursor)

    def _several_lines(self) -> bool:
        cursor = self.textCursor()
        at = self.document().findBlock
        return cursor.hasSelection() and at(cursor.selectionStart()) != at(cursor.selectionEnd())

    def _mend(self) -> None:
        """Put right what the edit has brought together around the cursor."""
        block = self.textCursor().block()
        for one in (block.previous(), block):
            if one.isValid():
                tidy(one, self.reader)

    # the clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        return clipping.mime_data(self.textCursor())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText():
            return
        cursor = self.textCursor()
        clipping.paste(cursor, source, self.reader)
        self.setTextCursor(cursor)
        self._mend()
        self.ensureCursorVisible()

    def cut(self) -> None:
        """Cut what is selected; what is left of headings stays headings."""
        if self.textCursor().hasSelection():
            self.copy()
            cursor = self.textCursor()
            remove_selected(cursor)
            self.setTextCursor(cursor)
            self._mend()

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._mend()

    # the rest

    def text_menu(self) -> QMenu:
        """What can be done with the text at the cursor; Qt's own menu would cut past our rules."""
        menu = QMenu(self)
        selected, document = self.textCursor().hasSelection(), self.document()
        entries = (
            ("撤消", self.undo, document.isUndoAvailable()),
            ("重做", self.redo, document.isRedoAvailable()),
            ("", None, False),
            ("剪切", self.cut, selected),
            ("复制", self.copy, selected),
            ("粘贴", self.paste, self.canPaste()),
            ("全选", self.selectAll, True),
        )
        for text, do, may in entries:
            if do is None:
                menu.addSeparator()
                continue
            action = menu.addAction(text)
            action.setEnabled(may)
            action.triggered.connect(lambda *_, do=do: do())
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.finish()
        if self.chip_asked(event):
            return
        menu = self.text_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.completer.hide()
        super().focusOutEvent(event)


def _cuts(event: QKeyEvent) -> bool:
    """Shift+Delete cuts; Alt+Backspace undoes."""
    return event.matches(QKeySequence.StandardKey.Cut) or event.matches(QKeySequence.StandardKey.Undo)
