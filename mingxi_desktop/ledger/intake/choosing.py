"""Which tables a sheet has, which ledger each is for, and what its columns mean: found, remembered or said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.references import ITEM
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import Sheet, is_empty
from mingxi_desktop.exchange.recognising.headers import LOOKED_AT, given_keys, layout_at, may_be_header
from mingxi_desktop.exchange.recognising.layout import Layout
from mingxi_desktop.exchange.recognising.meaning_lexicon import lexicon_of
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.exchange.recognising.refine import refined
from mingxi_desktop.exchange.recognising.roster import Roster, find_roster
from mingxi_desktop.exchange.recognising.tables import Table, find_tables
from mingxi_desktop.exchange.recognising.targets import WIDE, TargetIndex, importable, targets_of
from mingxi_desktop.ledger.intake.memory import recall
from mingxi_desktop.ledger.intake.wish import Settings, Wish

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_OTHER_FITS = 1.6
"""By how much the header must fit another ledger better for that to be pointed out."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a table is read.  layout: None where it is for another ledger; notices: what to say of the choice."""

    layout: Layout | None
    notices: tuple[Notice, ...] = ()


class Chooser:
    """Finds tables and reads their headers as the user, the memory or the words themselves say."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._ledger = ledger
        self._settings = settings
        ledgers = (kind for kind in kinds.ALL if not kind.parent)
        self._indexes = {kind.name: _index(ledger, kind) for kind in ledgers}
        for wish in (settings.everywhere, *settings.by_table.values()):
            self._check(wish)
        for index in self._indexes.values():
            lexicon_of(index)  # the first file is still being read

    def wanted(self, wish: Wish) -> str:
        """The ledger that the user has named for a table; "" where the program is to find it."""
        return wish.kind or self._settings.everywhere.kind or self._settings.kind

    def tables(self, sheet: Sheet, wish: Wish, stem: str, headers: Sequence[str]) -> list[Table | Roster]:
        """The tables of a sheet, lists of people after the others.

        wish: for the sheet's first table.  headers: to be put over a block that has none of its own.
        """
        everywhere = self._settings.everywhere
        given = given_keys({**everywhere.columns, **wish.columns})
        row = (wish.header_row or everywhere.header_row) - 1
        top = row if 0 <= row < len(sheet.rows) else None
        indexes = list(self._indexes.values())
        found = find_tables(sheet, indexes, given, stem, top=top)
        if headers and not found:
            sheet.rows.insert(0, list(headers))
            found = find_tables(sheet, indexes, given, stem, top=top)
        if not found and not given and top is None:
            found = self._remembered(sheet, stem)
        lists = find_roster(sheet) if not given else ()
        tables = [table for table in found if not any(_same_header(table, roster) for roster in lists)]
        return [*(_ended(sheet, table, lists) for table in tables), *lists]

    def _remembered(self, sheet: Sheet, stem: str) -> list[Table]:
        """A table whose header says nothing to any ledger, but was explained by the user before."""
        indexes = list(self._indexes.values())
        for row in range(min(len(sheet.rows), LOOKED_AT)):
            if not may_be_header(sheet, row):
                continue
            bare = layout_at(sheet, indexes[0], row, {}, fewest=0)
            if bare and recall(self._ledger, self._settings.reporter, bare.columns):
                return find_tables(sheet, indexes, {}, stem, top=row)
        return []

    def choose(self, sheet: Sheet, table: Table, wish: Wish, *, fits: bool) -> Chosen:
        """The layout of a table.  fits: whether the file has a table that is for the wanted ledger first of all."""
        kind = self.wanted(wish)
        said = {**self._settings.everywhere.columns, **wish.columns}
        memory = recall(self._ledger, self._settings.reporter, table.best.columns) if not said else None
        if memory is not None and kind in ("", memory.kind):
            kind, columns, notices = memory.kind, memory.columns, [Notice("W_REMEMBERED", memory.sentence)]
        else:
            columns, notices = said, []
        layout = table.layout_for(kind) if kind else table.best
        if kind and (layout is None or columns):
            layout = self._read_again(sheet, table, kind, columns) or layout
        unasked = not columns and not wish.kind and wish.take is None
        if layout is None or (fits and unasked and table.best.kind != kind == self._settings.kind):
            return Chosen(None, (_of_another(sheet, table, kind),))
        if table.best.kind != layout.kind and table.best.score > layout.score * _OTHER_FITS and not columns:
            told = f"这张表更像“{kinds.kind_of(table.best.kind).label}”，请确认台账选对了"
            notices.append(Notice("W_OTHER_LEDGER", told))
        absent = _absent(layout, said)
        if absent:
            told = f"{where(sheet)}没有{absent}这一列，对它的指定没有用上"
            notices.append(Notice("W_NO_COLUMN", told))
        notices += _of_header_row(sheet, layout, wish.header_row or self._settings.everywhere.header_row)
        return Chosen(refined(sheet, layout, set(columns.values())), tuple(notices))

    def _read_again(self, sheet: Sheet, table: Table, kind: str, columns: Mapping[str, str]) -> Layout | None:
        """The same header for the ledger and with the columns that the user has named."""
        best = table.best
        layout = layout_at(sheet, self._indexes[kind], best.top, given_keys(columns))
        return None if layout is None else replace(layout, end=best.end, title=best.title)

    def _check(self, wish: Wish) -> None:
        """UserError for a column, or a value, that is to be of a field that there is not."""
        kind = self.wanted(wish)
        indexes = [self._indexes[kind]] if kind in self._indexes else list(self._indexes.values())
        said = [(name, f"表头“{header}”要对应的字段写错了") for header, name in wish.columns.items() if name]
        said += [(name, "给整张表填的字段写错了") for name in wish.values]
        for name, wrong in said:
            plain = name.partition("@")[0]
            if not any(name in index.by_name or plain in index.by_name for index in indexes):
                known = "、".join(
                    f"{target.field.label}={found}"
                    for found, target in indexes[0].by_name.items()
                    if importable(target.field) and not target.sets
                )
                raise UserError(f"没有这个字段：{name}", wrong, f"可用的字段：{known}")


def _of_header_row(sheet: Sheet, layout: Layout, row: int) -> list[Notice]:
    """What to say of the header's row that the user has named (0: none): that it is none."""
    if row > len(sheet.rows):
        return [Notice("W_NO_COLUMN", f"{where(sheet)}没有第{row}行，对表头行的指定没有用上")]
    if row and not layout.mapping:
        said = f"{where(sheet)}第{row}行里没有一个认得的表头，什么也没有读；请核对表头在第几行，或者指定各列的字段"
        return [Notice("W_NO_COLUMN", said)]
    return []


