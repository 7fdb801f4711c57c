"""No letter and no key means two things at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QMenuBar, QWidget

from tests.ui.audit.seen import called, mnemonic, widgets

_Context = Qt.ShortcutContext
_WIDE = (_Context.WindowShortcut, _Context.ApplicationShortcut)


def same_letters(root: QWidget) -> Iterator[str]:
    """Mnemonics used twice in a window; menus count each for itself."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for widget in widgets(root):
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy()):
            found[mnemonic(widget.text())].append(called(widget))
        elif isinstance(widget, QMenuBar):
            for action in widget.actions():
                found[mnemonic(action.text())].append(f"menu {action.text()}")
    yield from _twice("Alt+", found)


def same_letters_in(menu: QMenu) -> Iterator[str]:
    """Mnemonics used twice in an open menu."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for action in menu.actions():
        if action.isVisible() and not action.isSeparator():
            found[mnemonic(action.text())].append(action.text())
    yield from _twice("menu letter ", found)


def same_keys(root: QWidget) -> Iterator[str]:
    """Keys that two commands answer to while the same widget has the keyboard: Qt then does neither."""
    alive = [made for made in _commands(root) if made[2].isVisible()]
    for place, (keys, context, at, name) in enumerate(alive):
        for other_keys, other_context, other_at, other_name in alive[place + 1 :]:
            if keys == other_keys and _meet((context, at), (other_context, other_at)):
                yield f"{keys} means both {name} and {other_name}"


def _commands(root: QWidget) -> Iterator[tuple[str, _Context, QWidget, str]]:
    """(keys, context, where, name) of what is enabled."""
    for action in root.findChildren(QAction):
        # Asked first: most of some thousand have no keys.
        if not action.shortcuts() or not action.isEnabled():
            continue
        where = [thing for thing in action.associatedObjects() if isinstance(thing, QWidget)]
        holder: Any = action.parent()
        at = where[0] if where and not isinstance(where[0], QMenu) else holder
        if action.isVisible() and isinstance(at, QWidget) and at.window() is root:
            for keys in action.shortcuts():
                yield keys.toString(), action.shortcutContext(), at, plain_name(action)
    for shortcut in root.findChildren(QShortcut):
        at = shortcut.parent()
        if shortcut.isEnabled() and isinstance(at, QWidget) and at.window() is root:
            yield shortcut.key().toString(), shortcut.context(), at, f"a shortcut of {called(at)}"


def plain_name(action: QAction) -> str:
    """What the action says."""
    return f"“{action.text() or action.objectName()}”"


def _meet(one: tuple[_Context, QWidget], other: tuple[_Context, QWidget]) -> bool:
    if one[0] in _WIDE or other[0] in _WIDE:
        return True
    return one[1] is other[1] or one[1].isAncestorOf(other[1]) or other[1].isAncestorOf(one[1])


def _twice(what: str, found: dict[str, list[str]]) -> Iterator[str]:
    for letter, names in found.items():
        if letter and len(names) > 1:
            yield f"{what}{letter} stands for {' and '.join(names)}"
