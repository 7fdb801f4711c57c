"""Spreadsheets out: what a query shows, ready to print and to come back; empty templates to hand out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.kinds import children_of, kind_of
from mingxi_desktop.domain.personal import holds_personal, masked
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Record
from mingxi_desktop.exchange.recognising.targets import (
    NUMBER_HEADER,
    PARENT_HEADER,
    UID_HEADER,
    importable,
    inline_child,
    line_label,
    own_fields,
    sheet_children,
)
from mingxi_desktop.exchange.writing.grid import CellType, Grid, GridColumn, column_of
from mingxi_desktop.ledger.intake.known import identity
from mingxi_desktop.ledger.remarking import Leaving
from mingxi_desktop.storage.forms import Chosen

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_CHUNK = 500
_TYPED = (FieldType.INT, FieldType.DATE, FieldType.DATETIME)
_LISTS = ("area", "org", "item")
CARRIES = "注：表中有电话、身份证号等个人信息，注意保管"
"""What stands under a table that has them."""
_UID = GridColumn(UID_HEADER, CellType.TEXT, 12, hidden=True)


def export(ledger: Ledger, query: Query, path: Path, *, personal: bool = False) -> int:
    """Write the records of a query to an xlsx file, or to csv if the name ends so; number of records.

    Goods stand one row per line; other child tables have sheets of their own (not in csv).  Every row
    carries its record's mark, so that importing the file again changes nothing.  UserError when the
    file cannot be written.

    personal: with the numbers of people as they are, which the file then says and the history notes.  Else they
    are masked; an import puts them back.
    """
    cells = personal_cells(ledger, query) if personal else 0
    number, sheets = grids(ledger, query, personal=personal)
    if cells:
        for sheet in sheets:
            sheet.note = CARRIES
        leaving = Leaving(f"{kind_of(query.kind).label}台账", path.name, number, cells)
        ledger.remarks.leave(leaving, lambda: _write(path, sheets), lambda: path.unlink(missing_ok=True))
    else:
        _write(path, sheets)
    return number


def _write(path: Path, sheets: Sequence[Grid]) -> None:
    from mingxi_desktop.exchange.writing.write import write_csv, write_workbook

    if path.suffix.lower() in (".csv", ".txt"):
        write_csv(path, sheets[0])
    else:
        write_workbook(path, sheets)


def grids(ledger: Ledger, query: Query, *, personal: bool = True) -> tuple[int, list[Grid]]:
    """(number of records of a query, its sheets: the ledger itself, then its child tables).

    personal: as in `export`.
    """
    exporter = _Exporter(ledger, query, personal=personal)
    return len(exporter.ids), [exporter.main_grid(), *exporter.child_grids()]


def personal_cells(ledger: Ledger, query: Query) -> int:
    """How many cells of the records of a query hold numbers of people, their child tables included."""
    kind, ids = kind_of(query.kind), ledger.ids(query)
    found = _holding(ledger, kind, Chosen(ids=ids))
    return found + sum(_holding(ledger, child, Chosen(parents=ids)) for child in children_of(kind.name))


def _holding(ledger: Ledger, kind: Kind, chosen: Chosen) -> int:
    names = [item.name for item in kind.fields if item.personal and item.stored]
    found = 0

    def take(_: int, texts: tuple[Any, ...]) -> None:
        nonlocal found
        found += sum(holds_personal(text) for text in texts if text)

    if names:
        ledger.scan(kind.name, names, take, chosen)
    return found


def template(ledger: Ledger, kind: str, path: Path) -> None:
    """Write the empty import template of a ledger, its drop-downs with this ledger file's words and lists."""
    from mingxi_desktop.exchange.writing.template import write_template

    declared = kind_of(kind)
    words = {item.name: _words(ledger, item) for item in declared.fields}
    inline = inline_child(declared)
    for child in (*sheet_children(declared), *([inline] if inline else [])):
        words |= {f"{child.name}.{item.name}": _words(ledger, item) for item in child.fields}
    write_template(path, declared, words, ledger.setting("bureau"))


def _words(ledger: Ledger, item: Field) -> Sequence[str]:
    if item.choices:
        return ledger.choices(item)
    if item.type in (FieldType.REF, FieldType.MULTI_REF):
        return [entry.name for target in item.targets if target in _LISTS for entry in ledger.entries(target)]
    return ()


