"""The draft at the left, its numbers and what is to be said of the chosen one at the right."""

from __future__ import annotations

import datetime
from collections.abc import Container, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QWidget

from mingxi_desktop.ledger.reports.proof_choices import Place, places
from mingxi_desktop.report.proofreading.model import Checked, Draft
from mingxi_desktop.report.proofreading.telling import WRONG, summary
from mingxi_desktop.ui import style
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.part_keys import PartKeys
from mingxi_desktop.ui.proofreading.draft_view import DraftView
from mingxi_desktop.ui.proofreading.number_list import NumberList
from mingxi_desktop.ui.proofreading.verdict_card import AUTO, NONE, OTHER, VerdictCard
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import card, label

_NARROWEST, _LOWEST = 200, 40


class ProofDesk(QWidget):
    """Shows one draft and its numbers."""

    other_wanted = Signal()
    """The clerk wants to say which indicator the number looked into is."""
    none_wanted = Signal()
    """The clerk says that it is none."""
    auto_wanted = Signal()
    """What the clerk said of it before no longer holds."""
    paste_wanted = Signal()
    """Ctrl+V: another draft."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: tuple[Checked, ...] = ()
        self._places: tuple[Place, ...] = ()
        self._said: Container[Place] = ()
        self._at = -1
        self._as_of: datetime.date | None = None
        # What is made inside its parent is polished once, not at every move.
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        left = card(splitter)
        self._name, self._summary = label(role="title", parent=left), label(role="muted", parent=left)
        for part in (self._name, self._summary):
            part.setWordWrap(True)
        self.view = DraftView(left)
        left.column.addWidget(self._name)
        left.column.addWidget(self._summary)
        left.column.addWidget(self.view, 1)
        self.view.setMinimumWidth(_NARROWEST)
        splitter.addWidget(left)
        splitter.addWidget(self._right(context, splitter))
        splitter.setSizes([760, 560])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        parts = (self.view, self.numbers.table, self.verdict.proof.table)
        PartKeys(self, [(part, part.setFocus) for part in parts])
        self.view.chosen.connect(self.numbers.show_number)
        self.view.menu_wanted.connect(self._menu)
        self.view.paste_wanted.connect(self.paste_wanted)
        self.numbers.chosen.connect(self._choose)
        self.numbers.menu_wanted.connect(self._menu)
        self.verdict.other_wanted.connect(self.other_wanted)
        self.verdict.none_wanted.connect(self.none_wanted)
        self.verdict.auto_wanted.connect(self.auto_wanted)

    def _right(self, context: Context, parent: QWidget) -> QWidget:
        parts = QSplitter(Qt.Orientation.Vertical, parent)
        listed, looked = card(parts), card(parts)
        self.numbers = NumberList(listed)
        listed.column.addWidget(self.numbers, 1)
        scroll = UprightScroll(looked)
        self.verdict = VerdictCard(context, scroll)
        style.set_state(self.verdict, "plain", value=True)
        scroll.setWidget(self.verdict)
        scroll.setMinimumHeight(_LOWEST)
        looked.column.addWidget(scroll, 1)
        parts.addWidget(listed)
        parts.addWidget(looked)
        parts.setSizes([280, 360])
        parts.setChildrenCollapsible(False)
        return parts

    def set_draft(self, draft: Draft) -> None:
        """Show another draft; its numbers come later."""
        self._checked, self._places, self._at = (), (), -1
        self._name.setText(draft.name or "粘贴的草稿")
        self._summary.setText("正在找出草稿里的数，和台账核对……")
        self.view.set_text(draft.text)
        self.numbers.begin()
        self.numbers.set_checked(())
        self.verdict.clear()

    def set_checked(
        self, checked: Sequence[Checked], said: Container[Place], as_of: datetime.date | None = None
    ) -> None:
        """Show the numbers in the order of the text, judged or judged anew.

        said: places of those that the clerk has spoken for.  as_of: day up to which records were counted.
        """
        chosen, self._said, self._as_of = self.place, said, as_of
        self._checked, self._places = tuple(checked), places(checked)
        self._at = -1
        self._summary.setText(self.summary)
        self.view.set_checked(self._checked)
        self.numbers.set_checked(self._checked)
        if chosen in self._places:
            place = self._places.index(chosen)
            if self.numbers.shows(place):
                self.numbers.show_number(place)
            self._choose(place)  # what has just been mended stays in sight, though its group is not listed

    @property
    def place(self) -> Place | None:
        """Which number is looked into."""
        return self._places[self._at] if self._at >= 0 else None

    @property
    def current(self) -> Checked | None:
        """The number that is looked into."""
        return self._checked[self._at] if self._at >= 0 else None

    @property
    def checked(self) -> tuple[Checked, ...]:
        """All numbers in the order of the text."""
        return self._checked

    @property
    def summary(self) -> str:
        """How many numbers of each verdict there are."""
        return summary(self._checked) if self._checked else "草稿里没有找到数"

    def step(self, by: int) -> bool:
        """Go to the next (1) or previous (-1) number that is wrong, round the end; whether there is one."""
        wrong = [place for place, one in enumerate(self._checked) if one.verdict in WRONG]
        if not wrong:
            return False
        if by > 0:
            self.numbers.show_number(next((place for place in wrong if place > self._at), wrong[0]))
        else:
            at = self._at if self._at >= 0 else len(self._checked)
            self.numbers.show_number(next((place for place in reversed(wrong) if place < at), wrong[-1]))
        return True

    def _choose(self, place: int) -> None:
        self._at = place
        self.view.show_number(place)
        if place < 0:
            self.verdict.clear()
        else:
            one = self._checked[place]
            self.verdict.show_number(one, said=self.place in self._said, as_of=self._as_of)

    def _menu(self, place: int, at: QPoint) -> None:
        self.numbers.show_number(place)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(OTHER).triggered.connect(lambda _=False: self.other_wanted.emit())
        menu.addAction(NONE).triggered.connect(lambda _=False: self.none_wanted.emit())
        if self.place in self._said:
            menu.addAction(AUTO).triggered.connect(lambda _=False: self.auto_wanted.emit())
        menu.popup(at)
