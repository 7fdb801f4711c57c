"""Tab visits everything once, from left to right and from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

from tests.ui.audit.seen import called, takes_tab, widgets

_SLACK = 8
"""Pixels by which things side by side may stand higher or lower."""


def misled(root: QWidget) -> Iterator[str]:
    """What Tab leaves out, visits twice, or comes to against the reading direction."""
    expected = [widget for widget in widgets(root) if takes_tab(widget)]
    if not expected:
        return
    visited = _walk(root, expected[0], 2 * len(expected))
    kept = {id(widget) for widget in visited}
    missed = [widget for widget in expected if id(widget) not in kept and not _one_of_several(widget)]
    yield from (f"Tab never comes to: {called(widget)}" for widget in missed)
    back = [(before, after) for before, after in pairwise(visited) if _backwards(before, after)]
    # The chain is a ring: one step leads from its end to its beginning.
    start = min(visited, key=lambda widget: _reading(widget, root))
    for before, after in back:
        if after is not start:
            yield f"Tab goes back from {called(before)} to {called(after)}"


def _walk(root: QWidget, first: QWidget, most: int) -> list[QWidget]:
    """Press Tab until it comes round."""
    before = root.focusWidget()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    visited = [first]
    for _ in range(most):
        QTest.keyClick(root.focusWidget() or first, Qt.Key.Key_Tab)
        now = _whole(root.focusWidget())
        if now is visited[-1] and isinstance(now, QAbstractItemView):
            now = _after(now)  # in a table Tab goes from cell to cell; other keys lead out of it
        if now is None or now in visited:
            break
        visited.append(now)
    if before is not None:
        before.setFocus()
    return visited


def _whole(widget: QWidget | None) -> QWidget | None:
    """The table for the editor of one of its cells."""
    here = widget
    while here is not None and not here.isWindow():
        if isinstance(here, QAbstractItemView):
            return here
        here = here.parentWidget()
    return widget


def _after(view: QAbstractItemView) -> QWidget | None:
    """What Tab would come to after a table that did not keep it; it gets the keyboard."""
    here = view.nextInFocusChain()
    while here is not view and not (takes_tab(here) and here.isVisible() and not view.isAncestorOf(here)):
        here = here.nextInFocusChain()
    here.setFocus(Qt.FocusReason.TabFocusReason)
    return here


def _one_of_several(widget: QWidget) -> bool:
    """Of buttons that exclude each other Tab comes to one; the arrows lead to the others."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return widget.autoExclusive() or (group is not None and group.exclusive())


def _reading(widget: QWidget, root: QWidget) -> tuple[int, int]:
    at = widget.mapTo(root, QPoint(0, 0))
    return at.y(), at.x()


def _backwards(before: QWidget, after: QWidget) -> bool:
    """Whether the second stands above the first, or left of it in the same row: as parts of what holds both."""
    around = before
    while not around.isAncestorOf(after):
        parent = around.parentWidget()
        if parent is None:
            return False
        around = parent
    if isinstance(around, QAbstractItemView):
        return False
    first, second = _part(before, around), _part(after, around)
    if second.top() >= first.bottom() - _SLACK:
        return False
    return second.bottom() <= first.top() + _SLACK or second.right() <= first.left() + _SLACK


def _part(widget: QWidget, around: QWidget) -> QRect:
    here = widget
    while here is not around and here.parentWidget() is not around and here.parentWidget() is not None:
        here = here.parentWidget()
    return here.geometry() if here is not around else widget.rect()
