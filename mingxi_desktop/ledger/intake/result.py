"""What an import would do: table by table, the rows to store, the rows in doubt, the rows at fault."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.recognising.layout import Column
from mingxi_desktop.exchange.recognising.plan import Notice, Skipped
from mingxi_desktop.ledger.intake.wish import TableKey


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a row is not taken in: the cell at fault (column "" when it is missing), and a Chinese sentence.

    row: 1-based, 0 for the table or file as a whole.  index: 0-based column, -1 for the row as a whole.
    """

    row: int
    column: str
    field: str
    value: str
    code: str
    message: str
    index: int = -1


NO_COLUMN = "；表里没有这一列，请指定哪一列是它，或给整张表填一个值"
"""What is added where a value is needed and the table has no column for it."""


class Doubt(StrEnum):
    """Why a right row is not simply stored."""

    SAME = "same"  # the ledger has the record with the same content
    FILE = "file"  # an earlier row of the files says the same
    CHANGED = "changed"  # the ledger has the record, with other content
    PARTS = "parts"  # a total whose single records are there, or a running total of which one is there
    TWICE = "twice"  # it would be counted twice, and the user leaves it out


DOUBT_CODES = frozenset({"W_DUP_IN_DB", "W_DUP_IN_FILE", "W_CHANGED", "W_PARTS"})
"""Codes of the notices that tell of rows in doubt."""


class Choice(StrEnum):
    """What is to become of a row in doubt."""

    SKIP = "skip"
    ADD = "add"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a row differs from the record in the ledger, as shown text."""

    field: str
    label: str
    old: str
    new: str


@dataclass(slots=True)
class Doubtful:
    """A right row that seems to be there already; the user decides, the default is to leave it out.

    rows: its sheet rows, 1-based.  record: id of the record in the ledger (0 for a repetition in the files).
    incoming: what would be stored, as a new record.  choice: set by the user before the import is stored; REPLACE only
    where `record` is set, and gives the record the row's values.  if_added: what a record of its own gets besides,
    by field name; assumed: a Chinese sentence on that, "" for nothing.
    """

    doubt: Doubt
    rows: list[int]
    message: str
    record: int = 0
    differences: tuple[Difference, ...] = ()
    incoming: IncomingRow | None = None
    choice: Choice = Choice.SKIP
    if_added: Mapping[str, Any] = field(default_factory=dict)
    assumed: str = ""


@dataclass(slots=True)
class SheetPreview:
    """One table of a sheet (or, with header_row 0 and a rejection of row 0, a file that was refused).

    table: its place on the sheet, 0 for the first.  kind: the ledger it is for; "" when none was found.
    kinds: ledgers it might be for, the best first.  hidden: whether the sheet is; taken: whether its rows are
    imported (hidden sheets only when asked for).  header_row, last_header_row: 1-based.  last_row: the
    table's last sheet row.
    read: rows with content below the header.  rows: records ready to store.  source_rows: the sheet rows
    they came from.  attached: rows of a child sheet that go with the records of the main sheet.
    before: records that must be stored first (a disaster event that the title names).
    columns, cells: every column with a header, and the sheet as it was read, for showing.
    values: field → shown text of what holds for the whole table without a column (date, area, type …).
    running: whether its numbers run from the beginning of the year or of an event.  since: the first day of
    the period that its title names.
    reporter: who sent it, as shown.  areas: whom its records are of.  first, last: the days they cover.
    """

    path: Path
    sheet: str
    kind: str
    table: int = 0
    sha256: str = ""
    kinds: tuple[str, ...] = ()
    hidden: bool = False
    taken: bool = True
    header_row: int = 0
    last_header_row: int = 0
    last_row: int = 0
    mapping: dict[str, str] = field(default_factory=dict)
    read: int = 0
    rows: list[IncomingRow] = field(default_factory=list)
    source_rows: list[int] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)
    attached: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    before: list[IncomingRow] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    cells: Sheet | None = None
    values: dict[str, str] = field(default_factory=dict)
    running: bool = False
    since: datetime.date | None = None
    reporter: str = ""
    areas: tuple[str, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def file_name(self) -> str:
        """The file's name as the ledger keeps it; that of a file from elsewhere may have bytes that are no text."""
        return self.path.name.encode("utf-8", "replace").decode("utf-8")

    @property
    def key(self) -> TableKey:
        """How the user's wishes name the table."""
        return self.path, self.sheet, self.table

    def set_aside(self, item: Doubtful) -> None:
        """Leave a row out until the user wants it."""
        self.doubtful.append(item)
        self.skipped.append(Skipped(item.rows[0], item.message))

    @property
    def refused(self) -> bool:
        """Whether the whole file or table was refused."""
        return any(fault.row == 0 for fault in self.rejected)

    @property
    def chosen(self) -> list[Doubtful]:
        """The rows in doubt that the user wants all the same."""
        return [item for item in self.doubtful if item.choice is not Choice.SKIP and item.incoming]


@dataclass(slots=True)
class Preview:
    """What an import would do; nothing is stored yet.  Hand it to `commit`, `to_json`, `write_returned`."""

    sheets: list[SheetPreview] = field(default_factory=list)

    @property
    def ready(self) -> int:
        """Records that would be stored, those in doubt that the user wants included."""
        return sum(len(sheet.rows) + len(sheet.chosen) for sheet in self.sheets if sheet.taken)

    @property
    def rejected(self) -> list[Rejected]:
        """All faults of the tables that are taken."""
        return [fault for sheet in self.sheets if sheet.taken for fault in sheet.rejected]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The ledgers that get records, in the order of the tables."""
        taken = (sheet for sheet in self.sheets if sheet.taken and (sheet.rows or sheet.chosen))
        return tuple(dict.fromkeys(sheet.kind for sheet in taken))

    def choose(self, doubts: Sequence[Doubt], choice: Choice) -> None:
        """The same decision for all rows in doubt for these reasons."""
        for sheet in self.sheets:
            for item in sheet.doubtful:
                if item.doubt in doubts and (choice is not Choice.REPLACE or item.record):
                    item.choice = choice
