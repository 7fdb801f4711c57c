"""A part of a page that is not needed at once: made in turns of its own, so that the page is there sooner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.shapes import card
from mingxi_desktop.ui.turns import Making, Turns

Part = TypeVar("Part", bound=QWidget)


def in_one_step(make: Callable[[QWidget], Part]) -> Callable[[QWidget], Making[Part]]:
    """For a part that is not worth more than a turn."""

    def steps(place: QWidget) -> Making[Part]:
        yield
        return make(place)

    return steps


class MadeLater(QWidget, Generic[Part]):
    """Its place on the page: an empty card until it is made, once the page has been seen or when it is wanted."""

    made = Signal()
    """The part is there from now on."""

    def __init__(
        self,
        make: Callable[[QWidget], Making[Part]],
        parent: QWidget | None = None,
        *,
        then: Sequence[QWidget] = (),
    ) -> None:
        """make: given where it is going to stand, makes it inside that, in steps.  then: what Tab reaches after it."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._blank = card(self)
        self._column.addWidget(self._blank)
        # What is made inside its parent is polished once; half made it must not come in sight with the page.
        self._room = QWidget(self)
        self._room.hide()
        self._part: Part | None = None
        self._turns = Turns(self._steps(make, then), self)

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

    def _steps(self, make: Callable[[QWidget], Making[Part]], then: Sequence[QWidget]) -> Iterator[None]:
        part = yield from make(self._room)
        yield
        column = QVBoxLayout(self._room)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        if then:  # for Tab the part comes last in its window, as the latest
            TabPlace(self).put(then)
        yield
        self._column.replaceWidget(self._blank, self._room)
        self._blank.hide()
        self._blank.deleteLater()
        self._room.show()
        self._part = part
        self.made.emit()
