"""Printing a table of hazards, beside reportlab's own table: `python -m tests.bench.printing [rows …]`."""

from __future__ import annotations

import sys

from tests.bench import command
from tests.bench.frame import Block, Line, Run
from tests.bench.hazards import ledger_of

_TABLE = "reportlab: a bare table of five columns"

BLOCKS = (
    Block(
        "printing",
        "A table of all hazards as pages",
        lambda rows, _: {"file": str(ledger_of(rows))},
        {
            "table": Run(("-m", "tests.bench.report_jobs", "peer_table", "{file}"), most_rows=20_000),
            "pages": Run(("-m", "tests.bench.jobs.printing", "{file}")),
        },
        (
            Line(_TABLE, "table", "seconds"),
            Line("the program, all columns, the first time", "pages", "seconds", _TABLE),
            Line("  … turned, from what was read", "pages", "again", _TABLE),
            Line("  … pages", "pages", "pages", unit=""),
        ),
        sizes=(1_683,),
    ),
)


if __name__ == "__main__":
    command.main(["printing", *sys.argv[1:]])
