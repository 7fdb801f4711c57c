"""Rows of which it is plain that they are data: found a column at a time, for a block of rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat, zip_longest
from typing import Any

from mingxi_desktop.exchange.cells import Cell, Row, has_empty, is_empty
from mingxi_desktop.exchange.recognising.layout import Layout, Role
from mingxi_desktop.exchange.recognising.rows import (
    header_keys,
    is_total,
    may_be_total,
    may_stand_first,
    repeats_header,
)

_WORDS = frozenset({str, type(None)})
_TELLING = (Role.FIELD, Role.PARENT)
_DITTO = frozenset({"同上", "同前", "〃", "″", "”", "“", "“”", "''", '"', "同 上", "同上。"})


def is_ditto(cell: object) -> bool:
    """Whether a cell says 同上."""
    return type(cell) is str and cell.strip() in _DITTO


class Block:
    """Rows below a header, side by side.

    columns: the cells of each column, None where a row is too short.  dittos: whether a cell says 同上.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.number = len(rows)
        self.columns = list(zip_longest(*rows))
        self._types = [set(map(type, column)) for column in self.columns]
        self._texts = [
            [cell for cell in set(column) if type(cell) is str] if str in types else []
            for column, types in zip(self.columns, self._types, strict=True)
        ]
        self.dittos = not _DITTO.isdisjoint(map(str.strip, chain.from_iterable(self._texts)))

    def cells(self, column: int, first: int, last: int) -> Sequence[Cell]:
        """The cells of one column from one row of the block to before another."""
        if column >= len(self.columns):
            return list(repeat(None, last - first))
        return self.columns[column][first:last]

    def remarkable(self, layout: Layout) -> list[int] | None:
        """The rows that need a closer look, from the top; None where all of them do.

        Of every other row `total_word` and `reason_to_skip` say nothing (栏号行 aside), it has two filled cells, and
        one of them is of a column that means something.
        """
        full = [place for place, types in enumerate(self._types) if type(None) not in types]
        telling = {column.index for column in layout.columns if column.role in _TELLING}
        if len(full) < 2 or telling.isdisjoint(full):
            return None
        inside = [column.index for column in layout.columns if column.index < len(self.columns)]
        # A row that repeats the header has nothing but words, so one column without any is enough.
        words = all(self._types[place].intersection(_WORDS) for place in inside)
        heads = header_keys(layout) if words else frozenset()
        found: set[int] = set()
        for place, texts in enumerate(self._texts):
            odd: set[Any] = set(filter(is_empty, texts)) if has_empty(texts) else set()
            whole = "\n".join(texts)
            if may_be_total(whole):
                odd.update(filter(is_total, texts))
            if place <= full[0]:
                odd.update(filter(may_stand_first, texts))
            if heads:
                odd.update(text for text in texts if repeats_header(text, heads))
            if odd:
                found.update(at for at, cell in enumerate(self.columns[place]) if cell in odd)
        return sorted(found)
