"""Exporting all hazards, beside libraries that write the same cells: `python -m tests.bench.exports [rows …]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench import command
from tests.bench.frame import Block, Line, Run
from tests.bench.hazards import ledger_of
from tests.bench.jobs.exporting import dump

_XLSXWRITER, _OPENPYXL, _PANDAS = "XlsxWriter, constant_memory", "openpyxl, write-only", "pandas"
_CSV = "csv, Python's own"
_ROWS = "csv, Python's own, of SQLite's rows"


def _way(name: str, needs: tuple[str, ...] = (), tools: tuple[str, ...] = ()) -> Run:
    return Run(("-m", "tests.bench.jobs.exporting", name, "{file}", "{cells}", "{folder}"), needs, tools)


def _make(rows: int, folder: Path) -> dict[str, str]:
    file, cells = ledger_of(rows), folder / "cells.pickle"
    dump(file, cells)
    return {"file": str(file), "cells": str(cells)}


def _line(text: str, run: str, peer: str = _XLSXWRITER, goal: str = "") -> Line:
    return Line(text, run, "seconds", peer, goal)


BLOCKS = (
    Block(
        "exports",
        "Export of all hazards",
        _make,
        {
            "xlsxwriter": _way("xlsxwriter"),
            "openpyxl": _way("openpyxl", needs=("openpyxl",)),
            "pandas": _way("pandas", needs=("pandas",)),
            "rust": _way("rust", needs=("rustpy_xlsxwriter",)),
            "office": _way("office", tools=("soffice",)),
            "csv": _way("csv"),
            "rows": _way("rows_csv"),
            "program": _way("program_xlsx"),
            "program_csv": _way("program_csv"),
        },
        (
            _line(_XLSXWRITER, "xlsxwriter", peer=""),
            _line(_OPENPYXL, "openpyxl"),
            _line(_PANDAS, "pandas"),
            _line("rustpy-xlsxwriter", "rust"),
            _line("LibreOffice from CSV", "office"),
            _line("the program", "program", goal="export"),
            _line("  … beside openpyxl", "program", _OPENPYXL, "export, openpyxl"),
            _line("  … beside pandas", "program", _PANDAS, "export, pandas"),
            _line(_CSV, "csv", peer=""),
            _line(_ROWS, "rows", _CSV),
            _line("the program, csv", "program_csv", _CSV, "csv"),
            _line("  … beside SQLite's rows", "program_csv", _ROWS),
        ),
        note="Processor seconds of writing; the program's include reading the ledger and the formatting for print.",
    ),
)


if __name__ == "__main__":
    command.main(["exports", *sys.argv[1:]])
