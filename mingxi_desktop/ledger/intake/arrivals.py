"""The rows of a preview that are to be stored, each with the table it stands in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.ledger.intake.result import Choice, Doubtful, Preview, SheetPreview
from mingxi_desktop.ledger.intake.wholes import wholes_first


@dataclass(slots=True, eq=False)
class Origin:
    """A row to store.  doubtful: what the user decided about it, where it was in doubt."""

    incoming: IncomingRow
    table: SheetPreview
    doubtful: Doubtful | None = None

    @property
    def row(self) -> int:
        """The sheet row, 1-based; 0 for what the table's title says."""
        return self.incoming.row

    @property
    def place(self) -> str:
        """盖洋镇.xlsx 第12行."""
        return f"{self.table.path.name} 第{self.row}行" if self.row else self.table.path.name


def arrivals(found: Preview) -> list[Origin]:
    """What would be stored of a preview, in this order: what others need first, then table by table."""
    tables = [table for table in found.sheets if table.taken]
    # Two tables may name the same new event in their titles; it is stored once.
    before = {(row.kind, row.values["name"]): Origin(row, table) for table in tables for row in table.before}
    return [*before.values(), *(origin for table in tables for origin in of_table(table))]


def of_table(table: SheetPreview) -> list[Origin]:
    """What would be stored of one table: its right rows, then those in doubt that the user wants.

    A row that points to another one of them comes after it.
    """
    chosen = []
    for item in table.chosen:
        assert item.incoming is not None
        incoming = item.incoming
        if item.choice is Choice.REPLACE:
            incoming = incoming._replace(replaces=item.record)
        elif item.assumed:
            source = f"{incoming.source}（{item.assumed}）"
            incoming = incoming._replace(values={**incoming.values, **item.if_added, "source_ref": source})
        chosen.append(Origin(incoming, table, item))
    found = [*(Origin(row, table) for row in table.rows), *chosen]
    order = wholes_first(kind_of(table.kind), [origin.incoming.values for origin in found]) if found else ()
    return [found[place] for place in order]


def files_in(found: Preview) -> list[BatchFile]:
    """The tables of which something would be stored, as a batch lists them."""
    return [
        BatchFile(table.file_name, table.sheet, table.kind, number, table.sha256)
        for table in found.sheets
        if table.taken and (number := len(table.rows) + len(table.chosen))
    ]


def kinds_in(origins: Sequence[Origin]) -> frozenset[str]:
    """The ledgers that get something, their child tables among them."""
    found = {origin.incoming.kind for origin in origins}
    found.update(name for origin in origins for name, rows in origin.incoming.children.items() if rows)
    return frozenset(found)


def years_in(origins: Sequence[Origin], today: datetime.date) -> list[int]:
    """The years that the rows are of; this year where none says one."""
    rows = [origin.incoming for origin in origins]
    own = {kind: kind_of(kind).date for kind in {row.kind for row in rows}}
    days = {row.values.get(own[row.kind]) or row.values.get("record_date") for row in rows}
    return sorted({day.year for day in days if isinstance(day, datetime.date)}) or [today.year]
