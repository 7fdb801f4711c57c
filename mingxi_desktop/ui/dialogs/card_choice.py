"""Which key indicators the first page shows, and in which order."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.indicator_book import IndicatorBook, delivered_book
from mingxi_desktop.ledger.overview import KEY_INDICATORS, MOST_CARDS, chosen_cards
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import button, label, row

_COLUMNS = (ListColumn("指标"), ListColumn("单位", 88), ListColumn("位置", 72))
_SEARCH_WIDTH = 260


class CardChoice(QWidget):
    """All indicators with a tick for those that are shown; these stand first, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = delivered_book()
        self._chosen: list[str] = list(KEY_INDICATORS)
        self._search = SearchLine("搜索指标", "搜索：文字、拼音或首字母")
        self._search.setMinimumWidth(_SEARCH_WIDTH)
        self._count = label(role="muted")
        self.table = Listing("概览上的指标", _COLUMNS)
        self._search.went_on.connect(self.table.setFocus)
        self.table.set_empty_text("没有找到。换个词再找。")
        self._up = button("上移", lambda: self._move(-1))
        self._down = button("下移", lambda: self._move(1))
        usual = button("恢复常用的", lambda: self.set_value(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(row(self._search, None, self._count))
        column.addWidget(self.table, 1)
        column.addLayout(row(self._up, self._down, usual, None))
        self._search.textChanged.connect(lambda _: self._fill())
        self.table.ticked.connect(self._tick)
        self.table.opened.connect(lambda name: self._tick(name, name not in self._chosen))
        self.table.current_changed.connect(lambda _: self._mark())
        self._fill()

    def value(self) -> str:
        """The choice as it is kept; "" for the usual indicators."""
        return "" if tuple(self._chosen) == KEY_INDICATORS else ",".join(self._chosen)

    def set_value(self, kept: str) -> None:
        """Show a choice that was kept."""
        self._chosen = list(chosen_cards(kept, self._book.by_id))
        self._fill()

    def set_book(self, book: IndicatorBook) -> None:
        """The indicators to choose from; before `set_value`."""
        self._book = book

    def _tick(self, name: str, on: bool) -> None:
        self._chosen = [other for other in self._chosen if other != name]
        full = on and len(self._chosen) >= MOST_CARDS
        if on and not full:
            self._chosen.append(name)
        self._fill()
        if full:
            self._count.setText(f"最多 {MOST_CARDS} 个，先去掉一个再选")

    def _move(self, by: int) -> None:
        name = self.table.current()
        if name in self._chosen:
            place = self._chosen.index(name)
            other = max(0, min(len(self._chosen) - 1, place + by))
            self._chosen.insert(other, self._chosen.pop(place))
            self._fill()

    def _fill(self) -> None:
        words = self._search.text().strip()
        rest = [id for id in self._book.by_id if id not in self._chosen]
        shown = [
            name
            for name in (*self._chosen, *rest)
            if not words or texts.matches(words, texts.search_text((self._book.by_id[name].label,)))
        ]
        self.table.set_lines([self._line(name) for name in shown])
        none = "，一个也不选就用常用的" if not self._chosen else ""
        self._count.setText(f"选了 {len(self._chosen)} 个，最多 {MOST_CARDS} 个{none}")
        self._mark()

    def _line(self, name: str) -> Line:
        indicator = self._book.by_id[name]
        on = name in self._chosen
        place = f"第 {self._chosen.index(name) + 1} 个" if on else ""
        return Line((indicator.label, indicator.unit, place), name, ticked=on)

    def _mark(self) -> None:
        name = self.table.current()
        place = self._chosen.index(name) if name in self._chosen else -1
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < len(self._chosen) - 1)
