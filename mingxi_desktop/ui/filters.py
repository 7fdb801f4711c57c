"""Filter chips: one per field worth filtering by, with how many records each word has."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query, Range, Wanted
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import style
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.shapes import literal
from mingxi_desktop.ui.tick_menu import TickMenu, counted

MONTH = "month"
_MOST_WORDS = 40


def month_range(year: int, months: Sequence[int]) -> Range:
    """From the first day of the first to the last day of the last month."""
    first, last = min(months), max(months)
    return Range(datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1]))


class FilterChip(QToolButton):
    """乡镇：全部 ▾ — a menu of the words the records have, with their numbers."""

    chosen = Signal(str, object)
    """Field and what is wanted (None = all)."""

    def __init__(self, context: Context, kind: Kind, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self.field = field
        self.label = "月份" if field == MONTH else kind.field(field).label
        self._query = Query(kind.name)
        self._words: dict[Any, str] = {}
        self._wanted: tuple[Any, ...] = ()
        style.set_state(self, "chip", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # Of several words several are wanted, of months one.
        self._menu = QMenu(self) if field == MONTH else TickMenu(self)
        self._menu.aboutToShow.connect(self._ask)
        self.setMenu(self._menu)
        self._label()

    @property
    def where_field(self) -> str:
        """The field of the query that the chip decides."""
        return self._kind.date if self.field == MONTH else self.field

    def set_query(self, query: Query) -> None:
        """The query of the page, from which the chip shows its own part."""
        self._query = query
        wanted = dict(query.where).get(self.where_field)
        if isinstance(wanted, Range):
            months = _months_of(wanted) if self.field == MONTH else ()
            self._wanted = months
        else:
            self._wanted = tuple(wanted or ()) if self.field != MONTH else ()
        unknown = [value for value in self._wanted if value not in self._words]
        if unknown and self.field != MONTH:
            self._context.read(_shown, self._kind.name, self.field, unknown, done=self._learn, owner=self)
        self._label()

    def _learn(self, words: dict[Any, str]) -> None:
        self._words.update(words)
        self._label()

    def _label(self) -> None:
        if not self._wanted:
            text = self.label
        else:
            names = [self._name(value) for value in self._wanted]
            shown = "、".join(names[:2]) + (f" 等{len(names)}项" if len(names) > 2 else "")
            text = f"{self.label}：{shown}"
        self.setText(literal(text))
        self.setAccessibleName(f"按{self.label}筛选：{text}")
        style.set_state(self, "active", bool(self._wanted))

    def _name(self, value: Any) -> str:
        return f"{value}月" if self.field == MONTH else self._words.get(value, "…")

    def _ask(self) -> None:
        rest = self._query.with_where(self.where_field, None)
        self._menu.clear()
        self._menu.addAction("正在统计…").setEnabled(False)
        self._context.read(_facet, rest, self.field, done=self._fill, owner=self)

    def _fill(self, rows: list[tuple[Any, str, int]]) -> None:
        self._menu.clear()
        everything = self._menu.addAction("全部")
        everything.triggered.connect(lambda: self._choose(()))
        self._menu.addSeparator()
        shown = rows[:_MOST_WORDS]
        said = counted([(name, number) for _, name, number in shown])
        for (value, name, _), text in zip(shown, said, strict=True):
            self._words[value] = name
            action = QAction(literal(text), self._menu)
            action.setCheckable(True)
            action.setChecked(value in self._wanted)
            action.triggered.connect(lambda on, value=value: self._toggle(value, on=on))
            self._menu.addAction(action)
        if not rows:
            self._menu.addAction("没有记录").setEnabled(False)

    def _toggle(self, value: Any, *, on: bool) -> None:
        rest = tuple(item for item in self._wanted if item != value)
        self._choose((*rest, value) if on and self.field != MONTH else (value,) if on else rest)

    def _choose(self, values: tuple[Any, ...]) -> None:
        self._wanted = values
        self._label()
        wanted: Wanted | None = values or None
        if values and self.field == MONTH:
            wanted = month_range(self._query.year or self._context.year, values)
        self.chosen.emit(self.where_field, wanted)


def filter_fields(kind: Kind) -> list[str]:
    """The chips of a kind: area first, then the month, then its own choices."""
    names = [field.name for field in kind.fields if field.filter]
    ordered = sorted(names, key=lambda name: name != "area")
    place = 1 if ordered[:1] == ["area"] else 0
    if kind.field(kind.date).type is FieldType.DATE and not kind.state:
        ordered.insert(place, MONTH)
    return ordered


def _months_of(wanted: Range) -> tuple[int, ...]:
    if wanted.low is None or wanted.high is None:
        return ()
    return (
        (wanted.low.month,)
        if wanted.low.month == wanted.high.month
        else (wanted.low.month, wanted.high.month)
    )


def _facet(ledger: Ledger, query: Query, field: str) -> list[tuple[Any, str, int]]:
    if field == MONTH:
        rows = [(month, number) for month, number in ledger.grouped(query, (MONTH,), ("count",)) if month]
        return [(month, f"{month}月", number) for month, number in rows]
    return [
        (value, _word(ledger, query.kind, field, value), number)
        for value, number in ledger.facet(query, field)
    ]


def _word(ledger: Ledger, kind: str, field: str, value: Any) -> str:
    several = kind_of(kind).field(field).type is FieldType.MULTI
    return (ledger.show(kind, field, (value,) if several else value) if value is not None else "") or "（空）"


def _shown(ledger: Ledger, kind: str, field: str, values: Sequence[Any]) -> dict[Any, str]:
    return {value: _word(ledger, kind, field, value) for value in values}
