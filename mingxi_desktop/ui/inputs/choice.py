"""Inputs of choices: one word of a vocabulary, several, yes or no."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain import parse
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.popup import ADD, Row
from mingxi_desktop.ui.inputs.reading import read
from mingxi_desktop.ui.inputs.suggest import SuggestInput, apart, beginning_first


class ChoiceInput(SuggestInput):
    """One word of a vocabulary: 洋 finds 盖洋镇, so does gyz. An open vocabulary takes new words."""

    def ask_for(self, query: str) -> None:
        offered = self.sources.choices(self.field)
        rows = [Row(word, checked=self.ticks(word)) for word in fitting(offered, query)]
        if query and self.takes_new() and query not in offered:
            rows.append(Row(query, ADD))
        self.offer(rows, query)

    def takes_new(self) -> bool:
        vocabulary = delivered().get(self.field.choices)
        return vocabulary is not None and vocabulary.open

    def means_one_listed(self, query: str) -> bool:
        return apart(query) != query or super().means_one_listed(query)

    def finish(self) -> None:
        super().finish()
        if self.line.isReadOnly():
            return
        faults, words = [], []
        for word in self.words() if self.multiple else [self.text()]:
            try:
                words.append(self._known(word))
            except ValueError as error:
                words.append(word)
                faults.append(str(error))
        normal = "、".join(words)
        if normal != self.text():
            self.line.setText(normal)
            self.value_changed.emit(normal)
        if faults or self.severity == "error":
            self.set_error("；".join(faults))

    def _known(self, word: str) -> str:
        """The word of the vocabulary that is meant; ValueError if there is none."""
        offered = self.sources.choices(self.field)
        if not word or word in offered:
            return word
        vocabulary = delivered().get(self.field.choices)
        synonyms = vocabulary.spellings if vocabulary is not None else {}
        return parse.match_choice(word, offered, synonyms).value or ""


class MultiChoiceInput(ChoiceInput):
    """Several words of a vocabulary, with 、 between them."""

    multiple = True


class BoolInput(Input):
    """是 or 否, or nothing yet; Delete takes the answer back. Text that is neither is kept."""

    def make_editor(self) -> QWidget:
        box = QWidget(self)
        self._text = ""
        self._group = QButtonGroup(box)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.HALF)
        for word in ("是", "否"):
            button = QToolButton(box)
            button.setText(word)
            button.setCheckable(True)
            button.setFixedHeight(theme.INPUT_HEIGHT)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            style.set_state(button, "segment", value=True)
            button.installEventFilter(self)
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch()
        box.setFocusProxy(self._group.buttons()[0])
        self._group.buttonClicked.connect(lambda button: self._answer(button.text()))
        return box

    def bound(self) -> None:
        for button in self._group.buttons():
            button.setAccessibleName(f"{self.field.label}：{button.text()}")

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        reading = read(self.field, text) if self.field.name else None
        self._text = reading.text if reading else text
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(button.text() == self._text)
        self._group.setExclusive(True)
        self.set_error(reading.message if reading else "")

    def set_read_only(self, read_only: bool) -> None:
        for button in self._group.buttons():
            button.setEnabled(not read_only)

    def eventFilter(self, watched: object, event: object) -> bool:
        if (
            isinstance(event, QInputMethodEvent)
            and event.commitString()
            and self._group.buttons()[0].isEnabled()
        ):
            self.composing = False
            self._answer(event.commitString())
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QKeyEvent.Type.KeyPress
            and watched is not self.editor
        ):
            return self._key(event)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def key_pressed(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._answer("")
            return True
        answer = {"是": "是", "否": "否", "y": "是", "n": "否"}.get(event.text().lower())
        if answer is not None:
            self._answer(answer)
            return True
        return False

    def _answer(self, text: str) -> None:
        self.set_text(text)
        wrong = self.error
        self.changed_by_user()
        self.set_error(wrong)


def fitting(words: tuple[str, ...], query: str) -> list[str]:
    """The words that contain the query, then those found by pinyin or initials, each in their order."""
    if not query:
        return list(words)
    folded = texts.fold(query)
    direct = [word for word in words if folded in texts.fold(word)]
    if not any(sign.isascii() and sign.isalpha() for sign in query):
        return direct
    spoken = [
        word
        for word in words
        if word not in direct and texts.matches(apart(query), texts.search_text([word]))
    ]
    return [*direct, *beginning_first(spoken, query)]
