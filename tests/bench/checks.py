"""How long the checks take: `python -m tests.bench.checks [rows …]` (1,683 and 100,000 unless given).

Each size in one process: the first look at a year and the next one after a change, with a full reading of the table
in the same run to compare with.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable

import peewee

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.every import every
from tests.bench import hazards

_SIZES = (1_683, 100_000)
_TODAY = datetime.date(hazards.YEAR + 1, 2, 1)
_SLOWEST = 6


def main(sizes: list[int]) -> None:
    """Print a table."""
    every()
    print("rows      full scan   first look  (x scan)  next look  (x scan)   slowest checks")
    for rows in sizes:
        with Ledger.open(hazards.ledger_of(rows)) as ledger:
            scan = _timed(lambda: _scan(ledger))
            first = _timed(lambda: ledger.checks.find(hazards.YEAR, _TODAY))
            again = _timed(lambda: ledger.checks.find(hazards.YEAR, _TODAY))
            times = f"{scan:9.3f}   {first:10.3f}  {first / scan:7.1f}   {again:9.3f}  {again / scan:7.1f}"
            print(f"{rows:<9} {times}   {_slowest(ledger)}")


def _scan(ledger: Ledger) -> None:
    """Every value of every hazard is looked at by SQLite."""
    table = ledger._store.schema.table["hazard"]
    lengths = [peewee.fn.SUM(peewee.fn.LENGTH(field)) for field in table._meta.sorted_fields]
    list(table.select(*lengths).tuples())


def _slowest(ledger: Ledger) -> str:
    """Of a look when nothing is remembered that one check has from another."""
    taken = []
    for check in every():
        ledger.remembered._known.clear()
        start = time.perf_counter()
        list(check.find(Scope(ledger, ledger._store, hazards.YEAR, _TODAY)))
        taken.append((time.perf_counter() - start, check.code))
    return "  ".join(f"{code} {seconds:.2f}" for seconds, code in sorted(taken, reverse=True)[:_SLOWEST])


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(_SIZES))
