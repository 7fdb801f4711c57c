"""How many records a ledger has in a year, and where there are none, in which other years it has some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingxi_desktop.domain.query import Query

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger


@dataclass(frozen=True, slots=True)
class Held:
    """total: records of the year.  elsewhere: (year, how many), newest first; looked for where there are none."""

    year: int | None = None
    total: int = 0
    elsewhere: tuple[tuple[int, int], ...] = ()


def held(ledger: Ledger, query: Query) -> Held:
    """What a ledger holds in the year of a query, without its filters."""
    total = ledger.count(Query(query.kind, year=query.year))
    if total or query.year is None:
        return Held(query.year, total)
    counted = ((year, ledger.count(Query(query.kind, year=year))) for year in ledger.years())
    return Held(query.year, 0, tuple((year, count) for year, count in counted if count))
