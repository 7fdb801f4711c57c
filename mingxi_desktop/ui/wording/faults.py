"""What is wrong with a wording: a line for each fault under the text, and where it stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout, QWidget

from mingxi_desktop.ledger.reports.narrating import TITLE
from mingxi_desktop.report.template_lines import Fault
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.shapes import label
from mingxi_desktop.ui.wording.document import Written
from mingxi_desktop.ui.wording.source import Sort

_MOST_SHOWN = 3
"""Lines; more can be scrolled to."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault as the clerk is told of it, and where in the document it stands, half open."""

    words: str
    start: int
    end: int


def mistakes(
    faults: Sequence[Fault], written: Written, ids: Mapping[str, str], headings: Sequence[str]
) -> list[Mistake]:
    """The faults in words, with their places.  headings: of the sections, in order."""
    found = []
    for fault in faults:
        start, end = written.where(fault, ids)
        line = written.line(fault, ids)
        message = fault.message
        if line is not None and [run.sort for run in line.runs] == [Sort.CONDITION]:
            message = "这个条件后面还没有文字"
        found.append(Mistake(f"{_place(fault, written, ids, headings)}：{message}", start, end))
    return found


def _place(fault: Fault, written: Written, ids: Mapping[str, str], headings: Sequence[str]) -> str:
    if fault.section == TITLE:
        return "标题"
    place = written.place(fault, ids)
    name = headings[place] if 0 <= place < len(headings) else "报告"
    return f"{name}　第{fault.line}行" if fault.line else f"{name}　标题"


class FaultList(QFrame):
    """The list; out of sight while nothing is wrong."""

    chosen = Signal(int, int)
    """A fault was clicked: its place in the document."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[Mistake] = []
        self._said = label(role="error")
        self._said.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("看不懂的地方")
        self.list.itemClicked.connect(lambda item: self._go(self.list.row(item)))
        self.list.itemActivated.connect(lambda item: self._go(self.list.row(item)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self._said)
        column.addWidget(self.list)
        self.hide()

    def show_mistakes(self, found: Sequence[Mistake], *, refused: bool = False) -> None:
        """Show what is wrong.  refused: it has just kept the text from being saved."""
        self._found = list(found)
        begin = "没有保存：" if refused else ""
        self._said.setText(f"▲ {begin}有 {len(found)} 处看不懂（红线处），改好才能保存。点一条就到那里。")
        self.list.clear()
        for mistake in found:
            self.list.addItem(mistake.words)
            self.list.item(self.list.count() - 1).setToolTip(mistake.words)
        self.list.setFixedHeight(min(len(found), _MOST_SHOWN) * theme.ROW_HEIGHT + 4)
        self.setVisible(bool(found))

    def show_refusal(self, words: str) -> None:
        """Tell why the text could not be kept, where it is no fault of a line."""
        self._found = []
        self._said.setText(words)
        self.list.clear()
        self.list.setFixedHeight(0)
        self.show()

    def _go(self, place: int) -> None:
        if 0 <= place < len(self._found):
            self.chosen.emit(self._found[place].start, self._found[place].end)