class _Exporter:
    """Turns the records of a query into grids."""

    def __init__(self, ledger: Ledger, query: Query, *, personal: bool) -> None:
        self._personal = personal
        self.ids = ledger.ids(query)
        self._ledger = ledger
        self._kind = kind_of(query.kind)
        self._inline = inline_child(self._kind)
        self._fields = _exported(self._kind)
        self._line_fields = _lines_exported(self._inline) if self._inline else []
        self._cells = _cells_of(self._fields, personal=personal)
        self._line_cells = _cells_of(self._line_fields, personal=personal)
        self._order, self._columns = self._arranged()
        self._title = _title(ledger, self._kind, query)

    def main_grid(self) -> Grid:
        """The ledger itself."""
        return Grid(self._kind.label, self._title, self._columns, self._rows())

    def _arranged(self) -> tuple[list[int], list[GridColumn]]:
        """(which value of a row stands where, the columns): what is folded away comes last."""
        columns = [GridColumn(NUMBER_HEADER, CellType.INT, 6)]
        for item in self._fields:
            told = item.type is FieldType.DERIVED and self._inline is not None  # the lines say it all
            printed = item.column or item.name == self._kind.code_field
            columns.append(replace(column_of(item), optional=told or not printed))
        columns += [column_of(item, line_label(self._kind, item)) for item in self._line_fields]
        columns.append(_UID)
        order = sorted(
            range(len(columns)), key=lambda place: (columns[place].hidden, columns[place].optional)
        )
        return order, [columns[place] for place in order]

    def child_grids(self) -> list[Grid]:
        """The child tables with sheets of their own, those that have rows."""
        return [self._child_grid(child) for child in sheet_children(self._kind)]

    def _rows(self) -> Iterator[Sequence[Any]]:
        number = 0
        arranged = itemgetter(*self._order)
        no_line = [[None] * len(self._line_fields)]
        for part in self._parts():
            lines = self._children(self._inline, part) if self._inline else {}
            for record in self._ledger.records(self._kind.name, part):
                number += 1
                values = [cell(record) for cell in self._cells]
                more = [[cell(line) for cell in self._line_cells] for line in lines.get(record.id, ())]
                for line_cells in more or no_line:
                    yield arranged((number, *values, *line_cells, identity(record)))

    def _child_grid(self, child: Kind) -> Grid:
        fields = _lines_exported(child)
        columns = [GridColumn(PARENT_HEADER, CellType.INT, 10), *(column_of(item) for item in fields), _UID]
        return Grid(child.label, f"{self._title} · {child.label}", columns, self._child_rows(child, fields))

    def _child_rows(self, child: Kind, fields: Sequence[Field]) -> Iterator[list[Any]]:
        number = 0
        cells = _cells_of(fields, personal=self._personal)
        for part in self._parts():
            rows = self._children(child, part)
            for id in part:
                number += 1
                for row in rows.get(id, ()):
                    yield [number, *(cell(row) for cell in cells), identity(row)]

    def _parts(self) -> Iterator[Sequence[int]]:
        """The ids, so many at a time."""
        return (self.ids[first : first + _CHUNK] for first in range(0, len(self.ids), _CHUNK))

    def _children(self, child: Kind, ids: Sequence[int]) -> dict[int, list[Record]]:
        """Child rows by their record's id, oldest first."""
        refs = tuple(f"{self._kind.name}:{id}" for id in ids)
        query = Query(child.name, where=((child.parent, refs),), sort=(("id", False),))
        found: dict[int, list[Record]] = {}
        for row in self._ledger.records(child.name, self._ledger.ids(query)):
            parent = int(str(row.values[child.parent]).rpartition(":")[2])
            found.setdefault(parent, []).append(row)
        return found


def _exported(kind: Kind) -> list[Field]:
    """All fields but files, the source last."""
    fields = [item for item in kind.fields if item.type is not FieldType.FILES]
    return sorted(fields, key=lambda item: item.name == "source_ref")


def _lines_exported(child: Kind) -> list[Field]:
    return [item for item in own_fields(child) if importable(item)]


def _title(ledger: Ledger, kind: Kind, query: Query) -> str:
    year = f"（{query.year}年）" if query.year else ""
    return f"{ledger.setting('bureau')}{kind.label}台账{year}"


def _cells_of(fields: Sequence[Field], *, personal: bool) -> list[Callable[[Record], Any]]:
    """For each field what reads its cell off a record."""
    return [_cell_of(item, hidden=item.personal and not personal) for item in fields]


def _cell_of(item: Field, *, hidden: bool) -> Callable[[Record], Any]:
    """A value as a spreadsheet holds it: numbers and dates as such, money in 元, the rest as shown.

    hidden: masked.
    """
    name = item.name
    if item.type in _TYPED:
        return lambda record: record.values[name]
    if item.type in (FieldType.MONEY, FieldType.DECIMAL):
        part = 100 if item.type is FieldType.MONEY else 1

        def number(record: Record) -> Decimal | None:
            value = record.values[name]
            return None if value is None else Decimal(value) / part

        return number
    if hidden:
        return lambda record: masked(record.shown[name]) if record.shown[name] else None
    return lambda record: record.shown[name] or None
