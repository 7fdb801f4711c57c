"""What holds for all rows of a table without standing in a column."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.exchange.recognising.plan import Notice


@dataclass(slots=True)
class Context:
    """What holds for all rows of a table.

    money_unit: of bare amounts under a header without unit; None where nobody says.  land_unit: of areas of
    land under such a header.  values: field → value for fields without a column.  notices: what to tell about
    them.  before: records that have to be stored first (a disaster event that the title names).  aggregate:
    whether each row is the total of many things.  running: whether the numbers are running totals.  since:
    the first day of the period that the title names.  about: what the table is about, for texts that such
    rows lack.  titled: the one year that titles, sheet and file name.  guessed: choices taken from the title.
    """

    year: int | None = None
    money_unit: str | None = "元"
    land_unit: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    before: list[IncomingRow] = field(default_factory=list)
    aggregate: bool = False
    running: bool = False
    since: datetime.date | None = None
    about: str = ""
    titled: int | None = None
    guessed: set[str] = field(default_factory=set)

    def take(self, name: str, value: Any, code: str, message: str) -> None:
        """Use a value for every row, and say so."""
        self.values[name] = value
        self.notices.append(Notice(code, message))
