"""The frame around the steps: where we are, the step itself, progress and buttons; keys from part to part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.ledger.intake.result import Preview
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.importing import bars
from mingxi_desktop.ui.importing.bars import FILES, RESULT, STEPS, Bars
from mingxi_desktop.ui.made_later import MadeLater
from mingxi_desktop.ui.shapes import card, label, row, toggle
from mingxi_desktop.ui.turns import bring_forward


class Step(Protocol):
    """What the frame asks of a step: the parts that F6 leads to, in order."""

    parts: tuple[QWidget, ...]


class Shell(QWidget):
    """Shows one step at a time.  Subclasses say what the buttons do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget()
        self._pills = [toggle(name, "pill", partial(self._pill, place)) for place, name in enumerate(STEPS)]
        self._title, self._summary = label(role="title"), label(role="muted")
        self._summary.setWordWrap(True)
        self.bars = Bars(self.back, self.write_returned, self.cancel, self.forward, self.halt)
        frame = self._frame = card(self)
        frame.column.setSpacing(theme.GAP)
        frame.column.addLayout(row(self._title, None, *self._pills))
        frame.column.addWidget(self._summary)
        frame.column.addWidget(self._scrolled(), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, theme.HALF, 12, theme.GAP)
        outer.addWidget(frame)
        for keys, by in (("F6", 1), ("Shift+F6", -1)):
            made = QShortcut(QKeySequence(keys), self, partial(self.next_part, by))
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _scrolled(self) -> QScrollArea:
        """On a small screen at a large scale the steps scroll, and the buttons stay in sight."""
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        style.set_state(self._stack, "plain", value=True)
        area.setWidget(self._stack)
        return area

    def add_steps(self, *steps: QWidget) -> None:
        """The pages, in order: each a `Step`, or one that is made later."""
        for made in steps:
            self._stack.addWidget(made)
        # Now only: Tab goes the way the widgets came.
        self._frame.column.addWidget(self.bars)

    # for subclasses

    def start(self, paths: Sequence[Path], kind: str = "") -> None:
        """Files and folders were dropped on the page."""
        raise NotImplementedError

    def forward(self) -> None:
        """The primary button."""
        raise NotImplementedError

    def back(self) -> None:
        """Go one step back (上一步)."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Leave the import without storing anything (取消, Esc)."""
        raise NotImplementedError

    def halt(self) -> None:
        """Stop the reading or storing that runs (停止)."""
        raise NotImplementedError

    def write_returned(self) -> None:
        """Write the copies with the errors marked, to be sent back (生成退回文件)."""
        raise NotImplementedError

    @property
    def busy(self) -> bool:
        """Whether something runs, and the steps can not be used."""
        raise NotImplementedError

    def mark(self) -> None:
        """Have `show_state` called with what there is now."""
        raise NotImplementedError

    # where we are

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        """What F6 leads to in the step in front, in order."""
        shown = self._stack.currentWidget()
        step = shown.part if isinstance(shown, MadeLater) else shown
        return cast("Step", step).parts

    @property
    def step(self) -> int:
        """FILES, COLUMNS, CHECK or RESULT."""
        return self._stack.currentIndex()

    def go(self, step: int) -> None:
        """Show a step, its first part under the keyboard."""
        page = self._stack.widget(step)
        assert page is not None
        bring_forward(self._stack, page)
        self.mark()
        self.focus_first()

    def focus_first(self) -> None:
        """The first thing to look at has the keyboard."""
        if not self.busy:
            first = self._parts[0]
            (first if first.isEnabled() else self.bars.next).setFocus()
            self._area.ensureVisible(0, 0)

    def next_part(self, by: int) -> None:
        """F6: on to the next part of the step, in the end the primary button."""
        parts = (*self._parts, self.bars.next)
        shown = [part for part in parts if part.isVisible() and part.isEnabled()]
        focus = QApplication.focusWidget()
        here = next((place for place, part in enumerate(shown) if _holds(part, focus)), -1)
        if shown:
            part = shown[(here + by) % len(shown) if here >= 0 else 0]
            part.setFocus(Qt.FocusReason.TabFocusReason)
            if part is not self.bars.next:
                self._area.ensureWidgetVisible(part)

    def show_state(self, found: Preview | None, *, ready: bool) -> None:
        """What is shown and can be pressed now."""
        busy, step = self.busy, self.step
        for place, pill in enumerate(self._pills):
            pill.setChecked(place == step)
            pill.setEnabled(not busy and (place <= step if step < RESULT else place == RESULT))
        self._title.setText(f"导入 · 第 {step + 1} 步 {STEPS[step][2:]}")
        self._summary.setText(bars.said(step, found))
        shown = self._stack.currentWidget()
        if (
            shown is not None
        ):  # the others are out of sight: a word to each of their parts would only take time
            shown.setEnabled(not busy)
        self.bars.show_state(step, found, busy=busy, ready=ready)

    def _pill(self, place: int) -> None:
        """Back by a click on an earlier step; forward only by the button."""
        if FILES <= place < self.step < RESULT and not self.busy:
            self.go(place)
        self.mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Not a shortcut: it would take Esc from the lists and cells that close with it.
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.start(paths)


def _holds(part: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (part is focus or part.isAncestorOf(focus))
