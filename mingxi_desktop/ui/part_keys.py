"""F6: from part to part of a page without a mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


class PartKeys(QObject):
    """F6 leads to the next part of a page that can be seen, Shift+F6 to the one before.

    parts: each with what gives it the focus.
    """

    def __init__(self, page: QWidget, parts: Sequence[tuple[QWidget, Callable[[], object]]]) -> None:
        super().__init__(page)
        self._parts = tuple(parts)
        for keys, by in (("F6", 1), ("Shift+F6", -1)):
            made = QShortcut(QKeySequence(keys), page, lambda by=by: self.go(by))
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def add(self, part: QWidget, enter: Callable[[], object]) -> None:
        """One more part, after the others: it is made later than the page.  enter: gives it the focus."""
        self._parts = (*self._parts, (part, enter))

    def go(self, by: int) -> None:
        """Give the focus to the next part (1) or the one before (-1)."""
        shown = [(part, enter) for part, enter in self._parts if part.isVisible()]
        focus = QApplication.focusWidget()
        here = next((place for place, (part, _) in enumerate(shown) if _holds(part, focus)), None)
        if shown:
            shown[0 if here is None else (here + by) % len(shown)][1]()


def _holds(part: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (part is focus or part.isAncestorOf(focus))
