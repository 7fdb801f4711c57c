"""The checks of one year twice: `python -m tests.bench.jobs.checking LEDGER`; prints JSON, processor seconds.

scan: SQLite reads every value.  first: the first look.  again: the next one, after a change.  Then each check alone,
by its code.
"""

from __future__ import annotations

import datetime
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import peewee

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.every import every
from tests.bench.hazards import YEAR

_TODAY = datetime.date(YEAR + 1, 2, 1)


def main() -> None:
    """Look, change a record, look again; on a copy."""
    every()
    with tempfile.TemporaryDirectory() as folder:
        file = shutil.copyfile(sys.argv[1], Path(folder) / "ledger.mxdb")
        with Ledger.open(file) as ledger:
            found = {"scan": _timed(lambda: _scan(ledger)), "first": _timed(lambda: _look(ledger))}
            ledger.edit("hazard", 1, {"note": "改"})
            print(json.dumps({**found, "again": _timed(lambda: _look(ledger)), **_each(ledger)}))


def _each(ledger: Ledger) -> dict[str, float]:
    """Every check when nothing is remembered that it has from another."""
    found = {}
    for check in every():
        ledger.remembered._known.clear()
        scope = Scope(ledger, ledger._store, YEAR, _TODAY)
        found[check.code] = _timed(lambda check=check, scope=scope: list(check.find(scope)))
    return found


def _look(ledger: Ledger) -> None:
    ledger.checks.find(YEAR, _TODAY)


def _scan(ledger: Ledger) -> None:
    table = ledger._store.schema.table["hazard"]
    list(
        table.select(
            *[peewee.fn.SUM(peewee.fn.LENGTH(field)) for field in table._meta.sorted_fields]
        ).tuples()
    )


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
