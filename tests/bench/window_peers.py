"""One peer of the window in a process of its own: `python -m tests.bench.window_peers NAME FILE`.

Prints JSON: when the first rows were painted (on the clock that all processes share), megabytes, jumps in seconds.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

JUMPS = 50
CLOCK = "MINGXI_BENCH_STARTED"
"""In the environment: when the process was started, on the clock that all processes share."""
STARTED = float(os.environ.get(CLOCK, "0"))
COLUMNS = (
    "code", "record_date", "area", "place", "field", "description", "level", "quantity_found",
    "quantity_rectified", "in_total", "owner", "due_date", "rectified_date",
)  # fmt: skip
_PAGE, _MOST_PAGES = 200, 40
_MOST_FETCHES = 20_000


def office_screen() -> None:
    """Where there is no screen, one as offices have: Qt would make up one that is smaller than the window."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        told = Path(__file__).with_name("screen.json")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={told}"


def megabytes() -> float:
    """What this process holds in memory now."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def bare(_: str) -> dict[str, Any]:
    """A window with nothing in it."""
    from PySide6.QtWidgets import QWidget

    return _shown(QWidget, jumping=False)


def eager(path: str) -> dict[str, Any]:
    """The same with all libraries and all modules of the program imported first."""
    import importlib
    import pkgutil

    import mingxi_desktop

    for name in (
        "matplotlib.backends.backend_qtagg",
        "reportlab.platypus",
        "xlsxwriter",
        "docx",
        "pypdfium2",
    ):
        importlib.import_module(name)
    for module in pkgutil.walk_packages(mingxi_desktop.__path__, "mingxi_desktop."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return bare(path)


def fixed(told: str) -> dict[str, Any]:
    """The program's first page with nothing behind it.  told: as `fixed_page.fixed` takes it."""
    from tests.bench import fixed_page

    return fixed_page.fixed(told)


def lean(told: str) -> dict[str, Any]:
    """The same with PySide loaded as the program loads it."""
    from mingxi_desktop.ui import lean_qt

    lean_qt.restore()
    return fixed(told)


def model(path: str) -> dict[str, Any]:
    """The ids of all rows, and the rows that are looked at."""
    from PySide6.QtCore import QAbstractTableModel, Qt

    file = sqlite3.connect(path)

    class Windowed(QAbstractTableModel):
        def __init__(self) -> None:
            super().__init__()
            rows = file.execute("SELECT id FROM hazard ORDER BY id DESC")
            self.ids = array("q", (row[0] for row in rows))
            self.pages: dict[int, list[Any]] = {}

        def rowCount(self, parent: Any = None) -> int:
            return len(self.ids)

        def columnCount(self, parent: Any = None) -> int:
            return len(COLUMNS)

        def data(self, index: Any, role: int = 0) -> Any:
            if role != Qt.ItemDataRole.DisplayRole:
                return None
            page, row = divmod(index.row(), _PAGE)
            if page not in self.pages:
                if len(self.pages) >= _MOST_PAGES:
                    self.pages.pop(next(iter(self.pages)))
                wanted = list(self.ids[page * _PAGE : (page + 1) * _PAGE])
                marks = ",".join("?" * len(wanted))
                told = f"SELECT id, {','.join(COLUMNS)} FROM hazard WHERE id IN ({marks})"
                found = {row[0]: row[1:] for row in file.execute(told, wanted)}
                self.pages[page] = [found[number] for number in wanted]
            return self.pages[page][row][index.column()]

    return _shown(lambda: _table(Windowed()))


def in_list(path: str) -> dict[str, Any]:
    """All rows in memory."""
    from PySide6.QtCore import QAbstractTableModel, Qt

    class Listed(QAbstractTableModel):
        def __init__(self) -> None:
            super().__init__()
            told = f"SELECT {','.join(COLUMNS)} FROM hazard ORDER BY id DESC"
            self.rows = sqlite3.connect(path).execute(told).fetchall()

        def rowCount(self, parent: Any = None) -> int:
            return len(self.rows)

        def columnCount(self, parent: Any = None) -> int:
            return len(COLUMNS)

        def data(self, index: Any, role: int = 0) -> Any:
            return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    return _shown(lambda: _table(Listed()))


