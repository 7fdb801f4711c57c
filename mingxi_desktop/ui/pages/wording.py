"""文字: the wording of the chosen report at the left, its pages as they would print at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ledger.reports.narrating import OwnWording, WordingDraft
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report.template_lines import Fault
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.page_view import PageView
from mingxi_desktop.ui.part_keys import PartKeys
from mingxi_desktop.ui.shapes import card, label
from mingxi_desktop.ui.turns import Turns
from mingxi_desktop.ui.value_words import until
from mingxi_desktop.ui.wording import reading
from mingxi_desktop.ui.wording.commands import Commands
from mingxi_desktop.ui.wording.document import bare
from mingxi_desktop.ui.wording.editor import WordingEdit
from mingxi_desktop.ui.wording.faces import Faces, Known
from mingxi_desktop.ui.wording.faults import FaultList, mistakes
from mingxi_desktop.ui.wording.finding import FindBar
from mingxi_desktop.ui.wording.following import Follower
from mingxi_desktop.ui.wording.outline import Entry, Outline, heading_words, tags
from mingxi_desktop.ui.wording.reading import Tried
from mingxi_desktop.ui.wording.tools import Tools
from mingxi_desktop.ui.wording.trial import PAUSE, Text, Trial

_GLANCE = 150
"""Milliseconds after the last key before buttons and marks follow."""
_WITH_OUTLINE, _BOTH = 1100, 760
"""Widths from which the sections stand at the left, and text and pages side by side."""
_HINT = "双击蓝底的数换写法，打 { 加指标，灰底的小块是条件。"


class WordingPage(QWidget):
    """Edits the wording of one report; nothing is kept until it is saved."""

    status = Signal(str)
    """What the status bar says of this page."""
    saved = Signal()
    unsaved = Signal(bool)
    """Whether the text differs from what is kept."""
    kept_order = Signal()
    """Another report was refused, its text not being saved: `order` is still the one before."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._order = Order(context.year)
        self._wording: OwnWording | None = None
        """What is kept, once the editor shows all of it: before, nothing can be changed or saved."""
        self._coming: OwnWording | None = None
        """What the editor is about to show."""
        self._ids: dict[str, str] = {}
        self._wanted: tuple[str, int] | None = None
        """Where to begin once the text is there."""
        self._kept_since = False
        """Whether the text was kept since it was read: undo leads back past that."""
        self.edit = WordingEdit()
        self.view = PageView()
        self.outline = Outline()
        self.faults = FaultList()
        self.finder = FindBar(self.edit)
        self.commands = Commands(context, self.edit, self)
        self._tools = Tools(self.commands, self.edit, self.finder)
        self._follower = Follower(self.edit, self.view, self.commands)
        self._trial = Trial(context, self._to_try, self)
        self._glance = QTimer(self, singleShot=True, interval=_GLANCE)
        self._glance.timeout.connect(self._look_around)
        self._shown = Turns(iter(()), self)
        self._lay_out()
        self._connect()
        self._look_around()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._tools.row)
        column.addWidget(self.finder)
        # What is put into something that stands on the page already is polished once, not at every move.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(self.outline)
        self._text = left = card(self._splitter)
        self._state = label(_HINT, "muted", left)
        self._state.setWordWrap(True)
        left.column.setContentsMargins(theme.HALF, theme.HALF, theme.HALF, theme.HALF)
        left.column.addWidget(self.edit, 1)
        left.column.addWidget(self.faults)
        left.column.addWidget(self._state)
        self.view.setMinimumWidth(240)
        self._splitter.addWidget(self.view)
        self._splitter.setSizes([200, 560, 580])
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setStretchFactor(2, 1)
        self._splitter.setChildrenCollapsible(False)
        column.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self.edit.hidden.connect(self._hide_text)
        self.edit.loaded.connect(self._loaded)
        self.edit.textChanged.connect(self._edited)
        self.edit.cursorPositionChanged.connect(self._cursor_moved)
        self.edit.chip_chosen.connect(self._follower.to_pages)
        self.edit.find_wanted.connect(self.finder.begin)
        self.view.number_chosen.connect(self._follower.to_number)
        self.outline.chosen.connect(self._follower.to_section)
        self.outline.move_wanted.connect(self.commands.move)
        self.faults.chosen.connect(self._go_to)
        self._tools.pages.clicked.connect(lambda *_: self._arrange())
        self._tools.save.clicked.connect(lambda *_: self.save())
        self._trial.tried.connect(self._tried)
        self._trial.refused.connect(self._not_made)
        self.commands.known_anew.connect(self._take_known)
        self._context.changed.connect(self._records_changed)
        parts = (self.outline.list, self.edit, self.view)
        PartKeys(self, [(part, part.setFocus) for part in parts])

    # which report

    def set_order(self, order: Order) -> None:
        """Edit the wording of this report; unsaved text of another one is asked about first."""
        order = order.plain
        if _same_text(order, self._order) and self._wording is not None:
            if order != self._order:
                self._order = self.commands.order = order
                self.refresh()
            return
        if self.may_leave(lambda: self._open(order)):
            self._open(order)
        else:
            self.kept_order.emit()

    def _open(self, order: Order) -> None:
        self._order = self.commands.order = order
        self._wording = self._coming = None
        self.refresh()

    @property
    def order(self) -> Order:
        """The report whose wording is edited."""
        return self._order

    def refresh(self) -> None:
        """Read wording and numbers anew; unsaved text stays."""
        self.commands.order = self._order
        self._context.read(reading.read, self._order, done=self._show, owner=self)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._wording is None:
            self.refresh()
        elif self._trial.stale:
            self._trial.start(0)
        self.say()

    def say(self) -> None:
        """Say in the status bar which text is edited, and how it stands; nothing out of sight."""
        if self._wording is not None and self.isVisible():
            kept = "有改动没有保存" if self.dirty else "和保存的一样"
            text = f"{self._order.year}年{self._wording.label}的文字　{self.outline.list.count()} 节，{kept}"
            self.status.emit(f"{text}　{until(self._order.year, self._order.as_of)}")

    def _records_changed(self, _changes: Changes) -> None:
        self._trial.stale = True
        if self.isVisible():
            self.refresh()

    def _show(self, found: tuple[OwnWording, Known]) -> None:
        wording, known = found
        shown = self._coming or self._wording
        typing = self._coming is None and self.dirty
        self._take_known(known)
        if not typing and (shown is None or shown.now != wording.now):
            self._load(wording)
        elif self._coming is not None:
            self._coming = wording
        else:
            self._know(wording)

    def _load(self, wording: OwnWording) -> None:
        """Have the editor show a text that is kept."""
        self._coming, self._wording = wording, None
        self.edit.load(wording.now)
        self.unsaved.emit(False)

    def _hide_text(self) -> None:
        """Until the editor shows another text nothing can be done with one."""
        self.outline.show_entries([], -1)
        self._tools.enable(text=False, save=False)

    def _loaded(self) -> None:
        if self._coming is None:  # it was put back, or another report has been asked for meanwhile
            self._edited()
            return
        wording, self._coming = self._coming, None
        sections = (*wording.delivered.sections, *wording.now.sections)
        self._ids = {section.id: section.id for section in sections}
        self._kept_since = False
        self._know(wording)

    def _know(self, wording: OwnWording) -> None:
        """The text that the editor shows is about this one, which is kept."""
        self._wording = self.commands.wording = wording
        self._trial.stale = True
        self._shown.stop()
        self._shown = Turns(self._after_text(), self)

    def _after_text(self) -> Iterator[None]:
        """Once the text is there, in turns of their own."""
        self._look_around()
        yield
        self._trial.start(0)
        self._begin()

    def _take_known(self, known: Known) -> None:
        self.edit.set_faces(Faces(replace(known, numbers=self.edit.faces.known.numbers)))

    # what is written

    @property
    def dirty(self) -> bool:
        """Whether the text differs from what is kept."""
        touched = self._kept_since or self.edit.document().isModified()
        if self._wording is None or not touched:
            return False
        return bare(self.draft()) != bare(self._wording.now)

    def draft(self) -> WordingDraft:
        """The wording as it stands in the editor."""
        return self.edit.written().draft(self._ids)

    def _edited(self) -> None:
        if not self.edit.whole:
            return
        self._trial.stale = self._follower.typed = True
        self._trial.start(PAUSE)
        self._glance.start()

    def _look_around(self) -> None:
        """Buttons, list of sections and marks follow the text."""
        dirty = self.dirty
        self._tools.enable(text=self._wording is not None, save=dirty)
        self.unsaved.emit(dirty)
        if self._wording is None:
            return
        written, document = self.edit.written(), self.edit.document()
        told = tags(written, self._ids, self._wording, self._order)
        self.edit.set_tags(told)
        words = heading_words(document, written, self.edit.faces)
        pairs = zip(words, written.sections, strict=True)
        entries = [Entry(heading, told[lines.key]) for heading, lines in pairs]
        self.outline.show_entries(entries, self.commands.place)
        self.say()

    def _cursor_moved(self) -> None:
        if not self.edit.whole:
            return
        if not self._glance.isActive():
            self.outline.show_current(self.commands.place)
        position = self.edit.selected_chip()
        if position >= 0:
            self.view.select(self.edit.faces.indicator_of(self.edit.chip(position)))

    # trying it out

    def _to_try(self) -> Text | None:
        if self._wording is None or not self.isVisible():
            return None
        return Text(self._order, self.draft(), self.edit.document().revision())

    def _tried(self, tried: Tried, revision: int) -> None:
        if revision == self.edit.document().revision():
            self._show_faults(tried.faults)
        if tried.rendered is None:
            return
        self.view.set_report(tried.rendered)
        self._follower.pages_made(tried.rendered.outline)
        numbers = tried.numbers or {}
        if numbers != self.edit.faces.known.numbers:
            self.edit.set_faces(Faces(replace(self.edit.faces.known, numbers=numbers)))

    def _not_made(self, error: UserError) -> None:
        self.view.set_report(None)
        self._state.setText(f"页面没有排出来：{error.title}。{error.hint}")

    def _show_faults(self, faults: tuple[Fault, ...] | list[Fault], *, refused: bool = False) -> None:
        written = self.edit.written()
        headings = heading_words(self.edit.document(), written, self.edit.faces)
        found = mistakes(faults, written, self._ids, headings)
        self.faults.show_mistakes(found, refused=refused)
        self.edit.mark([(one.start, one.end) for one in found])
        self._state.setText("改好红线处以后，页面才会更新。" if found else _HINT)
        self.edit.ensureCursorVisible()

    def _go_to(self, start: int, end: int) -> None:
        self._tools.pages.setChecked(False)
        self._arrange()
        last = self.edit.document().characterCount() - 1
        self.edit.select(min(start, last), min(end, last))
        self.edit.setFocus()

    # keeping it

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether other text may be shown: asks when this one is not saved.

        then: what was to be done; it is done later when the answer is 保存 and the text has no fault.
        """
        if not self.dirty:
            return True
        what = f"{self._wording.label if self._wording else '报告'}的文字"
        answer = ask.save_changes(what, parent=self)
        if answer is ask.Answer.SAVE:
            self.save(then)
        elif answer is ask.Answer.DISCARD and self._wording is not None:
            self._load(self._wording)
        return answer is ask.Answer.DISCARD

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the text; where it has faults they are shown and nothing is kept.  then: done once it is kept."""
        if not self.dirty:
            return
        written = self.edit.written()
        draft, keys = written.draft(self._ids), [section.key for section in written.sections]

        def kept(now: OwnWording) -> None:
            self._kept(now, keys)
            if then is not None:
                then()

        def keep(faults: list[Fault]) -> None:
            if faults:
                self._show_faults(faults, refused=True)
                return
            again = partial(self._context.read, narrating.own_wording, self._order, done=kept, owner=self)
            self._context.write(
                narrating.save, self._order, draft, done=lambda _: again(), failed=self._refused, owner=self
            )

        self._context.read(reading.check, self._order, draft, done=keep, owner=self)

    def _kept(self, wording: OwnWording, keys: list[str]) -> None:
        """What was written is kept.  keys: of its sections, in order; new ones have got ids."""
        self._ids |= dict(zip(keys, (section.id for section in wording.now.sections), strict=False))
        self._wording = self.commands.wording = wording
        self._kept_since = True
        self._look_around()
        self.saved.emit()

    def _refused(self, error: UserError) -> None:
        self.faults.show_refusal(str(error))

    # text and pages

    def begin_at(self, indicator: str, heading: int) -> None:
        """Put the cursor on a number, or where it is not in the text below a printed heading (from 0)."""
        self._wanted = indicator, heading
        if self._wording is not None:
            self._begin()

    def _begin(self) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._follower.begin_at(*wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """On narrow windows the sections go, and text and pages take turns."""
        wide = self.width()
        self.outline.setVisible(wide >= _WITH_OUTLINE)
        one = wide < _BOTH
        self._tools.pages.setVisible(one)
        pages = self._tools.pages.isChecked()
        self.view.setVisible(not one or pages)
        self._text.setVisible(not one or not pages)


def _same_text(one: Order, other: Order) -> bool:
    """Whether two orders are of the same wording; the cut-off date changes only numbers."""
    return (one.template, one.year, one.span) == (other.template, other.year, other.span)
