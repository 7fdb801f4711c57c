"""Ways to bring a sheet of hazards into a database: `python -m tests.bench.jobs.importing WAY BOOK FOLDER`."""

from __future__ import annotations

import csv
import datetime
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.bench.jobs.bare_import import bare
from tests.bench.jobs.office import convert
from tests.bench.sheets import FIELDS, HEADERS, LEVELS, TOWNS

_NAMES = [f"c{place}" for place in range(len(HEADERS))]
_DATES, _NUMBERS, _NEEDED = (1, 10, 11), (7, 8), (1, 2, 3, 4)


def _store(rows: Iterable[Sequence[Any]], folder: Path) -> None:
    """All rows into a bare table, in one transaction."""
    database = sqlite3.connect(folder / "bare.sqlite")
    database.execute("DROP TABLE IF EXISTS hazard")
    database.execute(f"CREATE TABLE hazard (id INTEGER PRIMARY KEY, {', '.join(_NAMES)})")
    marks = ", ".join("?" * len(_NAMES))
    told = f"INSERT INTO hazard ({', '.join(_NAMES)}) VALUES ({marks})"
    database.executemany(told, (_plain(row) for row in rows))
    database.commit()
    database.close()


def _plain(row: Sequence[Any]) -> list[Any]:
    """As SQLite takes them, and as many as there are columns."""
    whole = (*row, *[None] * len(_NAMES))[: len(_NAMES)]
    return [cell if isinstance(cell, int | float | None) else str(cell) for cell in whole]


def _calamine_rows(book: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()[1:]


def _checked(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """What the simplest honest import looks at: types, what must be there, known words, duplicates."""
    seen = set()
    for row in rows:
        if any(row[place] in (None, "") for place in _NEEDED):
            raise SystemExit(f"not complete: {row}")
        if any(row[place] and not isinstance(row[place], datetime.date) for place in _DATES):
            raise SystemExit(f"no date: {row}")
        if any(float(row[place]) < 0 for place in _NUMBERS) or row[8] > row[7]:
            raise SystemExit(f"no number: {row}")
        if row[2] not in TOWNS or row[5] not in LEVELS or row[6] not in FIELDS:
            raise SystemExit(f"unknown word: {row}")
        key = row[1], row[2], row[3], row[4]
        if key not in seen:
            seen.add(key)
            yield row


def calamine(book: Path, _folder: Path) -> None:
    """Reading alone."""
    _calamine_rows(book)


def base(book: Path, folder: Path) -> None:
    """calamine, checks, executemany: the least that does the job."""
    _store(_checked(_calamine_rows(book)), folder)


def openpyxl(book: Path, folder: Path) -> None:
    """Read-only, row by row."""
    from openpyxl import load_workbook

    rows = load_workbook(book, read_only=True).worksheets[0].iter_rows(min_row=2, values_only=True)
    _store(rows, folder)


def _pandas(book: Path, folder: Path, engine: str) -> None:
    import pandas

    frame = pandas.read_excel(book, engine=engine)
    database = sqlite3.connect(folder / "pandas.sqlite")
    frame.to_sql("hazard", database, if_exists="replace", index=False)
    database.commit()
    database.close()


def office(book: Path, folder: Path) -> None:
    """LibreOffice makes it a CSV file."""
    convert("csv", book, folder)
    with (folder / book.with_suffix(".csv").name).open(encoding="utf-8", newline="") as file:
        _store(csv.reader(file), folder)


def create(book: Path, folder: Path) -> None:
    """peewee's `create()` for each row, in one transaction."""
    import peewee

    database = peewee.SqliteDatabase(folder / "peewee.sqlite")
    fields = {name: peewee.TextField(null=True) for name in _NAMES}
    meta = type("Meta", (), {"database": database})
    table = type("Hazard", (peewee.Model,), {**fields, "Meta": meta})
    database.drop_tables([table])
    database.create_tables([table])
    with database.atomic():
        for row in _calamine_rows(book):
            table.create(**dict(zip(_NAMES, _plain(row), strict=True)))
    database.close()


def program(book: Path, folder: Path) -> None:
    """The product: guard, reading process, recognition, checks, duplicates, history, hashes, search text."""
    from mingxi_desktop.ledger import Ledger, importing
    from mingxi_desktop.ledger.importing import Settings

    path = folder / "ledger.mxdb"
    path.unlink(missing_ok=True)
    with Ledger.create(path) as ledger:
        found = importing.preview(ledger, [book], Settings(kind="hazard", year=2024))
        if found.rejected:
            raise SystemExit(found.rejected[0].message)
        importing.commit(ledger, found)


def limit(book: Path, folder: Path) -> None:
    """What remains where nothing is recognised, checked, compared or put into words: after `program`, of its ledger.

    The book is guarded and read in a process of its own; SQLite copies the finished rows and makes their indexes,
    without any value of them coming to Python.
    """
    from mingxi_desktop.exchange.reading.child import ReadingProcess
    from mingxi_desktop.exchange.reading.read import read_sheets

    with ReadingProcess() as process:
        read_sheets(book.read_bytes(), process)
    path = folder / "limit.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("ATTACH ? AS done", [str(folder / "ledger.mxdb")])
    made = database.execute("SELECT name, sql FROM done.sqlite_master WHERE type = 'table'").fetchall()
    for name, told in made:
        database.execute(told)
        database.execute(f'INSERT INTO main."{name}" SELECT * FROM done."{name}"')
    for (told,) in database.execute(
        "SELECT sql FROM done.sqlite_master WHERE type = 'index' AND sql <> ''"
    ).fetchall():
        database.execute(told)
    database.commit()
    database.close()


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "calamine": calamine,
    "base": base,
    "openpyxl": openpyxl,
    "pandas": lambda book, folder: _pandas(book, folder, "calamine"),
    "pandas_openpyxl": lambda book, folder: _pandas(book, folder, "openpyxl"),
    "office": office,
    "create": create,
    "program": program,
    "limit": limit,
    "bare": bare,
}

if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
