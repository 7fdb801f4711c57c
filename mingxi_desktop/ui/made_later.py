"""A part of a page that is not needed at once: made in a turn of its own, so that the page is there sooner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui.focus import put_before
from mingxi_desktop.ui.turns import Turns

Part = TypeVar("Part", bound=QWidget)


class MadeLater(QObject, Generic[Part]):
    """Makes the part as soon as the page has been seen, or when it is wanted."""

    made = Signal()
    """The part is there from now on."""

    def __init__(self, make: Callable[[], Part], place: QWidget) -> None:
        """make: makes it inside `place`, which stands on the page already; Tab reaches it from there."""
        super().__init__(place)
        self._make, self._place = make, place
        self._part: Part | None = None
        self._turns = Turns(self._steps(), self)

    @property
    def part(self) -> Part:
        """It, made at once if it is not there yet."""
        if self._part is None:
            self._turns.finish()
        assert self._part is not None
        return self._part

    @property
    def there(self) -> Part | None:
        """It, if it has been made."""
        return self._part

    def _steps(self) -> Iterator[None]:
        after = self._place.nextInFocusChain()
        part = self._make()
        if after is not None:
            put_before(_stops(part), after)
        self._part = part
        self.made.emit()
        yield


def _stops(part: QWidget) -> list[QWidget]:
    """What Tab reaches inside, in the order in which it does."""
    found: list[QWidget] = []
    widget: QWidget | None = part
    while widget is not None and (widget is part or part.isAncestorOf(widget)):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found
