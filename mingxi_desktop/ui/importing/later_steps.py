"""The steps of the import after the first: made while files are being chosen, or when one is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.focus import put_before
from mingxi_desktop.ui.importing.after import AfterPart
from mingxi_desktop.ui.importing.check_step import CheckStep
from mingxi_desktop.ui.importing.columns_step import ColumnsStep
from mingxi_desktop.ui.importing.result_step import ResultStep
from mingxi_desktop.ui.importing.shell import Shell
from mingxi_desktop.ui.turns import Turns


@dataclass(frozen=True)
class Steps:
    """The steps; `after` is a part of the last one."""

    columns: ColumnsStep
    check: CheckStep
    result: ResultStep
    after: AfterPart


class _Place(QWidget):
    """Where a step is going to stand among the others."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.parts: tuple[QWidget, ...] = ()

    def hold(self, step: ColumnsStep | CheckStep | ResultStep, before: QWidget) -> None:
        """Put the step there; Tab leads from it to `before`."""
        self._column.addWidget(step)
        self.parts = step.parts
        put_before(_in_chain(step), before)


class LaterSteps(QObject):
    """Makes them in turns of their own: all at once would keep the page's first click waiting."""

    made = Signal()
    """All of them are there from now on."""

    def __init__(self, context: Context, page: Shell) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.places = tuple(_Place() for _ in range(3))
        """Pages for the stack of steps, in order."""
        self._steps: Steps | None = None
        self._turns = Turns(self._make(), self)

    @property
    def there(self) -> bool:
        """Whether they have been made."""
        return self._steps is not None

    @property
    def steps(self) -> Steps:
        """All of them, made at once if they are not there yet."""
        if self._steps is None:
            self._turns.finish()
        assert self._steps is not None
        return self._steps

    def _make(self) -> Iterator[None]:
        columns_place, check_place, result_place = self.places
        foot = self._page.bars.halt
        columns = ColumnsStep(self._context.sources, columns_place)
        yield
        columns_place.hold(columns, foot)
        yield
        check = CheckStep(check_place)
        yield
        check_place.hold(check, foot)
        yield
        result = ResultStep(result_place)
        yield
        after = AfterPart(self._context, result.stack)
        result.add_concerns(after)
        yield
        result_place.hold(result, foot)
        self._steps = Steps(columns, check, result, after)
        self.made.emit()


def _in_chain(step: QWidget) -> list[QWidget]:
    """What Tab reaches inside, in the order in which it does."""
    found, widget = [], step.nextInFocusChain()
    while widget is not None and (widget is step or step.isAncestorOf(widget)):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found
