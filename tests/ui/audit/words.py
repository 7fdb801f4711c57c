"""Everything on the screen is Chinese; no state is told by colour alone; dialogs behave alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from tests.ui.audit.names import CHINESE
from tests.ui.audit.seen import called, plain, widgets

_LATIN = re.compile(r"[A-Za-z]{2,}")
_ALLOWED = re.compile(
    # makers, formats, keys; file names and paths; examples of initials
    r"Excel|WPS|PDF|Word|CSV|PNG|SVG|Windows|INI|SQLite|"
    r"Ctrl|Shift|Alt|Enter|Esc|Tab|Delete|Del|Insert|Return|Left|Right|Home|End|Page(?:Up|Down)|"
    r"\bgyz\b|\bMB\b|\bKB\b|(?:[A-Za-z]:)?[/\\]\S+|\S+\.[A-Za-z0-9]{2,5}\b|[\w-]*_[\w-]*|\b[A-Z]+\d[\w-]*|\{[^}]*\}"
)
_COLOURED = ("error", "warning", "ok")


def foreign(root: QWidget) -> Iterator[str]:
    """Words in Latin letters that are no names the clerk knows."""
    for widget in widgets(root):
        for what, text in _texts(widget):
            left = _LATIN.findall(_ALLOWED.sub("", plain(text)))
            if left:
                yield f"not Chinese ({what}): {' '.join(left[:4])} of {called(widget)}"


def foreign_in(menu: QMenu) -> Iterator[str]:
    """The same in an open menu."""
    for action in menu.actions():
        left = _LATIN.findall(_ALLOWED.sub("", plain(action.text())))
        if left:
            yield f"not Chinese (menu): {' '.join(left[:4])}"


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tool tip", widget.toolTip()
    yield "name", widget.accessibleName()
    if widget.isWindow():
        yield "title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QComboBox):
        yield from (("entry", widget.itemText(place)) for place in range(min(widget.count(), 40)))
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QTableView) and widget.model() is not None:
        for column in range(widget.model().columnCount()):
            yield "heading", str(widget.model().headerData(column, Qt.Orientation.Horizontal) or "")


def colour_alone(root: QWidget) -> Iterator[str]:
    """Coloured labels without a word, marked fields without a sentence, coloured cells without any text."""
    for widget in widgets(root):
        state = widget.property("state") or widget.property("role")
        if isinstance(widget, QLabel) and state in _COLOURED and widget.text():
            if not CHINESE.search(widget.text()):
                yield f"only a colour says {state}: {called(widget)}"
        elif isinstance(widget, QLineEdit | QPlainTextEdit) and state in ("error", "warning"):
            around = widget.parentWidget()
            said = [label for label in around.findChildren(QLabel) if label.isVisible()] if around else []
            outer = [label for label in root.findChildren(QLabel) if label.property("role") == state]
            if not any(CHINESE.search(label.text()) for label in (*said, *outer)):
                yield f"only a colour says {state}: {called(widget)}"


def ill_mannered(root: QWidget) -> Iterator[str]:
    """A dialog has one default button, and Esc closes it; it stays open for the other rules."""
    if not isinstance(root, QDialog):
        return
    buttons = [made for made in root.findChildren(QPushButton) if made.isVisible() and made.isDefault()]
    if len(buttons) != 1:
        yield f"{len(buttons)} default buttons: {' '.join(called(made) for made in buttons)}"
    if isinstance(root, QMessageBox):
        ends = [made for made in root.buttons() if root.buttonRole(made) != QMessageBox.ButtonRole.ActionRole]
        closes = root.escapeButton() is not None or len(ends) == 1
    else:
        rejected: list[bool] = []
        root.reject = lambda: rejected.append(True)  # type: ignore[method-assign]
        QTest.keyClick(root, Qt.Key.Key_Escape)
        del root.reject
        closes = bool(rejected)
    if not closes:
        yield "Esc does not close it"


def more_than_one_primary(root: QWidget) -> Iterator[str]:
    """At most one filled button in a row says what comes next."""
    filled = Counter(
        made.parentWidget()
        for made in widgets(root)
        if isinstance(made, QPushButton) and made.property("primary") and made.isEnabled()
    )
    yield from (f"{count} primary buttons in {called(row)}" for row, count in filled.items() if count > 1)
