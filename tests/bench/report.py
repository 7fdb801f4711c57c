"""How fast reports are beside others that do part of the same: `python -m tests.bench.report [rows …]`.

Each measure runs in a process of its own (see `report_jobs`), with compiled files at hand as in an installed
program. What is compared is processor time, which other work on the machine disturbs least; each number stands
beside a peer's of the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.hazards import ledger_of

_ROWS = (1_683, 100_000)
_RUNS = 3
_ROOT = Path(__file__).resolve().parents[2]
_REPORT = {
    "matplotlib: import, four bare charts": "peer_charts",
    "reportlab: import, nine bare pages of text": "peer_text",
    "the report, charts and all": "report",
    "the report with its annex": "annexed",
    "its pages again, unchanged": "again",
    "its pages again after something was changed": "changed",
}
_ANNEX = {
    "reportlab: a bare table of these rows": "peer_table",
    "the annex with every record in it": "full_annex",
}
_PROOFREADING = {
    "python-docx: reading the draft alone": "peer_reading",
    "every number of the draft judged": "proofreading",
}
_INDICATORS = {
    "each indicator asked for alone": "peer_single",
    "SQLite: one bare count of the year": "peer_count",
    "all indicators, the first time": "indicators_first",
    "all indicators, after a change": "indicators_changed",
    "all indicators, unchanged": "indicators_again",
}


def main() -> None:
    """Print a table for each block; the first line of each is what the ratios are to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = folder / "demo.mxdb"
        _run([sys.executable, "-m", "mingxi_desktop", "--db", str(demo), "demo"], folder)
        _block("the annual report of the demonstration year", _REPORT, demo, folder)
        _block("a draft of thirty pages", _PROOFREADING, demo, folder)
        for rows in [int(word) for word in sys.argv[1:]] or _ROWS:
            file = ledger_of(rows)
            if rows <= _ROWS[0]:
                _block(f"an annex of {rows:,} records", _ANNEX, file, folder)
            _block(f"the indicators of {rows:,} hazards", _INDICATORS, file, folder)


def _block(title: str, jobs: dict[str, str], file: Path, folder: Path) -> None:
    print(f"\n{title + f', best of {_RUNS}':56}{'cpu s':>8}{'ratio':>8}{'MB':>7}")
    first = 0.0
    for said, job in jobs.items():
        command = [sys.executable, "-m", "tests.bench.report_jobs", job, str(file)]
        # Once more than counts: the first one compiles.
        found = [json.loads(_run(command, folder)) for _ in range(_RUNS + 1)][1:]
        seconds = min(one["seconds"] for one in found)
        first = first or seconds
        print(f"{said:56}{seconds:8.3f}{seconds / first:8.2f}{min(one['megabytes'] for one in found):7.0f}")


def _run(command: list[str], folder: Path) -> str:
    """What a process printed last."""
    environment = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
        "MINGXI_DATA": str(folder / "data"),
    }
    done = subprocess.run(
        command, cwd=_ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return done.stdout.strip().rpartition("\n")[2]


if __name__ == "__main__":
    main()
