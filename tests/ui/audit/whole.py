"""A window with all that was ever shown in it: names and keys, of hidden parts too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mingxi_desktop.domain.kinds import ALL, TABS
from mingxi_desktop.ui.inputs import Input
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.window import MainWindow

_TAKES = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, Input)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_KNOWN = re.compile(
    r"Ctrl\+\w+|Shift\+|Alt\+|Del\b|Esc\b|Insert|Enter|PDF|Word|Excel|CSV|PNG|SVG|WPS|gyz|\{\S*\}|Noto Sans SC|"
    r"xlsx|xls|ods|csv|docx?|wps|txt|SourceHan\S*|FandolFang|Fandol\w*|Noto \w+( \w+)*|"
    # numbers of documents (RK2024-006), keys (F5)
    r"[A-Z]+\d[\w-]*"
)
_MENUS = ["文件(&F)", "编辑(&E)", "视图(&V)", "数据(&D)", "报表(&R)", "工具(&T)", "帮助(&H)"]
_IMPORT = "导入"


def whole(window: MainWindow) -> Iterator[str]:
    """What the rules say of a window whose every page has been shown; the import is in front."""
    pages = [(tab, window.page(tab)) for tab in TABS] + [(_IMPORT, window.import_page())]
    shown = {page.kind.name for page in window.findChildren(LedgerPage)}
    yield from (f"never shown: {kind.name}" for kind in ALL if not kind.parent and kind.name not in shown)
    for name, page in pages:
        yield from (f"{name}: {said}" for said in _unnamed(page))
        yield from (f"{name}: {said}" for said in foreign(page))
    for action in window.findChildren(QAction):
        if _is_foreign(f"{action.text().replace('&', '')} {action.toolTip()}"):
            yield f"not Chinese: {action.text()} {action.toolTip()}"
    yield from _same_keys(window, pages)
    yield from _menus(window)


def _unnamed(page: QWidget) -> Iterator[str]:
    buddies = {id(label.buddy()) for label in page.findChildren(QLabel) if label.buddy()}
    for widget in page.findChildren(QWidget):
        if isinstance(widget, _TAKES) and _own(widget):
            name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if not name and id(widget) not in buddies and not isinstance(widget.parent(), Input):
                yield f"no name: {type(widget).__name__} in {widget.parent()}"


def foreign(page: QWidget) -> Iterator[str]:
    """Words in Latin letters, of hidden parts too."""
    for widget in page.findChildren(QWidget):
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if _is_foreign(f"{text} {widget.toolTip()}"):
            yield f"not Chinese: {text} {widget.toolTip()}"


def _is_foreign(text: str) -> bool:
    return bool(_LATIN.search(_KNOWN.sub("", text)))


def _own(widget: QWidget) -> bool:
    """Whether it is ours, not an inner part of one of Qt's widgets."""
    parent = widget.parent()
    inside = isinstance(parent, QLineEdit | QComboBox) or isinstance(parent.parent(), QComboBox)
    return not inside and not isinstance(widget, QHeaderView) and not widget.objectName().startswith("qt_")


def _same_keys(window: MainWindow, pages: list[tuple[str, QWidget]]) -> Iterator[str]:
    """Keys of two commands of the window, and of a page that the window has for itself."""
    keys = Counter(key.toString() for action in window.actions_by_name.values() for key in action.shortcuts())
    yield from (f"{key} means {number} commands" for key, number in keys.items() if number > 1)
    enabled = {
        key.toString()
        for action in window.actions_by_name.values()
        if action.isEnabled()
        for key in action.shortcuts()
    }
    for name, page in pages:
        buttons = [one for one in page.findChildren(QAbstractButton) if not one.shortcut().isEmpty()]
        mine = {one.shortcut().toString() for one in buttons}
        mine |= {
            one.key().toString()
            for one in page.findChildren(QShortcut)
            if one.context() == Qt.ShortcutContext.WindowShortcut
        }
        # While the import is in front it has some of the window's keys, and the window does without.
        for key in sorted(mine & (enabled if name == _IMPORT else set(keys))):
            yield f"{key} means a command of the window, too, on {name}"


def _menus(window: MainWindow) -> Iterator[str]:
    menus = [action.menu() for action in window.menuBar().actions()]
    if [menu.title() for menu in menus] != _MENUS:
        yield f"menus: {[menu.title() for menu in menus]}"
    for menu in menus:
        letters = Counter(re.findall(r"&(\w)", "".join(one.text() for one in menu.actions() if one.text())))
        yield from (f"{menu.title()}: {letter} twice" for letter, number in letters.items() if number > 1)
        bare = [one.text() for one in menu.actions() if one.text() and "&" not in one.text()]
        yield from (f"{menu.title()}: no letter for {text}" for text in bare)
