"""Spreadsheets out: what a query shows, ready to print and to come back; empty templates to hand out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.kinds import children_of, kind_of
from mingxi_desktop.domain.personal import holds_personal, masked
from mingxi_desktop.domain.query import Query
from mingxi_desktop.exchange.recognising.targets import (
    NUMBER_HEADER,
    PARENT_HEADER,
    UID_HEADER,
    identity,
    importable,
    inline_child,
    line_label,
    own_fields,
    sheet_children,
)
from mingxi_desktop.exchange.writing.grid import Abreast, CellType, Grid, GridColumn, as_it_is, column_of
from mingxi_desktop.ledger.remarking import Leaving
from mingxi_desktop.ledger.stopping import Told
from mingxi_desktop.storage.forms import Chosen
from mingxi_desktop.storage.shapes import loaded
from mingxi_desktop.storage.stopping import let_others_in

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_CHUNK = 2_000
_TYPED = (FieldType.INT, FieldType.DECIMAL, FieldType.DATE, FieldType.DATETIME)
_TEXTS = (FieldType.TEXT, FieldType.CHOICE, FieldType.DERIVED)
_LISTS = ("area", "org", "item")
CARRIES = "注：表中有电话、身份证号等个人信息，注意保管"
"""What stands under a table that has them."""
_NUMBER = GridColumn(NUMBER_HEADER, CellType.INT, 6, distinct=True)
_UID = GridColumn(UID_HEADER, CellType.TEXT, 12, hidden=True, distinct=True)


def export(
    ledger: Ledger,
    query: Query,
    path: Path,
    *,
    personal: bool = False,
    told: Told = lambda _done, _total: None,
) -> int:
    """Write the records of a query to an xlsx file, or to csv if the name ends so; number of records.

    Goods stand one row per line; other child tables have sheets of their own (not in csv).  Every row
    carries its record's mark, so that importing the file again changes nothing.  UserError when the
    file cannot be written.

    personal: with the numbers of people as they are, which the file then says and the history notes.  Else they
    are masked; an import puts them back.  What `told` raises ends the export, and leaves no file.
    """
    cells = personal_cells(ledger, query) if personal else 0
    number, sheets = grids(ledger, query, personal=personal, told=told)
    if cells:
        for sheet in sheets:
            sheet.note = CARRIES
        leaving = Leaving(f"{kind_of(query.kind).label}台账", path.name, number, cells)
        write = partial(_write, ledger, path, sheets, partial(told, number, number))
        ledger.remarks.leave(leaving, write, lambda: path.unlink(missing_ok=True))
    else:
        _write(ledger, path, sheets, partial(told, number, number))
    return number


def _write(ledger: Ledger, path: Path, sheets: Sequence[Grid], before_name: Callable[[], object]) -> None:
    from mingxi_desktop.exchange.writing.write import write_csv, write_workbook

    with ledger.lists.at_length():
        if path.suffix.lower() in (".csv", ".txt"):
            write_csv(path, sheets[0], before_name)
        else:
            write_workbook(path, sheets, before_name)


def grids(
    ledger: Ledger, query: Query, *, personal: bool = True, told: Told = lambda _done, _total: None
) -> tuple[int, list[Grid]]:
    """(number of records of a query, its sheets: the ledger itself, then its child tables).

    personal, told: as in `export`.
    """
    exporter = _Exporter(ledger, query, personal=personal, told=told)
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
    """Turns the records of a query into grids: rows of what lies in the file, columns that know its cells."""

    def __init__(self, ledger: Ledger, query: Query, *, personal: bool, told: Told) -> None:
        self._personal, self._told = personal, told
        self.ids = ledger.ids(query)
        self._ledger = ledger
        self._trash = query.trash
        self._kind = kind_of(query.kind)
        self._inline = inline_child(self._kind)
        self._fields = _exported(self._kind)
        self._line_fields = _lines_exported(self._inline) if self._inline else []
        self._order, self._columns = self._arranged()
        self._title = _title(ledger, self._kind, query)

    def main_grid(self) -> Grid:
        """The ledger itself."""
        return Grid(self._kind.label, self._title, self._columns, Abreast(self._rows()))

    def _arranged(self) -> tuple[list[int], list[GridColumn]]:
        """(which value of a row stands where, the columns): what is folded away comes last."""
        columns = [_NUMBER]
        for item in self._fields:
            told = item.type is FieldType.DERIVED and self._inline is not None  # the lines say it all
            printed = item.column or item.name == self._kind.code_field
            columns.append(replace(self._column(self._kind, item), optional=told or not printed))
        if self._inline is not None:
            columns += [
                self._column(self._inline, item, line_label(self._kind, item)) for item in self._line_fields
            ]
        columns.append(_UID)
        order = sorted(
            range(len(columns)), key=lambda place: (columns[place].hidden, columns[place].optional)
        )
        return order, [columns[place] for place in order]

    def _column(self, kind: Kind, item: Field, label: str = "") -> GridColumn:
        hidden = item.personal and not self._personal
        cell = _cell_of(self._ledger, kind, item, hidden=hidden)
        return replace(column_of(item, label), cell=cell, distinct=item.name in kind.unique)

    def child_grids(self) -> list[Grid]:
        """The child tables with sheets of their own, those that have rows."""
        return [self._child_grid(child) for child in sheet_children(self._kind)]

    def _rows(self) -> Iterator[list[Sequence[Any]]]:
        """Some rows at a time, column by column."""
        number = 0
        names = ["uid", *(item.name for item in self._fields)]
        for part in self._parts():
            found, (uids, *forms) = self._ledger.lists.columns(
                self._kind.name, names, part, trash=self._trash
            )
            if not found:
                continue
            numbers = range(number + 1, number + 1 + len(found))
            number += len(found)
            columns = [numbers, *forms, list(map(identity, found, uids))]
            if self._inline is not None:
                columns = self._with_lines(self._inline, found, columns)
            yield [columns[place] for place in self._order]

    def _with_lines(
        self, child: Kind, ids: Sequence[int], columns: Sequence[Sequence[Any]]
    ) -> list[Sequence[Any]]:
        """The columns of these records with a row for each of their lines, and those of the lines."""
        lines = self._children(child, self._line_fields, ids)
        no_line = [(None,) * (1 + len(self._line_fields))]
        each = [lines.get(id, no_line) for id in ids]
        *own, marks = (
            [value for value, rows in zip(column, each, strict=True) for _ in rows] for column in columns
        )
        _, *told = zip(*chain.from_iterable(each), strict=True)
        return [*own, *told, marks]

    def _child_grid(self, child: Kind) -> Grid:
        fields = _lines_exported(child)
        own = (self._column(child, item) for item in fields)
        columns = [GridColumn(PARENT_HEADER, CellType.INT, 10), *own, _UID]
        return Grid(child.label, f"{self._title} · {child.label}", columns, self._child_rows(child, fields))

    def _child_rows(self, child: Kind, fields: Sequence[Field]) -> Iterator[Sequence[Any]]:
        number = 0
        for part in self._parts():
            rows = self._children(child, fields, part)
            for id in part:
                number += 1
                for mark, *forms in rows.get(id, ()):
                    yield number, *forms, mark

    def _parts(self) -> Iterator[Sequence[int]]:
        """The ids, so many at a time; others may read in between."""
        for first in range(0, len(self.ids), _CHUNK):
            self._told(first, len(self.ids))
            let_others_in()
            yield self.ids[first : first + _CHUNK]

    def _children(
        self, child: Kind, fields: Sequence[Field], ids: Sequence[int]
    ) -> dict[int, list[tuple[Any, ...]]]:
        """Child rows by their record's id, oldest first: what marks each, and the forms of the fields."""
        found: dict[int, list[tuple[Any, ...]]] = {}

        def take(id: int, forms: tuple[Any, ...]) -> None:
            parent, uid, *rest = forms
            found.setdefault(parent, []).append((identity(id, uid), *rest))

        names = [child.parent, "uid", *(item.name for item in fields)]
        self._ledger.scan(child.name, names, take, Chosen(parents=ids))
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


def _cell_of(ledger: Ledger, kind: Kind, item: Field, *, hidden: bool) -> Callable[[Any], Any]:
    """The form of a value in the file → the value as a spreadsheet holds it.

    Numbers and dates are such, money is in 元, the rest as shown.  hidden: masked.
    """
    if item.type in _TYPED:
        return partial(loaded, item)
    if item.type is FieldType.MONEY:
        return _yuan
    if item.type in _TEXTS:
        return _masked_text if hidden else as_it_is

    def shown(form: Any) -> str | None:
        return ledger.show(kind.name, item.name, loaded(item, form)) or None

    return shown


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100


def _masked_text(text: str | None) -> str | None:
    return masked(text) if text else None
