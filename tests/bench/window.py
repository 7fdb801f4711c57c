"""The window, beside others that do part of the same: `python -m tests.bench.window [rows …]`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import command, measuring
from tests.bench.frame import CITY, CPU, Block, Line, Run
from tests.bench.hazards import ledger_of
from tests.bench.jobs import browser

_COUNTY = 1_683
_BARE, _MODEL = "a bare Qt window", "a windowed model: first rows"
_JUMP, _SMALL = "a windowed model: a jump", "the ledger of 1,683, opened"
_PAGE = "the same first page with fixed texts (limit)"
_LEAN = "the same, PySide loaded as the program does (limit)"
_QT = "import QtWidgets"
_FSYNC = "write and fsync (limit)"


def _peer(name: str, most_rows: int | None = None, file: str = "{file}") -> Run:
    return Run(("-m", "tests.bench.window_peers", name, file), told=_flat, most_rows=most_rows)


def _program(upto: str, file: str = "{file}") -> Run:
    return Run(("-m", "tests.bench.window_program", file, upto), told=_flat)


def _flat(found: Mapping[str, Any]) -> dict[str, float]:
    """Numbers as they are, the median of lists, and of changes of the list the longest of its sort."""
    told: dict[str, float] = {}
    for name, value in found.items():
        if isinstance(value, int | float):
            told[name] = value
        elif name == "foreign":
            told[name] = len(value)
        elif isinstance(value, list):
            told[name] = median(value)
        else:
            for part in ("first", "first_cpu", "all", "cpu", "held"):
                told[f"{name}_{part}"] = max(one[part] for one in value.values())
    return told


def _file(rows: int, folder: Path) -> dict[str, str]:
    """The ledger, the small one beside it, and a sheet of the same size."""
    sheet = folder / "hazards.csv"
    sheet.write_text("乡镇,隐患描述\n" + "盖洋镇,灭火器压力不足\n" * rows, encoding="utf-8")
    small = ledger_of(_COUNTY)
    return {"file": str(ledger_of(rows)), "small": str(small), "sheet": str(sheet), "durable": f"{folder}/x"}


def _with_page(rows: int, folder: Path) -> dict[str, str]:
    """The same, with the program's first page of that ledger written down."""
    workload = {**_file(rows, folder), "page": str(folder / "page.json")}
    # With settings of its own, for it ends without tidying up.
    measuring.measure(
        Run(("-m", "tests.bench.first_page", "{file}", "{page}")), workload, folder / "recorded"
    )
    return workload


def _copied(rows: int, folder: Path) -> dict[str, str]:
    """The same, the ledger being a copy: records are changed in it."""
    workload = _file(rows, folder)
    return {**workload, "file": str(shutil.copyfile(workload["file"], folder / "ledger.mxdb"))}


def _imported(module: str) -> Run:
    return Run(("-c", f"import {module}"), needs=(module.partition(".")[0],))


