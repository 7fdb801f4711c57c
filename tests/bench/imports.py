"""How long a large sheet takes, beside libraries that only read it: `python -m tests.bench.imports [rows]`."""

from __future__ import annotations

import datetime
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import openpyxl
import python_calamine
import xlsxwriter

from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.importing import Settings

_ROWS = 10_000
_RUNS = 3
_HEADERS = (
    "序号", "排查日期", "乡镇", "单位或地点", "隐患内容", "隐患等级", "行业领域", "发现数量", "已整改数量",
    "整改责任人", "整改期限", "整改完成日期", "备注",
)  # fmt: skip
_TOWNS = ("雪峰镇", "盖洋镇", "胡坊镇", "瀚仙镇", "城关乡", "沙溪乡", "夏阳乡", "枫溪乡", "夏坊乡")
_FIELDS = ("消防", "危化品", "工贸")
_PLACES = 2_000


def main() -> None:
    """Build the workbook, time everything on it in turn, print a table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "hazards.xlsx"
        _build(book, rows)
        ways: dict[str, Callable[[], None]] = {
            "calamine alone": lambda: _calamine(book),
            "openpyxl read-only + executemany": lambda: _openpyxl(book),
            "ours: guard and read": lambda: _read(book),
            "ours: and recognise, check": lambda: _whole(book, store=False),
            "ours: and store": lambda: _whole(book, store=True),
        }
        times = {name: [_seconds(way) for _ in range(_RUNS)] for name, way in ways.items()}
    least = median(times["calamine alone"])
    print(f"{rows} rows, {len(_HEADERS)} columns; seconds (min / median / max of {_RUNS}), times calamine")
    for name, taken in times.items():
        told = " / ".join(f"{seconds:6.2f}" for seconds in (min(taken), median(taken), max(taken)))
        print(f"{name:34}{told}  {median(taken) / least:6.1f}")


def _build(path: Path, rows: int) -> None:
    chance = random.Random(1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("隐患")
        day_form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, _HEADERS)
        for number in range(1, rows + 1):
            day = datetime.date(2024, 1, 1) + datetime.timedelta(chance.randrange(330))
            place, content = f"企业{chance.randrange(_PLACES)}", f"灭火器过期第{number}处"
            cells = (number, None, chance.choice(_TOWNS), place, content, "一般", chance.choice(_FIELDS), 1)
            sheet.write_row(number, 0, (*cells, chance.randrange(2), "王某"))
            sheet.write_datetime(number, 1, day, day_form)
            sheet.write_datetime(number, 10, day + datetime.timedelta(15), day_form)


def _seconds(way: Callable[[], None]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def _calamine(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def _openpyxl(path: Path) -> None:
    rows = openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
    columns = ", ".join(f"c{place}" for place in range(len(_HEADERS)))
    marks = ", ".join("?" * len(_HEADERS))
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE hazard ({columns})")
        texts = ([str(cell) for cell in (*row, *[None] * len(_HEADERS))[: len(_HEADERS)]] for row in rows)
        database.executemany(f"INSERT INTO hazard VALUES ({marks})", texts)
    database.close()


def _read(path: Path) -> None:
    with ReadingProcess() as process:
        process.read(path.read_bytes())


def _whole(path: Path, *, store: bool) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.create(Path(folder) / "ledger.mxdb") as ledger,
    ):
        found = importing.preview(ledger, [path], Settings(kind="hazard", year=2024))
        if found.rejected:
            raise SystemExit(found.rejected[0].message)
        if store:
            importing.commit(ledger, found)


if __name__ == "__main__":
    main()
