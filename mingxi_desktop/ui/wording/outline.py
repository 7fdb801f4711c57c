"""The sections of a report beside its text: a click leads there, buttons move them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mingxi_desktop.ledger.reports.narrating import OwnWording, SectionDraft
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui.shapes import Card, button, label, row
from mingxi_desktop.ui.wording.blocks import key_of
from mingxi_desktop.ui.wording.document import Written
from mingxi_desktop.ui.wording.faces import Faces
from mingxi_desktop.ui.wording.look import Tag
from mingxi_desktop.ui.wording.numbering import level
from mingxi_desktop.ui.wording.sections import headings
from mingxi_desktop.ui.wording.source import Sort

OPENING = "（开头）"
DELIVERED = "程序自带"
_NEW = "新的一节"
_NARROWEST = 150


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the list."""

    heading: str
    tag: Tag


class Outline(Card):
    """The list of sections."""

    chosen = Signal(int)
    """A section was clicked: its place."""
    move_wanted = Signal(int)
    """The current section is to go up (-1) or down (1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName("报告的章节")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(_NARROWEST)
        self.list.itemClicked.connect(lambda item: self.chosen.emit(self.list.row(item)))
        self.list.itemActivated.connect(lambda item: self.chosen.emit(self.list.row(item)))
        self._up = button("上移", lambda: self.move_wanted.emit(-1), tip="把这一节往上移一节，序号跟着改")
        self._down = button("下移", lambda: self.move_wanted.emit(1), tip="把这一节往下移一节，序号跟着改")
        self.column.addWidget(label("章节", "title"))
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row(self._up, self._down, None))

    def show_entries(self, entries: Sequence[Entry], current: int) -> None:
        """Show these sections, one of them as the one with the cursor."""
        while self.list.count() > len(entries):
            self.list.takeItem(self.list.count() - 1)
        for place, entry in enumerate(entries):
            if place == self.list.count():
                self.list.addItem(QListWidgetItem())
            item = self.list.item(place)
            told = f"\n　　{entry.tag.text}" if entry.tag.text != DELIVERED else ""
            text = f"{'　' if level(entry.heading) == 2 else ''}{entry.heading}{told}"
            if item.text() != text:
                item.setText(text)
                item.setToolTip(f"{entry.heading}\n{entry.tag.text}")
        self.show_current(current)

    def show_current(self, place: int) -> None:
        """The section that the cursor is in."""
        if place != self.list.currentRow():
            self.list.setCurrentRow(place)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < self.list.count() - 1)


def heading_words(document: QTextDocument, written: Written, faces: Faces) -> list[str]:
    """The headings as they will print."""
    found = []
    for section in written.sections:
        runs = section.heading.runs if section.heading is not None else ()
        text = "".join(run.source if run.sort is Sort.TEXT else faces.face(run.source).value for run in runs)
        found.append(text.strip())
    for place, block in enumerate(headings(document)):
        if place < len(found) and not found[place]:
            found[place] = OPENING if not place else _NEW if key_of(block).startswith("+") else "（没有标题）"
    return found


def tag_of(section: SectionDraft, wording: OwnWording, order: Order) -> Tag:
    """Where a section's text comes from, in a few words."""
    kept = {one.id: one for one in wording.now.sections}.get(section.id)
    if kept is None:
        return Tag("新的一节，未保存", "warning")
    if (kept.heading, kept.text.strip()) != (section.heading, section.text.strip()):
        return Tag("改过，未保存", "warning")
    carried = wording.carried.get(section.id)
    if carried is not None:
        please = "，请改" if kept.narrative else ""
        return Tag(f"沿用{when_words(carried, order)}的文字{please}", "warning" if please else "muted")
    return Tag("本局自己写的" if section.id in wording.own else DELIVERED)


def when_words(when: int, order: Order) -> str:
    """The year, month or flood that a text was written for."""
    if order.month:
        return f"{when // 100}年{when % 100}月"
    return f"{when // 100_000}年一次灾害过程" if order.event else f"{when}年"


def tags(written: Written, ids: Mapping[str, str], wording: OwnWording, order: Order) -> dict[str, Tag]:
    """Key of each section → what is told of it."""
    draft = written.draft(ids)
    return {
        lines.key: tag_of(section, wording, order)
        for lines, section in zip(written.sections, draft.sections, strict=True)
    }