BLOCKS = (
    Block(
        "window",
        "From the file to a usable window",
        _with_page,
        {
            "bare": _peer("bare"),
            "model": _peer("model"),
            "browser": Run(("-m", "tests.bench.jobs.browser", "{file}"), tools=browser.TOOLS),
            "office": Run(
                ("-m", "tests.bench.jobs.office", "xlsx", "{sheet}", "{folder}"), tools=("soffice",)
            ),
            "eager": _peer("eager"),
            "fixed": _peer("fixed", file="{page}|{file}"),
            "lean": _peer("lean", file="{page}|{file}"),
            "program": _program("start"),
        },
        (
            Line(_BARE, "bare", "painted_cpu", clock="painted"),
            Line("a windowed model of the hazards", "model", "painted_cpu", _BARE, clock="painted"),
            Line("sqlitebrowser", "browser", "painted_cpu", _BARE, clock="painted"),
            Line("LibreOffice: a sheet of two columns in and out", "office", peer=_BARE),
            Line("everything imported eagerly", "eager", "painted_cpu", _BARE, clock="painted"),
            Line(_PAGE, "fixed", "painted_cpu", _BARE, clock="painted"),
            Line(_LEAN, "lean", "painted_cpu", _BARE, clock="painted"),
            Line(
                "the program: window painted, file open",
                "program",
                "painted_cpu",
                _BARE,
                "window",
                clock="painted",
            ),
            Line("  … first page filled", "program", "filled_cpu", _BARE, clock="filled"),
            Line("  … first page filled, beside its limit", "program", "filled_cpu", _LEAN, clock="filled"),
            Line("  … memory", "program", "megabytes", goal="window memory", unit="MB"),
            Line("  … foreign packages loaded", "program", "foreign", goal="foreign", unit=""),
        ),
        sizes=(_COUNTY, CITY),
        warm=True,
        note="Processor seconds since the process began, and seconds by the clock.",
    ),
    Block(
        "window",
        "The table",
        _copied,
        {
            "model": _peer("model"),
            "list": _peer("list", CITY),
            "qt_sql": _peer("qt_sql", CITY),
            "program": _program(""),
            "small": _program("jumps", "{small}"),
        },
        (
            Line(_MODEL, "model", "painted_cpu", clock="painted"),
            Line("all rows in a list: first rows", "list", "painted_cpu", _MODEL, clock="painted"),
            Line("QSqlTableModel: first rows", "qt_sql", "painted_cpu", _MODEL, clock="painted"),
            Line("  … after going to the bottom", "qt_sql", "megabytes_after", unit="MB"),
            Line(
                "the program: the ledger's first rows",
                "program",
                "ledger_cpu",
                _MODEL,
                "first paint",
                clock="ledger_first",
            ),
            Line(
                "  … memory after all of this", "program", "megabytes_after", goal="table memory", unit="MB"
            ),
            Line(_JUMP, "model", "jump_cpu", clock="jumps"),
            Line("the program: a jump", "program", "jump_cpu", _JUMP, "jump", clock="jumps"),
            Line("the program: the slowest sort", "program", "sorts_cpu", goal="sort", clock="sorts_all"),
            Line(
                "  … first rows of the slowest sort",
                "program",
                "sorts_first_cpu",
                goal="sort",
                clock="sorts_first",
            ),
            Line(
                "the program: the slowest filter",
                "program",
                "filters_cpu",
                goal="filter",
                clock="filters_all",
            ),
            Line(
                "  … first rows of the slowest filter",
                "program",
                "filters_first_cpu",
                goal="filter",
                clock="filters_first",
            ),
            Line("the program: the slowest search", "program", "searches_cpu", clock="searches_all"),
            Line(
                "  … first rows of the slowest search",
                "program",
                "searches_first_cpu",
                clock="searches_first",
            ),
            Line(_SMALL, "small", "megabytes_opened", unit="MB"),
            Line("this ledger, opened", "program", "megabytes_opened", _SMALL, "growth", unit="MB"),
        ),
        note="A sort, filter or search counts until the whole list is there; its first rows are seen before.",
    ),
    Block(
        "saves",
        "A durable save",
        _copied,
        {
            "plain": Run(("-m", "tests.bench.window_peers", "durable", "{durable}"), told=_flat),
            "program": _program(""),
        },
        (
            Line(_FSYNC, "plain", "writes"),
            Line("one row, TRUNCATE and FULL", "plain", "saves", _FSYNC),
            Line("the facade: record, history, search text", "program", "facade_saves", _FSYNC),
            Line("the form: from 保存 to 已保存", "program", "form_saves", _FSYNC, "save"),
            Line("  … taking one up, typing and saving, processor seconds", "program", "form_cpu"),
        ),
        sizes=(_COUNTY,),
        note="By the clock, for the disk is what takes the time: worth something only while nothing else runs.",
    ),
    Block(
        "start",
        "What imports cost at the start",
        lambda *_: {},
        {
            "qt": _imported("PySide6.QtWidgets"),
            "matplotlib": _imported("matplotlib.backends.backend_qtagg"),
            "openpyxl": _imported("openpyxl"),
            "reportlab": _imported("reportlab.platypus"),
            "window": _imported("mingxi_desktop.ui.main"),
        },
        (
            Line(_QT, "qt", CPU),
            Line("import matplotlib with QtAgg", "matplotlib", CPU, _QT),
            Line("import openpyxl", "openpyxl", CPU, _QT),
            Line("import reportlab", "reportlab", CPU, _QT),
            Line("import of the program's window", "window", CPU, _QT),
        ),
        sizes=(0,),
        warm=True,
    ),
)


if __name__ == "__main__":
    command.main(["window", *sys.argv[1:]])
