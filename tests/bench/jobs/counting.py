"""Ways to count a year's hazards by area and month: `python -m tests.bench.jobs.counting WAY TABLE`; prints JSON.

TABLE is what `plain` makes: a database with a table of the columns that count, the month as one of its own, and an
index that has them all in the order of the groups, so that SQLite sorts nothing.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

_SUMS = "COUNT(*), SUM(quantity_found), SUM(quantity_rectified)"
_BY = "area, month"


def plain(file: Path, path: Path) -> None:
    """The table, made from a ledger, and the same as CSV beside it."""
    database = sqlite3.connect(path)
    database.execute("ATTACH ? AS ledger", [str(file)])
    columns = "area, month, quantity_found, quantity_rectified"
    month = "CAST(substr(record_date, 6, 2) AS INTEGER) AS month"
    chosen = columns.replace("month", month)
    database.execute(f"CREATE TABLE hazard AS SELECT {chosen} FROM ledger.hazard")
    database.execute(f"CREATE INDEX covering ON hazard ({columns})")
    database.commit()
    with path.with_suffix(".csv").open("w", encoding="utf-8") as csv:
        csv.write(columns.replace(" ", "") + "\n")
        csv.writelines(
            f"{','.join(map(str, row))}\n" for row in database.execute(f"SELECT {columns} FROM hazard")
        )
    database.close()


def _grouped(database: sqlite3.Connection) -> object:
    return database.execute(f"SELECT {_BY}, {_SUMS} FROM hazard GROUP BY {_BY}").fetchall()


def _singly(database: sqlite3.Connection) -> object:
    areas = [row[0] for row in database.execute("SELECT DISTINCT area FROM hazard").fetchall()]
    told = f"SELECT {_SUMS} FROM hazard WHERE area = ? AND month = ?"
    return [database.execute(told, [area, month]).fetchone() for area in areas for month in range(1, 13)]


def _in_sqlite(work: Callable[[sqlite3.Connection], object], path: Path) -> float:
    database = sqlite3.connect(path)
    work(database)
    start = time.process_time()
    work(database)
    return time.process_time() - start


def _duckdb(path: Path) -> float:
    import duckdb

    database = duckdb.connect()
    database.execute(
        f"CREATE TABLE hazard AS SELECT * FROM read_csv('{path.with_suffix('.csv').as_posix()}')"
    )
    told = f"SELECT {_BY}, {_SUMS} FROM hazard GROUP BY ALL"
    database.execute(told).fetchall()
    start = time.process_time()
    database.execute(told).fetchall()
    return time.process_time() - start


WAYS: dict[str, Callable[[Path], float]] = {
    "grouped": lambda path: _in_sqlite(_grouped, path),
    "singly": lambda path: _in_sqlite(_singly, path),
    "duckdb": _duckdb,
}

if __name__ == "__main__":
    print(json.dumps({"seconds": WAYS[sys.argv[1]](Path(sys.argv[2]))}))
