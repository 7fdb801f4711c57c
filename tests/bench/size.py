"""Bytes a record takes, beside a plain table: `python -m tests.bench.size [rows …]`."""

from __future__ import annotations

import sys

from tests.bench import command
from tests.bench.frame import CITY, Block, Line, Run
from tests.bench.hazards import ledger_of

_PLAIN = "a plain table with the columns shown"
_SAME = "a plain table with every column of the ledger's"

BLOCKS = (
    Block(
        "size",
        "The file, a record",
        lambda rows, _: {"file": str(ledger_of(rows))},
        {"both": Run(("-m", "tests.bench.jobs.weighing", "{file}", "{folder}"))},
        (
            Line(_PLAIN, "both", "plain", unit="bytes"),
            Line(_SAME, "both", "same", _PLAIN, unit="bytes"),
            Line(
                "  … and an index of each that is sorted by (limit)", "both", "indexed", _SAME, unit="bytes"
            ),
            Line("the ledger file", "both", "program", _PLAIN, "file size", unit="bytes"),
            Line("  … beside every column", "both", "program", _SAME, unit="bytes"),
            Line("  … its table", "both", "own", _PLAIN, unit="bytes"),
            Line("  … indexes of it", "both", "indexes", _PLAIN, unit="bytes"),
            Line("  … history", "both", "history", _PLAIN, unit="bytes"),
        ),
        sizes=(1_683, CITY),
    ),
)


if __name__ == "__main__":
    command.main(["size", *sys.argv[1:]])
