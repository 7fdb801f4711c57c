"""The indicators of a ledger: those delivered, the clerk's own, and delivered ones in another wording.

A definition is data and is checked like a delivered one before it is kept; from then on it is used by
templates, charts, tables and proofreading alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from mingxi_desktop.domain.indicator_book import IndicatorBook, book_with, delivered_book
from mingxi_desktop.domain.indicator_data import from_table, to_table
from mingxi_desktop.domain.indicators import Indicator, Period, Trace
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage.definitions import DefinitionTable
from mingxi_desktop.storage.store import Store

_FORM, _KEY = 1, "指标定义"
_MOST = 500
"""Indicators in one file; more is no file of ours."""


@guarded
class Definitions:
    """Reads and keeps the definitions of one ledger file."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        prove: Callable[[Indicator, Period, IndicatorBook], Trace],
        words: Callable[[str], Collection[str]],
    ) -> None:
        """prove: value and records of an indicator of a book.  words: those of a vocabulary, own ones too."""
        self._store = store
        self._words = words
        self._writer = writer
        self._table = DefinitionTable(store)
        self._prove = prove
        self._book: IndicatorBook | None = None

    @property
    def book(self) -> IndicatorBook:
        """All indicators of the ledger."""
        if self._book is None:
            self._book = self._read_book()
        return self._book

    def check(self, indicator: Indicator, *, was: str = "") -> Indicator:
        """The indicator, as it would stand in the book; UserError says what is wrong with it."""
        tidied = self._read(to_table(indicator), indicator.label or "新指标")
        self._together(tidied, was)
        return tidied

    def try_out(self, indicator: Indicator, period: Period, *, was: str = "") -> Trace:
        """Value and records of a definition that is not kept; UserError where it cannot be evaluated."""
        book = self._together(self.check(indicator, was=was), was)
        return self._prove(book.get(indicator.id), period, book)

    def save(self, indicator: Indicator, *, was: str = "") -> Changes:
        """Keep an indicator, new or changed.  was: its id until now where that is another one."""
        tidied = self.check(indicator, was=was)
        if was and was != tidied.id:
            self._may_go(was)
        new = tidied.id not in self.book.by_id and not was
        sentence = f"{'新增' if new else '修改'} 指标 {tidied.label}"
        with self._change(sentence):
            if was and was != tidied.id:
                self._table.remove(was)
            self._table.put(tidied.id, _text(tidied))
        return Changes(sentence)

    def remove(self, id: str) -> Changes:
        """Forget an own indicator, or the other wording of a delivered one."""
        indicator = self.book.get(id)
        if id not in self.book.own and id not in self.book.changed:
            raise UserError(
                f"“{indicator.label}”是程序自带的指标，不能删除", "", "不想印它时，改报告文字即可。"
            )
        own = id in self.book.own
        if own:
            self._may_go(id)
        sentence = f"{'删除' if own else '恢复自带的'} 指标 {indicator.label}"
        with self._change(sentence):
            self._table.remove(id)
        return Changes(sentence)

    def export_text(self, ids: Iterable[str] = ()) -> str:
        """The clerk's own indicators, or those named, as the text of a file for another PC."""
        wanted = tuple(ids) or tuple(item.id for item in self.book.indicators if self._is_mine(item.id))
        tables = [to_table(self.book.get(id)) for id in wanted]
        return json.dumps({"form": _FORM, _KEY: tables}, ensure_ascii=False, indent=1)

    def read(self, text: str) -> tuple[Indicator, ...]:
        """The indicators of such a file, each checked; UserError names the one at fault."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            data = None
        tables = data.get(_KEY) if isinstance(data, dict) else None
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise UserError("这不是指标定义文件", "", "请选用【导出定义】存出来的文件。")
        if data.get("form") != _FORM:
            raise UserError("这个指标定义文件是别的版本的程序写的", "", "请升级程序后再导入。")
        if len(tables) > _MOST:
            raise UserError(f"文件里的指标超过{_MOST}个", "", "请检查是不是选错了文件。")
        return tuple(self._read(table, f"第{number}个指标") for number, table in enumerate(tables, 1))

    def take_in(self, indicators: Sequence[Indicator]) -> Changes:
        """Keep indicators from a file, all or none; those of the same id are replaced."""
        mine = {**self._own(), **{item.id: item for item in indicators}}
        book_with(tuple(mine.values()))
        names = "、".join(item.label for item in indicators[:3]) + ("等" if len(indicators) > 3 else "")
        sentence = f"导入 指标定义 {names}（{len(indicators)}个）"
        with self._change(sentence):
            for item in indicators:
                self._table.put(item.id, _text(item))
        return Changes(sentence)

    def _change(self, sentence: str) -> Any:
        self._book = None
        return self._writer.change(sentence)

    def _is_mine(self, id: str) -> bool:
        return id in self.book.own or id in self.book.changed

    def _own(self) -> dict[str, Indicator]:
        return {item.id: item for item in self.book.indicators if self._is_mine(item.id)}

    def _together(self, indicator: Indicator, was: str) -> IndicatorBook:
        mine = {id: item for id, item in self._own().items() if id != was or id == indicator.id}
        return book_with(tuple({**mine, indicator.id: indicator}.values()))

    def _may_go(self, id: str) -> None:
        users = [item.label for item in self.book.users(id)]
        if users:
            raise UserError(
                f"“{self.book.get(id).label}”还被别的指标用着",
                f"用它的指标：{'、'.join(users)}",
                "先改好它们。",
            )

    def _read_book(self) -> IndicatorBook:
        kept = [self._read(json.loads(text), f"本台账的指标 {id}") for id, text in self._table.all().items()]
        return book_with(kept) if kept else delivered_book()

    def _read(self, table: Mapping[str, Any], place: str) -> Indicator:
        return from_table(table, place, self._words)


def _text(indicator: Indicator) -> str:
    return json.dumps(to_table(indicator), ensure_ascii=False)
