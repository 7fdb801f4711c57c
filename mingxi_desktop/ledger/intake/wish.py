"""What the user says of an import: which files, and how a table is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TableKey = tuple[Path, str, int]
"""A table: the file, the sheet's name, the place of the table on the sheet (0 for the first)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or (data given) a block from the clipboard under the name of `path`.

    columns: headers to use when the block has none of its own.
    """

    path: Path
    data: bytes | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """How one table is to be read, as far as the user has said so.

    kind: the ledger; "" leaves it to the program.  columns: header or column letters ("C列") → target name
    ("" leaves the column out).  values: field → text that holds for every row of the table.
    take: whether the table is imported at all; None leaves it to the program (hidden sheets are not).
    header_row: 1-based first row of the header; 0 leaves it to the program.
    """

    kind: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    take: bool | None = None
    header_row: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a whole import.

    kind: the ledger, "" for whichever fits each table.  sheet: only the sheet of that name.
    reporter: who sent the files.  year: for dates without one.  money_unit: of bare amounts.
    personal: whether personal data may come in.  everywhere: wish for every table; by_table goes before it.
    """

    kind: str = ""
    sheet: str | None = None
    reporter: str = ""
    year: int | None = None
    money_unit: str = ""
    personal: bool = False
    everywhere: Wish = field(default_factory=Wish)
    by_table: Mapping[TableKey, Wish] = field(default_factory=dict)