def where(sheet: Sheet) -> str:
    """A sheet in messages; nothing for files that have but one without a name."""
    return f"工作表“{sheet.name}”" if sheet.name else ""


def _absent(layout: Layout, said: Mapping[str, str]) -> str:
    """The headers that the user named and the table has not."""
    there = {f"#{column.index}" for column in layout.columns}
    for column in layout.columns:
        there |= {header_key("".join(column.parts))[0], header_key(column.parts[-1])[0]}
    missing = [header for header, name in said.items() if not there & set(given_keys({header: name}))]
    return "、".join(f"“{header}”" for header in missing)


def _of_another(sheet: Sheet, table: Table, kind: str) -> Notice:
    label, best = kinds.kind_of(kind).label, kinds.kind_of(table.best.kind).label
    said = f"{where(sheet)}第{table.best.top + 1}行起的表像是“{best}”，不是“{label}”，没有导入"
    return Notice("W_OTHER_LEDGER", said)


def _index(ledger: Ledger, kind: Kind) -> TargetIndex:
    """What headers can mean; for goods also their names, as columns of a wide form."""
    index = targets_of(kind.name)
    if WIDE.get(kind.name) != "supply_line":
        return index
    names = {
        header_key(name)[0]: entry.name
        for entry in ledger.entries(ITEM)
        for name in (*entry.aliases, entry.name)
    }
    return index.with_wide(names)


def _ended(sheet: Sheet, table: Table, lists: Sequence[Roster]) -> Table:
    """The table up to the titles of a list of people below it."""
    bottom = table.best.bottom
    below = [_titles_begin(sheet, roster.top, bottom + 1) for roster in lists if roster.top > bottom]
    end = min(below, default=table.best.end)
    return Table(tuple(replace(layout, end=min(layout.end, end)) for layout in table.layouts))


def _titles_begin(sheet: Sheet, top: int, first: int) -> int:
    """Where the lines of one text above a header begin."""
    while top > first and sum(1 for cell in sheet.rows[top - 1] if not is_empty(cell)) <= 1:
        top -= 1
    return top


def _same_header(table: Table, roster: Roster) -> bool:
    return table.best.top <= roster.bottom and roster.top <= table.best.bottom
