"""How long the checks take, beside a full reading of the table: `python -m tests.bench.checks [rows …]`."""

from __future__ import annotations

import sys

from mingxi_desktop.ledger.checks.every import every
from tests.bench import command
from tests.bench.frame import CITY, Block, Line, Run
from tests.bench.hazards import ledger_of

_SCAN = "SQLite reads every value"

BLOCKS = (
    Block(
        "checks",
        "The checks of a year",
        lambda rows, _: {"file": str(ledger_of(rows))},
        {"both": Run(("-m", "tests.bench.jobs.checking", "{file}"))},
        (
            Line(_SCAN, "both", "scan"),
            Line("the first look", "both", "first", _SCAN),
            Line("the next look after a change", "both", "again", _SCAN),
            *(Line(f"  {check.code}", "both", check.code) for check in every()),
        ),
        sizes=(1_683, CITY),
        note="Each check below is on its own, as if nothing were remembered from another.",
    ),
)


if __name__ == "__main__":
    command.main(["checks", *sys.argv[1:]])
