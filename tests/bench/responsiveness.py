"""How long an event waits while the window does long work: `python -m tests.bench.responsiveness [rows …]`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from tests.bench import command
from tests.bench.frame import CITY, Block, Line, Run
from tests.bench.hazards import ledger_of
from tests.bench.jobs.clerk import JOBS
from tests.bench.sheets import book_of

_MOST_IMPORTED = 20_000


def _told(found: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """The longest gap of each job, the program's own part and by the clock."""
    return {
        name + ending: gaps[key]
        for name, gaps in found.items()
        for ending, key in (("", "own"), (" by the clock", "longest"))
    }


BLOCKS = (
    Block(
        "responsiveness",
        "The longest an event waits",
        lambda rows, _: {"file": str(ledger_of(rows)), "book": str(book_of(min(rows, _MOST_IMPORTED)))},
        {"window": Run(("-m", "tests.bench.jobs.long_jobs", "{file}", "{book}", "{folder}"), told=_told)},
        tuple(Line(name, "window", name, goal="held up", clock=f"{name} by the clock") for name in JOBS),
        sizes=(CITY,),
        note="The longest gap between two beats of a timer of 5 ms on the interface's thread, the table being turned "
        "over meanwhile; the first column without the time in which the machine ran other programs. "
        "`--blame` says which call held it.",
    ),
)


if __name__ == "__main__":
    command.main(["responsiveness", *sys.argv[1:]])
