"""Whatever takes the keyboard or the mouse has a Chinese name for those who hear the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)

from tests.ui.audit.seen import called, plain, takes_tab, widgets

_KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def unnamed(root: QWidget) -> Iterator[str]:
    """Widgets without a name, or with one that is not Chinese."""
    shown = widgets(root)
    labels = [widget for widget in shown if isinstance(widget, QLabel) and widget.buddy()]
    buddies = {id(label.buddy()): plain(label.text()) for label in labels}
    for widget in shown:
        if isinstance(widget, QDialogButtonBox) or not (isinstance(widget, _KINDS) or takes_tab(widget)):
            continue
        name = widget.accessibleName() or buddies.get(id(widget), "")
        if not name and isinstance(widget, QAbstractButton):
            name = plain(widget.text())
        if not CHINESE.search(name):
            yield f"no Chinese name: {called(widget)} {name!r}"
