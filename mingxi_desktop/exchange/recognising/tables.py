"""The tables of a sheet: where each begins and ends, and which ledgers its header fits, the best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.kinds import common
from mingxi_desktop.domain.names import fold_width, header_key
from mingxi_desktop.exchange.cells import Row, Sheet, has_empty
from mingxi_desktop.exchange.recognising.headers import (
    LOOKED_AT,
    depths,
    header_parts,
    layout_at,
    may_be_header,
)
from mingxi_desktop.exchange.recognising.layout import Layout, Role
from mingxi_desktop.exchange.recognising.rows import filled_cells, is_apart, lonely_text
from mingxi_desktop.exchange.recognising.targets import NUMBER_HEADER, TargetIndex, targets_of

_COMMON = frozenset(item.name for item in common.common_fields(approx=True))
_TITLE_WEIGHT = 3.0
_DECORATED = re.compile(r"[()（）\[\]【】:：*＊★※、.\d\ufeff\u200b\u3000-\u303f\uff00-\uffef/%A-Za-z]")
"""What a header may have around the words that are known."""
_BLOCK, _FEW = 500, 100
"""Rows looked at together; so many texts of a column are looked at one by one."""
_LONGEST = 24
"""Characters of a header that a ledger knows word for word."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its readings for the ledgers that it may be for, the best first."""

    layouts: tuple[Layout, ...]

    @property
    def best(self) -> Layout:
        """The reading of the ledger that the table most likely belongs to."""
        return self.layouts[0]

    def layout_for(self, kind: str) -> Layout | None:
        """How the table reads as a table of that ledger; None where its header means nothing there."""
        return next((layout for layout in self.layouts if layout.kind == kind), None)


def find_tables(
    sheet: Sheet,
    indexes: Sequence[TargetIndex],
    given: Mapping[str, str],
    stem: str,
    *,
    top: int | None = None,
) -> list[Table]:
    """The tables of a sheet from top to bottom.

    indexes: the ledgers to look for.  given: the user's mapping by header key.  stem: the file's name
    without its ending, which like the titles says what the table is about.  top: the first header's row,
    where the user has named it.
    """
    starts = [top] if top is not None else _starts(sheet, indexes, given)
    found: list[Table] = []
    start = 0
    for place, row in enumerate(starts):
        readings = _readings(sheet, indexes, row, given, start)
        if not readings:
            continue
        following = starts[place + 1] if place + 1 < len(starts) else None
        end = len(sheet.rows) if following is None else _titles_begin(sheet, readings[0].bottom, following)
        ranked = _ranked([replace(layout, end=end) for layout in readings], sheet.name, stem)
        found.append(Table(tuple(ranked)))
        start = end
    if top is not None and not found:
        # The user says that this is the header: its columns are shown, whatever they are.
        named = (layout_at(sheet, index, top, given, fewest=0) for index in indexes)
        found.append(Table(tuple(_ranked([layout for layout in named if layout], sheet.name, stem))))
    return found


def _readings(
    sheet: Sheet, indexes: Sequence[TargetIndex], row: int, given: Mapping[str, str], start: int
) -> list[Layout]:
    found = (layout_at(sheet, index, row, given, start=start) for index in indexes)
    return [layout for layout in found if layout is not None and (given or is_specific(layout))]


def is_specific(layout: Layout) -> bool:
    """Whether the header has more of the ledger than what all ledgers have: 日期, 乡镇, 备注."""
    own = {
        column.target.field.name
        for column in layout.columns
        if column.role is Role.FIELD and column.target
        and (column.target.child or column.target.field.name not in _COMMON)
    }  # fmt: skip
    return bool(own)


def _starts(sheet: Sheet, indexes: Sequence[TargetIndex], given: Mapping[str, str]) -> list[int]:
    """The first header rows of the sheet's tables."""
    known = list(_known_headers(sheet))
    first = _best_row(sheet, indexes, given, known)
    if first is None:
        return []
    starts = [first]
    heads, told = {_keys(sheet, first)}, {_lines_above(sheet, first)}
    passed = -1
    for row in known:
        keys = _keys(sheet, row)
        if row < passed or row <= starts[-1] or _is_below(sheet, starts[-1], row):
            continue
        lines = _lines_above(sheet, row)
        if keys in heads and (not lines or lines in told):
            passed = row + max(depths(sheet, row))
            continue  # the header repeated on the next printed page
        told.add(lines)
        if _readings(sheet, indexes, row, {}, 0):
            starts.append(row)
            heads.add(keys)
    return starts


