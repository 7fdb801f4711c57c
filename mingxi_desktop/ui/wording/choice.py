"""The list of indicators to choose from: searched by words, pinyin and initials, those used last first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import thousands
from mingxi_desktop.ui.wording.ranking import Candidate, fitting, recent

_COLUMNS = (
    ListColumn("名称"),
    ListColumn("现在的数", 110, right=True),
    ListColumn("单位", 60),
    ListColumn("报告位置", 150, optional=True),
)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class IndicatorChoice(QWidget):
    """A search line over a list; ↑ ↓ in the line move in the list, Enter takes (or ticks) the line there.

    ticks: several can be chosen; `chosen` has them in the order in which they were ticked.
    """

    taken = Signal()
    """Enter or a double click: what is current is wanted."""
    changed = Signal()
    """Something else is current, or ticked."""

    def __init__(
        self,
        found: Sequence[Candidate],
        settings: QSettings,
        *,
        ticks: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._all = tuple(found)
        self._ticks = ticks
        self._recent = recent(settings)
        self.chosen: list[str] = []
        self._may: Callable[[Candidate], bool] = lambda _: True
        self.search = SearchLine("搜索指标", "搜索：文字、拼音或首字母")
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _: self.refresh())
        self.list = Listing("可用的指标", _COLUMNS)
        self.list.set_empty_text("没有找到。换几个字试试，或者新建一个指标。")
        self.list.opened.connect(lambda _: self._take())
        self.list.current_changed.connect(lambda _: self.changed.emit())
        self.list.ticked.connect(self._ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.search)
        self.refresh()

    def only(self, may: Callable[[Candidate], bool]) -> None:
        """Offer only what may be chosen; what may not is chosen no longer."""
        self._may = may
        barred = {one.source for one in self._all if not may(one)}
        self.chosen = [source for source in self.chosen if source not in barred]
        self.refresh()

    def set_candidates(self, found: Sequence[Candidate], current: str = "") -> None:
        """Offer others, that one being current."""
        self._all = tuple(found)
        self.search.clear()
        self.refresh()
        sources = [line.key.source for line in self.list.lines.lines]
        if current in sources:
            self.list.selectRow(sources.index(current))

    def refresh(self) -> None:
        """Show what fits the search."""
        offered = [one for one in self._all if self._may(one)]
        found = fitting(offered, self.search.text(), (*self.chosen, *self._recent))
        self.list.set_lines([self._line(one) for one in found], keep=False)
        self.changed.emit()

    def current(self) -> Candidate | None:
        """The line with the cursor."""
        found = self.list.current()
        return found if isinstance(found, Candidate) else None

    def _line(self, one: Candidate) -> Line:
        part = "最近用过" if one.source in self._recent and not self.search.text().strip() else one.part
        ticked = one.source in self.chosen if self._ticks else None
        return Line((one.label, thousands(one.value), one.unit, part), one, {3: "muted"}, ticked=ticked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _STEPS and self.list.lines.lines:
                row = self.list.currentIndex().row() + _STEPS[Qt.Key(event.key())]
                self.list.selectRow(max(0, min(len(self.list.lines.lines) - 1, row)))
                return True
            if event.key() in _ENTER and self.current() is not None:
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        one = self.current()
        if one is None:
            return
        if self._ticks:
            self._ticked(one, one.source not in self.chosen)
            self.list.set_lines([self._line(line.key) for line in self.list.lines.lines])
        else:
            self.taken.emit()

    def _ticked(self, one: Candidate, ticked: bool) -> None:
        if ticked and one.source not in self.chosen:
            self.chosen.append(one.source)
        elif not ticked and one.source in self.chosen:
            self.chosen.remove(one.source)
        self.changed.emit()