def qt_sql(path: str) -> dict[str, Any]:
    """Qt's own model, which keeps whatever was passed on the way to the bottom."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel

    def made() -> Any:
        database = QSqlDatabase.addDatabase("QSQLITE")
        database.setDatabaseName(path)
        if not QSqlDatabase.open(database):
            raise SystemExit("Qt's SQLite driver is missing")
        shown = QSqlTableModel()
        shown.setTable("hazard")
        shown.select()
        return _table(shown)

    def bottom(view: Any) -> float:
        start = time.perf_counter()
        fetches = 0
        while view.model().canFetchMore() and fetches < _MOST_FETCHES:
            view.model().fetchMore()
            fetches += 1
        return time.perf_counter() - start

    return _shown(made, jumping=False, last=bottom)


def durable(path: str) -> dict[str, Any]:
    """The least that a durable save takes: one row and a commit, or a write and fsync."""
    folder = Path(path).parent
    bench = folder / "durable.sqlite"
    bench.unlink(missing_ok=True)
    file = sqlite3.connect(bench, isolation_level=None)
    for told in ("journal_mode = truncate", "synchronous = full", "locking_mode = exclusive"):
        file.execute(f"PRAGMA {told}")
    file.execute("CREATE TABLE hazard (id INTEGER PRIMARY KEY, text TEXT)")
    saves = []
    for number in range(JUMPS):
        start = time.perf_counter()
        file.execute("INSERT INTO hazard (text) VALUES (?)", (f"灭火器压力不足{number}",))
        saves.append(time.perf_counter() - start)
    file.close()
    bench.unlink()
    writes = []
    with (folder / "durable.bin").open("wb", buffering=0) as plain:
        for _ in range(JUMPS):
            start = time.perf_counter()
            plain.write(bytes(4096))
            os.fsync(plain.fileno())
            writes.append(time.perf_counter() - start)
    (folder / "durable.bin").unlink()
    return {"saves": saves, "writes": writes}


def _table(model: Any) -> Any:
    from PySide6.QtWidgets import QTableView

    view = QTableView()
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(28)
    return view


def _shown(
    make: Callable[[], Any], *, jumping: bool = True, last: Callable[[Any], float] | None = None
) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    office_screen()
    app = QApplication(["bench"])
    window = QMainWindow()
    view = make()
    window.setCentralWidget(view)
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    view.repaint()
    found: dict[str, Any] = {
        "painted": time.perf_counter() - STARTED,
        "painted_cpu": time.process_time(),
        "megabytes": megabytes(),
    }
    if jumping:
        chance = random.Random(1)
        found["jumps"] = []
        rows, before = view.model().rowCount(), time.process_time()
        for _ in range(JUMPS):
            start = time.perf_counter()
            view.scrollTo(view.model().index(chance.randrange(rows), 0))
            view.viewport().repaint()
            found["jumps"].append(time.perf_counter() - start)
        found["jump_cpu"] = (time.process_time() - before) / JUMPS
    if last is not None:
        found["bottom"] = last(view)
    found["megabytes_after"] = megabytes()
    return found


if __name__ == "__main__":
    kinds: dict[str, Callable[[str], dict[str, Any]]] = {
        "bare": bare, "eager": eager, "fixed": fixed, "lean": lean, "model": model, "list": in_list,
        "qt_sql": qt_sql, "durable": durable,
    }  # fmt: skip
    print(json.dumps(kinds[sys.argv[1]](sys.argv[2])), flush=True)
    os._exit(0)  # what Qt does on the way out is no part of the measure
