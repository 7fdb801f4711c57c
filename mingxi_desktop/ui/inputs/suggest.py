"""A line of text with a list under it: what choices and references have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.parse import split_multi
from mingxi_desktop.ui import icons
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.popup import ADD, Row, SuggestPopup

_SEPARATORS = re.compile(r"[、，,；;\n]")
_LATIN = re.compile(r"[A-Za-z' ]+")
_BETWEEN = re.compile(r"(?<=[a-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[a-z])")


class SuggestInput(Input):
    """Typing narrows the list; ↑ ↓ move in it, Enter and Tab take the highlighted row and go on, Esc closes it.

    multiple: the text is several words with 、 between them, and the list ticks the chosen ones.
    """

    multiple = False
    with_button = True
    """Whether a button in the field opens the list."""
    stays = False
    """Whether Enter on a row only takes it: more may be written behind it."""
    line: QLineEdit

    def make_editor(self) -> QWidget:
        self.line = QLineEdit(self)
        self.line.textEdited.connect(self._edited)
        self._open: QAction | None = None
        if self.with_button:
            self._open = QAction("列出可选项", self)
            self._open.setToolTip("列出可选项（↓）")
            icons.give(self._open, "chevron-down", "muted")
            self._open.triggered.connect(self._toggle)
            self.line.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.popup = SuggestPopup(self)
        self.popup.picked.connect(self._picked)
        return self.line

    # for subclasses

    def ask_for(self, query: str) -> None:
        """Find what fits the query ("" for everything) and call `offer` with it, now or later."""
        raise NotImplementedError

    def takes_new(self) -> bool:
        """Whether a word that is not in the list may be meant."""
        return False

    def means_one_listed(self, query: str) -> bool:
        """Whether only a word of the list can be meant: letters stand for one, and what is not new does."""
        return _LATIN.fullmatch(query) is not None or not self.takes_new()

    def chosen(self, row: Row) -> None:
        """A row was taken."""

    # the protocol

    def text(self) -> str:
        typed = self.line.text().strip()
        return _SEPARATORS.sub("、", typed).strip("、") if self.multiple else typed

    def set_text(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.popup.hide()
        self.clear_error()

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        if self._open is not None:
            self._open.setVisible(not read_only)

    def finish(self) -> None:
        row = self.popup.highlighted()
        if row is not None and row.data != ADD and not self._was_ticked(row):
            self._take(row)
        self.popup.hide()
        if self.line.text() != self.text():
            self.line.setText(self.text())

    def key_pressed(self, event: QKeyEvent) -> bool:
        key, shown = event.key(), self.popup.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.line.isReadOnly():
            if shown:
                self.popup.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.ask_for("")
            return True
        if key == Qt.Key.Key_Escape and shown:
            self.popup.hide()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown:
            row = self.popup.highlighted()
            if row is not None and (self.multiple or self.stays or row.data == ADD):
                self._picked(row)
                return self.multiple or self.stays
        return False

    def composition_began(self) -> None:
        self.popup.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        self.popup.hide()
        super().hideEvent(event)

    # the list

    def query(self) -> str:
        """What is being typed: the text, or its last word where there may be several."""
        typed = self.line.text()
        return (_SEPARATORS.split(typed)[-1] if self.multiple else typed).strip()

    def words(self) -> list[str]:
        """The words chosen so far, in a field of several; without the one that is still being typed."""
        return split_multi(self.text())

    def offer(self, rows: Sequence[Row], query: str) -> None:
        """Show rows that fit the query. The first is highlighted where only one of the list can be meant."""
        if not self.line.hasFocus() or self.line.isReadOnly() or self.composing:
            return
        current = next((i for i, row in enumerate(rows) if row.text == self.text() and row.data != ADD), -1)
        if current < 0 and query and rows and rows[0].data != ADD:
            current = 0 if self.means_one_listed(query) else -1
        self.popup.show_rows(rows, self.line, current)

    def ticks(self, text: str) -> bool | None:
        """Whether a word is ticked; None in a field of one word."""
        return text in self.words() if self.multiple else None

    def _edited(self) -> None:
        self.changed_by_user()
        query = self.query()
        if query:
            self.ask_for(query)
        else:
            self.popup.hide()

    def _toggle(self) -> None:
        if self.popup.isVisible():
            self.popup.hide()
        else:
            self.line.setFocus()
            self.ask_for("")

    def _picked(self, row: Row) -> None:
        if row.data == ADD:
            self.sources.add_choice(self.field, row.text)
        self._take(row)
        if self.multiple and not self.query():
            self.ask_for("")
        else:
            self.popup.hide()

    def _was_ticked(self, row: Row) -> bool:
        return self.multiple and row.text in self.words()

    def _take(self, row: Row) -> None:
        if self.multiple:
            typed = self.query()
            words = [word for word in self.words() if word != typed or word == row.text]
            words = [word for word in words if word != row.text] if row.text in words else [*words, row.text]
            self.line.setText("、".join(words) + ("、" if words else ""))
        else:
            self.line.setText(row.text)
        self.chosen(row)
        self.changed_by_user()


def apart(query: str) -> str:
    """A query with Chinese and pinyin mixed, as two words: 盖y finds 盖洋镇."""
    return _BETWEEN.sub(" ", query)


def beginning_first(words: Sequence[str], query: str) -> list[str]:
    """Words in their order, those first whose pinyin or initials begin with the query: xz is 县直 before 瀚仙镇."""
    if not _LATIN.fullmatch(query):
        return list(words)
    start = texts.fold(query).strip()
    return sorted(
        words,
        key=lambda word: not any(sound.startswith(start) for sound in texts.search_text([word]).split()),
    )
