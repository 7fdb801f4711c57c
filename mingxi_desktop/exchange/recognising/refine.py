"""What the rows below a header say of its columns: numbers under a heading for words, a day in three columns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.exchange.cells import Cell, Sheet, cell_text, is_empty
from mingxi_desktop.exchange.recognising.layout import Column, Layout, Role
from mingxi_desktop.exchange.recognising.rows import total_word
from mingxi_desktop.exchange.recognising.targets import Target
from mingxi_desktop.exchange.recognising.totals import number_of
from mingxi_desktop.patterns import pattern

_LOOKED_AT = 60
_COUNTS = {"description": "", "plan": "quantity_rectified"}
"""Fields of words under whose headings counts may stand: 发现隐患 5, 整改 3; "" is the ledger's quantity."""
_CODES = ("case_no",)
_DAY = ("年", "月", "日")
_YEAR = pattern(r"20\d\d年")


def refined(sheet: Sheet, layout: Layout, said: Collection[str] = ()) -> Layout:
    """The layout as the table's rows bear it out.  Three columns of a day become one (in the sheet too).

    said: the fields for which the user has named columns.
    """
    return _one_day(sheet, _numbered(sheet, _counted(sheet, layout), said))


def _cells(sheet: Sheet, layout: Layout, column: Column) -> list[Cell]:
    rows = sheet.rows[layout.bottom + 1 : min(layout.end, layout.bottom + 1 + _LOOKED_AT)]
    return [row[column.index] for row in rows if column.index < len(row) and not is_empty(row[column.index])]


def _numbered(sheet: Sheet, layout: Layout, said: Collection[str]) -> Layout:
    """编号 over 1, 2, 3 is no number by which the ledger knows a thing: every township begins with 1."""
    kind = kinds.kind_of(layout.kind)
    column = next(
        (one for one in layout.columns if one.target and one.target.name in (kind.code_field, *_CODES)), None
    )
    if column is None or column.role is not Role.FIELD or (column.target and column.target.name in said):
        return layout
    cells = [cell for cell in _cells(sheet, layout, column) if not total_word([cell], ())]
    texts = [cell_text(cell).strip() for cell in cells]
    if not texts or texts != [str(number) for number in range(1, len(texts) + 1)]:
        return layout
    columns = tuple(
        replace(one, role=Role.NUMBER, target=None) if one is column else one for one in layout.columns
    )
    return replace(layout, columns=columns)


def _counted(sheet: Sheet, layout: Layout) -> Layout:
    """Numbers are no words: such a column counts, or its meaning is not known."""
    kind = kinds.kind_of(layout.kind)
    taken = {column.target.name for column in layout.columns if column.role is Role.FIELD and column.target}
    columns = []
    for column in layout.columns:
        name = column.target.name if column.role is Role.FIELD and column.target else ""
        if (
            name in _COUNTS
            and kind.field(name).type is FieldType.TEXT
            and _only_numbers(sheet, layout, column)
        ):
            meant = _COUNTS[name] or kind.quantity
            known = kind.has(meant) and meant not in taken
            target = Target(kind.field(meant)) if known else None
            column = replace(column, role=Role.FIELD if known else Role.UNKNOWN, target=target)
            taken.add(meant)
        columns.append(column)
    return replace(layout, columns=tuple(columns))


def _only_numbers(sheet: Sheet, layout: Layout, column: Column) -> bool:
    cells = _cells(sheet, layout, column)
    return bool(cells) and all(number_of(cell) is not None for cell in cells)


def _part_of_day(column: Column) -> str:
    return header_key(column.parts[-1] if column.parts else column.header)[0]


def _one_day(sheet: Sheet, layout: Layout) -> Layout:
    """年 月 日 beside each other, or 月 日 under 2024年, where nothing else says the day."""
    kind = kinds.kind_of(layout.kind)
    parts = [column for column in layout.columns if _part_of_day(column) in _DAY]
    named = tuple(map(_part_of_day, parts))
    if named not in (_DAY, _DAY[1:]) or layout.column_of(kind.date) is not None:
        return layout
    above = _YEAR.search(parts[0].header) if len(named) < len(_DAY) else None
    if len(named) < len(_DAY) and (above is None or parts[0].index + 1 != parts[1].index):
        return layout
    places = [column.index for column in parts]
    for row in sheet.rows[layout.bottom + 1 : layout.end]:
        texts = [cell_text(row[place]).strip() if place < len(row) else "" for place in places]
        if all(texts):
            row[places[-1]] = (above[0] if above else "") + "".join(
                text.rstrip("年月日") + sign for text, sign in zip(texts, named, strict=True)
            )
    day = replace(parts[-1], header="年月日", role=Role.FIELD, target=Target(kind.field(kind.date)))
    quiet = {column.index: replace(column, role=Role.COMPUTED, target=None) for column in parts[:-1]}
    found = {**quiet, day.index: day}
    return replace(layout, columns=tuple(found.get(column.index, column) for column in layout.columns))
