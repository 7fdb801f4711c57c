"""Ways to write all hazards into a spreadsheet: `… jobs.exporting WAY LEDGER CELLS FOLDER`.

WAY is one of the peers, rows_csv, program_xlsx or program_csv.
The peers write the very cells that the program does; `dump` makes the file of them.  Prints the processor seconds
that writing took: reading the cells from their file is no part of a peer's work, reading the ledger is part of ours.
"""

from __future__ import annotations

import csv
import json
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.hazards import YEAR
from tests.bench.jobs.office import convert

Cells = list[list[Any]]
_DATE = "yyyy-mm-dd"


def dump(file: Path, cells: Path) -> None:
    """The cells of the program's own sheet, header first."""
    from mingxi_desktop.domain.query import Query
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.exporting import grids

    with Ledger.open(file) as ledger:
        _, sheets = grids(ledger, Query("hazard", year=YEAR))
        columns = sheets[0].columns
        rows = [[column.header for column in columns]]
        rows += [
            [column.cell(held) for column, held in zip(columns, row, strict=True)] for row in sheets[0].rows
        ]
    with cells.open("wb") as kept:
        pickle.dump(rows, kept)


def xlsxwriter(rows: Cells, folder: Path) -> None:
    """constant_memory, dates as dates."""
    import datetime

    import xlsxwriter as library

    with library.Workbook(str(folder / "peer.xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": _DATE})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(number, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, cell)


def openpyxl(rows: Cells, folder: Path) -> None:
    """Write-only."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(folder / "peer.xlsx")


def pandas(rows: Cells, folder: Path) -> None:
    """With the engine it takes by itself."""
    from pandas import DataFrame

    DataFrame(rows[1:], columns=rows[0]).to_excel(folder / "peer.xlsx", index=False)


def rust(rows: Cells, folder: Path) -> None:
    """rust_xlsxwriter by way of rustpy-xlsxwriter."""
    from rustpy_xlsxwriter import write_worksheet

    write_worksheet([dict(zip(rows[0], row, strict=True)) for row in rows[1:]], str(folder / "peer.xlsx"))


def plain_csv(rows: Cells, folder: Path) -> None:
    """Python's own csv module."""
    with (folder / "peer.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def office(rows: Cells, folder: Path) -> None:
    """LibreOffice makes a workbook of that CSV file."""
    plain_csv(rows, folder)
    convert("xlsx", folder / "peer.csv", folder)


def rows_csv(file: Path, target: Path) -> None:
    """SQLite's rows in the order of the table, as they lie in the file, by Python's own csv module."""
    import sqlite3

    shown = (
        "code, record_date, area, place, field, description, level, quantity_found, quantity_rectified, campaign, "
        "in_total, category, owner, plan, rectify_fund, emergency_plan, due_date, rectified_date, supervision, "
        "inspection, reporter, granularity, source_ref, note, uid"
    )
    where = "deleted_at IS NULL AND year = ? ORDER BY record_date, id"
    database = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    with target.open("w", encoding="utf-8-sig", newline="") as written:
        csv.writer(written).writerows(database.execute(f"SELECT {shown} FROM hazard WHERE {where}", [YEAR]))


def program(file: Path, target: Path) -> None:
    """The product: formatted, ready to print and to come back."""
    from mingxi_desktop.domain.query import Query
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.exporting import export

    with Ledger.open(file) as ledger:
        export(ledger, Query("hazard", year=YEAR), target)


PEERS: dict[str, Callable[[Cells, Path], None]] = {
    "xlsxwriter": xlsxwriter,
    "openpyxl": openpyxl,
    "pandas": pandas,
    "rust": rust,
    "csv": plain_csv,
    "office": office,
}


def main() -> None:
    """Do it and say how long it took."""
    way, file, cells, folder = sys.argv[1], *(Path(word) for word in sys.argv[2:5])
    if way in PEERS:
        with cells.open("rb") as kept:
            rows = pickle.load(kept)
    before = sum(_spent())
    if way in PEERS:
        PEERS[way](rows, folder)
    else:
        (rows_csv if way == "rows_csv" else program)(file, folder / way.replace("_", "."))
    print(json.dumps({"seconds": sum(_spent()) - before}))


def _spent() -> tuple[float, float]:
    """Processor seconds of this process, and of its children."""
    import os

    used = os.times()
    return time.process_time(), used.children_user + used.children_system


if __name__ == "__main__":
    main()
