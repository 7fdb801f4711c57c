"""Searching for two Chinese characters, beside SQLite alone: `python -m tests.bench.search [rows …]`."""

from __future__ import annotations

import sys

from tests.bench import command
from tests.bench.frame import Block, Line, Run
from tests.bench.hazards import ledger_of

_LIKE, _LIKE_COUNT = "LIKE: first 100", "LIKE: count"
_LIMIT = "LIKE in the program's texts: count (limit)"


def _way(name: str) -> Run:
    return Run(("-m", "tests.bench.jobs.searching", name, "{file}", "{folder}"))


BLOCKS = (
    Block(
        "search",
        "Search for two characters",
        lambda rows, _: {"file": str(ledger_of(rows))},
        {"like": _way("like"), "fts": _way("fts"), "limit": _way("limit"), "program": _way("program")},
        (
            Line(_LIKE, "like", "first"),
            Line("FTS5 over pairs: first 100", "fts", "first", _LIKE),
            Line("the program: first 100", "program", "first", _LIKE, "search, first"),
            Line(_LIKE_COUNT, "like", "count"),
            Line("FTS5 over pairs: count", "fts", "count", _LIKE_COUNT),
            Line(_LIMIT, "limit", "count", _LIKE_COUNT),
            Line("  … of which walking from row to row", "limit", "walked", _LIKE_COUNT),
            Line("the program: count", "program", "count", _LIKE_COUNT, "search, count"),
            Line("  … beside the limit", "program", "count", _LIMIT),
            Line("FTS5: building the index", "fts", "built"),
            Line("FTS5: its size", "fts", "index", unit="MB"),
        ),
        note="Median over six words of which each is looked for once. The peers look at the description alone, the "
        "program and its limit at every text, its pinyin and its initials.",
    ),
)


if __name__ == "__main__":
    command.main(["search", *sys.argv[1:]])