def _best_row(
    sheet: Sheet, indexes: Sequence[TargetIndex], given: Mapping[str, str], known: Sequence[int]
) -> int | None:
    """The row of the first header: of the rows next to each other that could be it the one that fits best."""
    best: tuple[float, int] | None = None
    near = [row for row in range(min(len(sheet.rows), LOOKED_AT)) if may_be_header(sheet, row)]
    rows = sorted({*near, *known[:_COUNTED]})
    deep = {row + more for row in rows for more in range(1, max(depths(sheet, row)))}
    for row in rows:
        if row in deep:
            continue
        if best is not None and row > best[1] + 1 and best[1] in known:
            break
        score = max((layout.score for layout in _readings(sheet, indexes, row, given, 0)), default=None)
        if score is not None and (best is None or score > best[0]):
            best = score, row
    return best[1] if best else None


_COUNTED = 3
"""Known header rows below the first screen that are tried as the first header."""


def _lines_above(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The lines of one text each that stand right above a row: its titles."""
    lines: list[str] = []
    while row > 0 and (text := lonely_text(sheet.rows[row - 1])):
        lines.insert(0, text)
        row -= 1
    return tuple(lines)


def _is_below(sheet: Sheet, start: int, row: int) -> bool:
    """Whether the row belongs to the header that begins at `start`."""
    return row - start < max(depths(sheet, start))


def _known_headers(sheet: Sheet) -> Iterator[int]:
    """The rows of a sheet that are headers whose words some ledger knows."""
    for start in range(0, len(sheet.rows), _BLOCK):
        part = sheet.rows[start : start + _BLOCK]
        if _may_have_header(part):
            yield from (row for row in range(start, start + len(part)) if _is_known_header(sheet, row))


def _may_have_header(rows: Sequence[Row]) -> bool:
    """Whether rows have as many columns with headers' words in them as a known header has; seen without each row."""
    full = words = 0
    for column in zip_longest(*rows):
        types = set(map(type, column))
        texts = {cell for cell in set(column) if type(cell) is str} if str in types else set()
        if type(None) not in types and not has_empty(texts):
            full += 1
        if texts:
            words += len(texts) > _FEW or any(len(text) <= _LONGEST and is_heading(text) for text in texts)
    return words >= max(2, (full + 1) // 2)


def _is_known_header(sheet: Sheet, row: int) -> bool:
    """Whether most of the row's cells are headers that some ledger knows word for word."""
    filled = filled_cells(sheet.rows[row])
    texts = [cell for cell in filled if type(cell) is str and len(cell) <= _LONGEST]
    if len(texts) < _COUNTED - 1 or len(texts) * 2 < len(filled):
        return False
    wanted = max(2, (len(filled) + 1) // 2)
    spare = len(texts) - wanted
    for text in texts:
        if spare < 0:
            break
        spare -= not is_heading(text)
    return spare >= 0


@lru_cache(maxsize=65_536)
def is_heading(text: str) -> bool:
    """Whether some ledger knows the text as a header, word for word."""
    plain = "".join(text.split())
    return plain in _known_keys() or (bool(_DECORATED.search(plain)) and _is_known_key(plain))


@lru_cache(maxsize=65_536)
def _is_known_key(text: str) -> bool:
    return header_key(text)[0] in _known_keys()


@lru_cache(maxsize=1)
def _known_keys() -> frozenset[str]:
    ledgers = (kind for kind in kinds.ALL if not kind.parent)
    keys = {key for kind in ledgers for key in targets_of(kind.name).by_key}
    return frozenset({*keys, NUMBER_HEADER})


def _keys(sheet: Sheet, row: int) -> tuple[str, ...]:
    return tuple(header_key("".join(texts))[0] for texts in header_parts(sheet, row, 1).values())


def _titles_begin(sheet: Sheet, bottom: int, following: int) -> int:
    """The row where the titles of the following table begin: after the last blank row, or its lonely lines."""
    row = following
    while row - 1 > bottom:
        filled = filled_cells(sheet.rows[row - 1])
        if not filled or len(filled) > _COUNTED or is_apart(filled):
            break
        if len(filled) > 1 and not all(isinstance(cell, str) for cell in filled):
            break
        row -= 1
    return row


def _ranked(layouts: Sequence[Layout], sheet: str, stem: str) -> Iterator[Layout]:
    """The readings by their score; a ledger that title, sheet or file speak of goes before the others."""
    about = fold_width("\n".join((*layouts[0].title, sheet, stem)))

    def weight(layout: Layout) -> float:
        words = kinds.kind_of(layout.kind).words
        return layout.score + (_TITLE_WEIGHT if any(word in about for word in words) else 0.0)

    yield from sorted(layouts, key=weight, reverse=True)
