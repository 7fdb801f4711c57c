"""All indicators of a year, beside counting alone: `python -m tests.bench.indicators [rows …]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench import command
from tests.bench.frame import CITY, Block, Line, Run
from tests.bench.hazards import ledger_of
from tests.bench.jobs import counting

_GROUPED = "SQLite: one GROUP BY, covering index"


def _make(rows: int, folder: Path) -> dict[str, str]:
    file, plain = ledger_of(rows), folder / "counting.sqlite"
    counting.plain(file, plain)
    return {"file": str(file), "plain": str(plain)}


def _peer(name: str, needs: tuple[str, ...] = ()) -> Run:
    return Run(("-m", "tests.bench.jobs.counting", name, "{plain}"), needs)


def _own(name: str) -> Run:
    return Run(("-m", "tests.bench.report_jobs", name, "{file}"))


def _line(text: str, run: str, peer: str = _GROUPED, goal: str = "") -> Line:
    return Line(text, run, "seconds", peer, goal)


BLOCKS = (
    Block(
        "indicators",
        "The indicators of a year, with their trace counts",
        _make,
        {
            "grouped": _peer("grouped"),
            "singly": _peer("singly"),
            "duckdb": _peer("duckdb", needs=("duckdb",)),
            "two": _own("peer_two_sums"),
            "alone": _own("peer_single"),
            "first": _own("indicators_first"),
            "changed": _own("indicators_changed"),
            "again": _own("indicators_again"),
        },
        (
            _line(_GROUPED, "grouped", peer=""),
            _line("SQLite: a query each, indexed", "singly"),
            _line("duckdb: one GROUP BY", "duckdb"),
            _line("SQLite: two of the eight sums over all hazards (limit)", "two"),
            _line("the program, each indicator alone", "alone"),
            _line("the program, all, the first time", "first", goal="indicators"),
            _line("the program, all, after a change", "changed", goal="indicators"),
            _line("the program, all, unchanged", "again", goal="indicators"),
        ),
        sizes=(1_683, CITY),
        note="The peers count area by month, about 130 cells; the program gives every indicator of the report.",
    ),
)


if __name__ == "__main__":
    command.main(["indicators", *sys.argv[1:]])
