"""What of a window can be seen, and how a widget is called in a finding."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QWidget

_INSIDE = frozenset(
    "QLineEditIconButton QTableCornerButton QComboBoxListView QComboBoxPrivateContainer QMenuBarExtension "
    "QToolBarExtension QHeaderView QScrollBar QWidgetResizeHandler QSizeGrip".split()
)
_MNEMONIC = re.compile(r"(?<!&)&(\w)")


class Once:
    """While `kept` is a dict, each window is looked through once; `walk` empties it when something has moved."""

    kept: dict[QWidget, list[QWidget]] | None = None


def widgets(root: QWidget) -> list[QWidget]:
    """The widgets of a window that can be seen, without the parts Qt makes its own widgets of."""
    if Once.kept is None:
        return _widgets(root)
    if root not in Once.kept:
        Once.kept[root] = _widgets(root)
    return Once.kept[root]


def _widgets(root: QWidget) -> list[QWidget]:
    found = [root]
    for child in root.children():
        # Hidden pages are not looked into: they hold most of the widgets.
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            inside = _widgets(child)
            found += inside[1:] if _of_qt(child) else inside
    return found


def _of_qt(widget: QWidget) -> bool:
    name = widget.objectName()
    if widget.metaObject().className() in _INSIDE or name.startswith("qt_scrollarea"):
        return True
    around = widget.parentWidget()
    return (isinstance(widget, QLineEdit) and isinstance(around, QComboBox)) or (
        around is not None and around.metaObject().className() in _INSIDE
    )


def text_of(widget: QWidget) -> str:
    """What is written on it, mnemonic included."""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return ""


def called(widget: QWidget) -> str:
    """Its class, and whatever tells it from others."""
    said = text_of(widget) or widget.accessibleName() or widget.objectName()
    around = widget.parentWidget()
    inside = "" if around is None or widget.isWindow() else f" in {type(around).__name__}"
    return f"{type(widget).__name__}“{said[:24]}”{inside}"


def plain(text: str) -> str:
    """Without mnemonics."""
    return re.sub(r"\(&\w\)", "", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def mnemonic(text: str) -> str:
    """The letter after the ampersand, upper case; "" without one."""
    found = _MNEMONIC.search(text.replace("&&", ""))
    return found[1].upper() if found else ""


def place(widget: QWidget, root: QWidget) -> QRect:
    """Where it is in the window."""
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def scrolled_by(widget: QWidget) -> QAbstractScrollArea | None:
    """The scroll area whose contents it belongs to, if any: what is cut off there can be scrolled to."""
    here = widget
    while not here.isWindow() and here.parentWidget() is not None:
        around = here.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            return area
        here = around
    return None


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab should come to it."""
    wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wanted and widget.isEnabled() and widget.focusProxy() is None
