"""What a table on a sheet was understood to be: its header, and what each column means for a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.exchange.cells import letters
from mingxi_desktop.exchange.recognising.targets import Target

Facets = tuple[tuple[str, str], ...]
"""(field, word) pairs that a header says of its numbers: 发现重大隐患 says ("level", "重大")."""


class Role(StrEnum):
    """What a column is taken for."""

    FIELD = "field"
    NUMBER = "number"
    UID = "uid"
    PARENT = "parent"
    COMPUTED = "computed"  # the program fills it itself
    SECOND = "second"  # means a field that a better column fills
    TOTAL = "total"  # sums other columns of its row; compared, never stored
    EARLIER = "earlier"  # last year's figures beside this year's
    PERSONAL = "personal"  # ID numbers, telephones, names of private people
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """One column with a header.

    index: 0-based.  header: as one text, its rows joined by blanks.  parts: its texts from the top row to
    the bottom row.  unit: unit named in the header.  facets: what the header says of its numbers; columns
    with the same facets belong to one record, and a row gives a record for each of them.  left_out: the
    user said that it is not wanted.
    """

    index: int
    header: str
    role: Role
    target: Target | None = None
    unit: str = ""
    facets: Facets = ()
    parts: tuple[str, ...] = ()
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table on a sheet is to be read for one ledger.

    top, bottom: first and last header row, 0-based.  end: the first row, 0-based, that is no longer the
    table's (where the next table's titles begin, or the end of the sheet).  title: the texts above the
    header.  repeated: headers that occur more than once and mean the same field: nobody can say which is
    meant.  score: how well the header fits the ledger; compare it with that for other ledgers.
    """

    kind: str
    top: int
    bottom: int
    end: int
    columns: tuple[Column, ...]
    title: tuple[str, ...]
    score: float
    repeated: tuple[str, ...] = ()

    def column_of(self, name: str) -> Column | None:
        """The column that fills a field (by target name) of every record of a row."""
        for column in self.columns:
            if column.role is Role.FIELD and column.target and column.target.name == name:
                return column
        return None

    @property
    def mapping(self) -> Mapping[str, str]:
        """Header → field name, for showing and for giving back; a repeated header is told by its letters."""
        found: dict[str, str] = {}
        for column in self.columns:
            if column.role is Role.FIELD and column.target:
                header = column.header
                if header in found:
                    header = f"{header}（{letters(column.index)}列）"
                found[header] = column.target.plain_name
        return found

    @property
    def groups(self) -> tuple[Facets, ...]:
        """The different facets of the columns, in their order; empty when a row is one record."""
        found = (column.facets for column in self.columns if column.role is Role.FIELD and column.facets)
        return tuple(dict.fromkeys(found))


def is_of_totals(layout: Layout) -> bool:
    """Whether each row is a total of many things: no column says which thing it is."""
    kind = kinds.kind_of(layout.kind)
    telling = (
        name
        for name in kind.key
        if name not in ("area", "reporter", "event", "record_date")
        and kind.field(name).type in (FieldType.TEXT, FieldType.REF, FieldType.MULTI_REF)
    )
    return bool(kind.quantity) and not any(layout.column_of(name) for name in telling)


def describe(column: Column) -> str:
    """A column in messages: “发现数量”（G列）."""
    return f"“{column.header}”（{letters(column.index)}列）"
