"""Small pieces every page is put together from: cards, buttons, pills, labels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from mingxi_desktop.patterns import pattern
from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.veil import VeiledLabel

_MNEMONIC = pattern(r"\(&\w\)")

_DIGITS = pattern(r"^([+-]?)(\d{4,})(?![\d年-])")
_DIGITS_WITHIN = pattern(r"(?<![\d.])\d{4,}(?![\d年-])")


def without_mnemonic(text: str) -> str:
    """The text of a button, label or menu without its mnemonic: 文件(&F) → 文件, A&&B → A&B."""
    return _MNEMONIC.sub("", text).replace("&&", "&")


def literal(text: str) -> str:
    """A text from a record for a button, a menu or a label with a buddy, where & would make a mnemonic."""
    return text.replace("&", "&&")


def thousands(text: str) -> str:
    """A number as the report writes it, with separators for the screen: 1502 → 1,502, +2503.5 → +2,503.5."""
    return _DIGITS.sub(lambda found: f"{found[1]}{int(found[2]):,}", text)


def thousands_within(text: str) -> str:
    """A sentence about numbers with separators, for the screen: 2023年1502条 → 2023年1,502条."""
    return _DIGITS_WITHIN.sub(lambda found: f"{int(found[0]):,}", text)


class Card(QFrame):
    """A flat white card with a vertical layout, `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.set_state(self, "card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 10)
        self.column.setSpacing(theme.HALF)


def card(parent: QWidget | None = None) -> Card:
    """A card to put things into."""
    return Card(parent)


def label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """A plain-text label.  role: "title", "muted", "figure", "warning", "error", "ok"."""
    made = VeiledLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if role:
        style.set_state(made, "role", role)
    return made


def button(
    text: str,
    clicked: Callable[[], object],
    parent: QWidget | None = None,
    *,
    icon: str = "",
    primary: bool = False,
    link: bool = False,
    shortcut: str = "",
    tip: str = "",
) -> QPushButton:
    """A push button.  shortcut: keys of the menu's action that does the same, shown in text and tool tip."""
    made = QPushButton(f"{text}  {shortcut}" if shortcut and primary else text, parent)
    made.setAccessibleName(without_mnemonic(text))
    made.setAutoDefault(False)
    made.clicked.connect(lambda *_: clicked())
    if icon:
        icons.give(made, icon, "on_accent" if primary else "text")
    style.set_state(made, "primary", primary)
    style.set_state(made, "link", link)
    made.setToolTip(tip or (f"{text}（{shortcut}）" if shortcut else ""))
    return made


def toggle(text: str, kind: str, clicked: Callable[[], object], parent: QWidget | None = None) -> QToolButton:
    """A checkable tool button.  kind: "tab", "pill", "chip" or "segment"."""
    made = QToolButton(parent)
    made.setText(text)
    made.setAccessibleName(text)
    made.setCheckable(kind != "chip")
    style.set_state(made, kind, True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda *_: clicked())
    return made


def row(*things: QWidget | int | None, spacing: int = theme.GAP) -> QHBoxLayout:
    """Widgets side by side; an int is a distance, None a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for thing in things:
        if thing is None:
            made.addStretch(1)
        elif isinstance(thing, int):
            made.addSpacing(thing)
        else:
            made.addWidget(thing)
    return made
