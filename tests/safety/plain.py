"""What a window would show otherwise than it is written: markup taken for markup, & taken for a mnemonic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QGroupBox,
    QLabel,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.safety.hostile import BEFORE, MARK

_SINGLE = re.compile(r"(?<!&)" + MARK)
_BEFORE = re.compile("|".join(map(re.escape, BEFORE)) + r"|＜b＞")


def found(root: QWidget) -> Iterator[str]:
    """Findings in a window or dialog, hidden parts included; each says where and what."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, QLabel):
            yield from _label(widget)
        elif isinstance(widget, QMessageBox):
            if widget.textFormat() != Qt.TextFormat.PlainText:
                yield f"a message box of any format: {widget.text()!r}"
        elif isinstance(widget, QTextEdit | QPlainTextEdit):
            yield from _document(widget)
        elif isinstance(widget, QAbstractButton):
            yield from _mnemonic(widget, widget.text())
        elif isinstance(widget, QGroupBox):
            yield from _mnemonic(widget, widget.title())
        elif isinstance(widget, QTabBar):
            for place in range(widget.count()):
                yield from _mnemonic(widget, widget.tabText(place))
    for action in root.findChildren(QAction):
        yield from _mnemonic(action.parent(), action.text())


def found_in(menu: QMenu) -> Iterator[str]:
    """Findings in an open menu."""
    for action in menu.actions():
        yield from _mnemonic(menu, action.text())


def seen(root: QWidget) -> int:
    """How many labels, buttons and documents show a hostile text: none would prove nothing."""
    texts = (
        getattr(one, "toPlainText", getattr(one, "text", str))()
        for one in root.findChildren(QWidget)
        if isinstance(one, QLabel | QAbstractButton | QTextEdit | QPlainTextEdit)
    )
    return sum("甲&" in text for text in texts)


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if label.textFormat() == Qt.TextFormat.PlainText or label.objectName() == "qt_msgbox_icon_label":
        if label.buddy() is not None:
            yield from _mnemonic(label, text)
    elif label.textFormat() != Qt.TextFormat.AutoText or Qt.mightBeRichText(text) or MARK in text:
        yield f"{_called(label)} is no plain text: {text[:60]!r}"


def _document(widget: QTextEdit | QPlainTextEdit) -> Iterator[str]:
    for line in widget.toPlainText().splitlines():
        for at in (place.start() for place in re.finditer(MARK, line)):
            if not _BEFORE.search(line[:at]):
                yield f"{_called(widget)} took markup for markup: {line[max(at - 40, 0) : at + 20]!r}"


def _mnemonic(widget: object, text: str) -> Iterator[str]:
    if _SINGLE.search(text):
        yield f"{_called(widget)} takes & for a mnemonic: {text[:60]!r}"


def _called(widget: object) -> str:
    parent = getattr(widget, "parent", lambda: None)()
    return f"{type(widget).__name__} in {type(parent).__name__}"
