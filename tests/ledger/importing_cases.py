"""Tables as townships send them, read for a ledger, and what came of it: for the tests of the import."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import IncomingRow, Named, Record
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.importing import Preview, Settings, SheetPreview, Source, Wish
from tests.exchange.recognising.sheets import made_of
from tests.exchange.workbooks import xlsx

Rows = Sequence[Sequence[Any]]
Areas = Mapping[str, Sequence[str]]
"""Sheet → merged ranges like A1:B2."""


def book(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), merged: Areas | None = None) -> bytes:
    """An xlsx with these sheets.  hidden: names of hidden ones."""
    names = list(sheets)

    def more(first: Any) -> None:
        first.title = names[0]
        for name in names[1:]:
            sheet = first.parent.create_sheet(name)
            for row in sheets[name]:
                sheet.append(list(row))
        for sheet in first.parent:
            sheet.sheet_state = "hidden" if sheet.title in hidden else "visible"
            for area in (merged or {}).get(sheet.title, ()):
                sheet.merge_cells(area)

    return xlsx(sheets[names[0]], more)


@dataclass(frozen=True)
class Outcome:
    """What an import found, and what it did; result: None when it was only looked at."""

    ledger: Ledger
    found: Preview
    result: importing.ImportResult | None = None

    @property
    def tables(self) -> list[SheetPreview]:
        """The tables that are taken."""
        return [table for table in self.found.sheets if table.taken]

    @property
    def codes(self) -> list[str]:
        """Codes of all that is pointed out, each once."""
        return list(dict.fromkeys(notice.code for table in self.tables for notice in table.warnings))

    @property
    def faults(self) -> list[tuple[int, str, str]]:
        """(row, header, code) of the faults."""
        return [(fault.row, fault.column, fault.code) for table in self.tables for fault in table.rejected]

    @property
    def skipped(self) -> list[tuple[int, str]]:
        """(row, reason) of the rows left out."""
        return [(item.row, item.reason) for table in self.tables for item in table.skipped]

    @property
    def mapping(self) -> dict[str, str]:
        """Header → field of the only table."""
        (table,) = self.tables
        return table.mapping

    def message(self, code: str) -> str:
        """The sentences of a code, notices and faults alike."""
        told = [
            item.message for table in self.tables for item in (*table.warnings, *table.rejected)
            if item.code == code
        ]  # fmt: skip
        return "\n".join(told)

    @property
    def rows(self) -> list[IncomingRow]:
        """What is ready to be stored."""
        return [row for table in self.tables for row in table.rows]

    def ready(self, *fields: str) -> list[Any]:
        """Values of what is ready to be stored: tuples, or values for a single field."""
        found = [
            tuple(self._shown(row.kind, name, row.values.get(name)) for name in fields) for row in self.rows
        ]
        return [values[0] for values in found] if len(fields) == 1 else found

    def lines(self, child: str, *fields: str) -> list[list[Any]]:
        """For each record that is ready the values of its child rows."""
        return [
            [
                tuple(self._shown(child, name, line.get(name)) for name in fields)
                for line in row.children.get(child, ())
            ]
            for row in self.rows
        ]

    def _shown(self, kind: str, name: str, value: Any) -> Any:
        if value in (None, ()) or isinstance(value, int | Named):
            return value.name if isinstance(value, Named) else None if value == () else value
        return self.ledger.show(kind, name, value)


class Onlooker:
    """Somebody who looks at what importing tables would do; nothing is stored."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def read(self, *content: Rows | Sheet, name: str = "表.xlsx", **said: Any) -> Outcome:
        """Look at sheets as if they stood in a file of that name."""
        sheets = [item if isinstance(item, Sheet) else made_of(item) for item in content]
        source = Source(Path(name), repr(sheets).encode())
        with (
            patch.object(importing, "InTurn", lambda *_: SimpleNamespace(take=lambda: (source.data, sheets))),
            patch.object(importing, "ReadingProcess", lambda **_: contextlib.nullcontext()),
        ):
            return Outcome(self.ledger, importing.preview(self.ledger, [source], self.settings(**said)))

    @staticmethod
    def settings(
        kind: str = "",
        *,
        columns: Mapping[str, str] | None = None,
        values: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Settings:
        """What the clerk says; columns, values: of every table."""
        more.setdefault("everywhere", Wish(columns=columns or {}, values=values or {}))
        return Settings(kind=kind, **more)


class Desk(Onlooker):
    """A clerk with a ledger and a folder of files.

    Files are written with `file` and taken in with `take`; `records` and `children` are what is in the
    ledger then.
    """

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        super().__init__(ledger)
        self.folder = folder

    def file(self, content: Rows | Mapping[str, Rows], name: str = "表.xlsx", **more: Any) -> Path:
        """Write a workbook: rows of its only sheet, or sheets by name."""
        sheets = content if isinstance(content, Mapping) else {"Sheet1": content}
        path = self.folder / name
        path.write_bytes(book(sheets, **more))
        return path

    def take(
        self, *sources: Path | Source | Rows | Mapping[str, Rows], valid: bool = False, **said: Any
    ) -> Outcome:
        """Import files (or rows, written to a file first).  valid: the right rows even where others are wrong."""
        paths = [item if isinstance(item, Path | Source) else self.file(item) for item in sources]
        settings = self.settings(**said)
        found = importing.preview(self.ledger, paths, settings)
        result = importing.commit(self.ledger, found, accept_valid=valid, settings=settings)
        return Outcome(self.ledger, found, result)

    def records(self, kind: str, *fields: str) -> list[Any]:
        """Values of the stored records in the order of their numbers: tuples, or values for a single field."""
        stored = self.ledger.records(kind, self.ledger.ids(Query(kind, sort=(("id", False),))))
        found = [tuple(plain(record, name) for name in fields) for record in stored]
        return [values[0] for values in found] if len(fields) == 1 else found

    def children(self, kind: str, child: str, *fields: str) -> list[list[Any]]:
        """For each record of a ledger the values of its child rows."""
        numbers = self.ledger.ids(Query(kind, sort=(("id", False),)))
        return [
            [
                tuple(plain(line, name) for name in fields)
                for line in self.ledger.children(kind, number)[child]
            ]
            for number in numbers
        ]


def plain(record: Record, name: str) -> Any:
    """A value as a test writes it: numbers as they are, everything else as shown; None for what is empty."""
    value = record.values.get(name)
    if value in (None, ()) or isinstance(value, int):
        return None if value in (None, ()) else value
    return record.shown[name]
