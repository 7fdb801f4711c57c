"""What those who read a single cell ask of the reader of its row."""

from __future__ import annotations

from typing import Any, Protocol

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.parse import Parsed
from mingxi_desktop.exchange.cells import Cell
from mingxi_desktop.exchange.recognising.layout import Column
from mingxi_desktop.exchange.recognising.plan import MergedNumber
from mingxi_desktop.ledger.intake.cells import CellReader
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.part import Part


class RowReading(Protocol):
    """The reader of a table's rows for one ledger; see `RowReader`."""

    kind: Kind
    cells: CellReader
    context: Context

    def put(self, part: Part, item: Field, column: Column, value: Any) -> None:
        """Keep a value in its part.  Raises ParseError where another column says otherwise."""

    def say(self, code: str, message: str, row: int, column: Column | None = None) -> None:
        """Something the user should know of a row."""

    def assumed(self, column: Column, number: int, cell: Cell | MergedNumber, parsed: Parsed[Any]) -> None:
        """Say what reading a cell took for granted."""

    def column_for(self, name: str) -> Column | None:
        """The column that fills a field of the ledger or of its lines."""

    def check_unit(self, item: Any, unit: str) -> None:
        """Raises ParseError where goods are counted in another unit than theirs."""
