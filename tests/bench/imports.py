"""Importing a large sheet, beside libraries that do part of it: `python -m tests.bench.imports [rows …]`."""

from __future__ import annotations

import sys

from tests.bench import command
from tests.bench.frame import MEGABYTES, Block, Line, Run
from tests.bench.sheets import book_of

_BASE = "calamine, checks, executemany (the base)"
_LIMIT = "guarded reading, SQLite storing finished rows (limit)"
_BARE = "this workbook by a program that knows it beforehand (limit)"
_OPENPYXL = "openpyxl read-only, executemany"


def _way(name: str, needs: tuple[str, ...] = (), tools: tuple[str, ...] = ()) -> Run:
    return Run(("-m", "tests.bench.jobs.importing", name, "{book}", "{folder}"), needs, tools)


BLOCKS = (
    Block(
        "imports",
        "Import of a workbook with 13 columns",
        lambda rows, _: {"book": str(book_of(rows))},
        {
            "base": _way("base"),
            "calamine": _way("calamine"),
            "pandas": _way("pandas", needs=("pandas",)),
            "pandas_openpyxl": _way("pandas_openpyxl", needs=("pandas", "openpyxl")),
            "openpyxl": _way("openpyxl", needs=("openpyxl",)),
            "office": _way("office", tools=("soffice",)),
            "create": _way("create"),
            "program": _way("program"),
            "limit": _way("limit"),
            "bare": _way("bare"),
        },
        (
            Line(_BASE, "base"),
            Line("calamine, reading alone (limit)", "calamine", peer=_BASE),
            Line("pandas with calamine, to_sql", "pandas", peer=_BASE),
            Line("pandas with openpyxl, to_sql", "pandas_openpyxl", peer=_BASE),
            Line(_OPENPYXL, "openpyxl", peer=_BASE),
            Line("LibreOffice to CSV, executemany", "office", peer=_BASE),
            Line("peewee create() a row, one transaction", "create", peer=_BASE),
            Line(_LIMIT, "limit", peer=_BASE),
            Line(_BARE, "bare", peer=_BASE),
            Line("  … that one beside openpyxl", "bare", peer=_OPENPYXL),
            Line("the program", "program", peer=_BASE, goal="import"),
            Line("  … beside openpyxl", "program", peer=_OPENPYXL, goal="import, openpyxl"),
            Line("  … beside the one that knows it beforehand", "program", peer=_BARE),
            Line("  … its memory", "program", MEGABYTES, goal="import memory"),
        ),
        warm=True,
        note="The program guards, reads in a child process, recognises, normalises, checks, looks for duplicates, "
        "and stores with history, hashes and search text; pandas and openpyxl check nothing. One limit reads in the "
        "same way and has SQLite copy the finished ledger: nothing is recognised, checked, compared or hashed. The "
        "other makes the same ledger of this workbook alone: it recognises nothing, and checks what the base checks.",
    ),
)


if __name__ == "__main__":
    command.main(["imports", *sys.argv[1:]])
