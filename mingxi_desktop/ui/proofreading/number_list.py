"""The numbers of a draft in groups, those that need looking at first, with a button for each group."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from mingxi_desktop.report.proofreading.model import Checked, Verdict
from mingxi_desktop.report.proofreading.telling import NAMES, counts, sentence, written
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.proofreading.look import LOOKS, title
from mingxi_desktop.ui.shapes import toggle

_COLUMNS = (
    ListColumn("结论", 92),
    ListColumn("草稿", 96, right=True),
    ListColumn("台账", 96, right=True),
    ListColumn("指标"),
)
_LEAST = 2 * theme.ROW_HEIGHT + theme.HALF
_NARROWEST = 380
"""Pixels that the four buttons take in one line; the list needs its heading and a number at least."""
_ALL = "这一类没有数"
_NONE = "草稿里没有找到数"


class NumberList(QWidget):
    """Numbers are named by their place among those that were given."""

    chosen = Signal(int)
    """The number with the cursor; -1 if there is none."""
    menu_wanted = Signal(int, QPoint)
    """The right button was pressed on a number: its place, and where on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: tuple[Checked, ...] = ()
        self._pills: dict[Verdict, QToolButton] = {
            verdict: toggle(title(verdict), "segment", partial(self._filter, verdict), self)
            for verdict in NAMES
        }
        self._settled = False
        self.table = Listing("草稿里的数", _COLUMNS, parent=self)
        self.table.setMinimumHeight(_LEAST)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.current_changed.connect(lambda key: self.chosen.emit(-1 if key is None else key))
        self.setMinimumSize(_NARROWEST, theme.INPUT_HEIGHT + theme.GAP + _LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF + 2)
        column.addLayout(flow(list(self._pills.values()), [], theme.HALF))
        column.addWidget(self.table, 1)

    def begin(self) -> None:
        """Another draft: what needs looking at is shown first."""
        self._settled = False

    def set_checked(self, checked: Sequence[Checked]) -> None:
        """Show the numbers, in the order of the text within their groups."""
        self._checked = tuple(checked)
        for verdict, many in counts(checked).items():
            self._pills[verdict].setText(f"{title(verdict)} {many:,}")
            self._pills[verdict].setAccessibleName(f"{NAMES[verdict]} {many:,} 个")
        if checked and not self._settled:
            self._settled = True
            well = all(one.verdict is Verdict.AGREES for one in checked)
            for verdict, pill in self._pills.items():
                pill.setChecked(well or verdict is not Verdict.AGREES)
        self._fill()

    def shows(self, place: int) -> bool:
        """Whether the group of a number is listed."""
        return self._pills[self._checked[place].verdict].isChecked()

    def show_number(self, place: int) -> None:
        """Put the cursor on a number; its group is shown if it was not."""
        if not self.shows(place):
            self._pills[self._checked[place].verdict].setChecked(True)
            self._fill()
        keys = [line.key for line in self.table.lines.lines]
        self.table.selectRow(keys.index(place))

    def _filter(self, _verdict: Verdict) -> None:
        self._fill()

    def _fill(self) -> None:
        groups = [verdict for verdict, pill in self._pills.items() if pill.isChecked()]
        lines = [
            _line(place, one)
            for verdict in groups
            for place, one in enumerate(self._checked)
            if one.verdict is verdict
        ]
        self.table.set_empty_text(_ALL if self._checked else _NONE)
        self.table.set_lines(lines)

    def _menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        if index.isValid():
            self.table.selectRow(index.row())
            self.menu_wanted.emit(
                self.table.lines.lines[index.row()].key, self.table.viewport().mapToGlobal(at)
            )


def _line(place: int, one: Checked) -> Line:
    texts = (title(one.verdict), written(one.amount), one.expected, one.label or "—")
    # A first line without any text from outside: Qt would take a tag in it for markup.
    tip = f"{NAMES[one.verdict]}\n{sentence(one)}"
    return Line(texts, place, {0: LOOKS[one.verdict].role}, tip)
