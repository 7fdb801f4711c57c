"""What the program is to reach: short name → goal. Every one of them stands in a line of a block."""

from __future__ import annotations

from tests.bench.frame import Goal

GOALS: dict[str, Goal] = {
    "window": Goal("≤ 2 × a bare window", 2.0, ratio=True),
    "window memory": Goal("≤ 120 MB", 120),
    "growth": Goal("≤ 1.1 × the small ledger", 1.1, ratio=True),
    "foreign": Goal("none", 0),
    "first paint": Goal("≤ 0.5 s", 0.5),
    "jump": Goal("≤ 50 ms", 0.05),
    "table memory": Goal("≤ 150 MB", 150),
    "sort": Goal("≤ 0.5 s", 0.5),
    "filter": Goal("≤ 0.5 s", 0.5),
    "import": Goal("≤ 3 × the base", 3.0, ratio=True),
    "import, openpyxl": Goal("≤ 0.5 × openpyxl", 0.5, ratio=True),
    "import memory": Goal("≤ 350 MB", 350),
    "export": Goal("≤ 1.1 × XlsxWriter", 1.1, ratio=True),
    "export, openpyxl": Goal("faster than openpyxl", 1.0, ratio=True),
    "export, pandas": Goal("faster than pandas", 1.0, ratio=True),
    "csv": Goal("≤ 0.6 s", 0.6),
    "search, first": Goal("≤ 20 ms", 0.02),
    "search, count": Goal("≤ 60 ms, a million: ≤ 100 ms", 0.06, larger=0.1),
    "indicators": Goal("≤ 0.15 s, a million: ≤ 0.5 s", 0.15, larger=0.5),
    "save": Goal("≤ 5 ms", 0.005),
    "report": Goal("≤ 2 s", 2.0),
    "annex": Goal("≤ 3 s", 3.0),
    "annex memory": Goal("≤ 300 MB", 300),
    "held up": Goal("≤ 100 ms", 0.1),
    "file size": Goal("≤ 1.5 × a plain table", 1.5, ratio=True),
}
