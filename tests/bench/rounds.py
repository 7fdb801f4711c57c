"""The rounds of a block: every process in turn, A B C A B C, so that what disturbs one disturbs its peers as well."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench import measuring
from tests.bench.frame import Block, Measured, Outcome, Run

Measure = Callable[[Run, Mapping[str, str], Path], Measured]


def outcome_of(
    block: Block, rows: int, runs: int, tell: Callable[[str], object], measure: Measure = measuring.measure
) -> Outcome:
    """All rounds with one number of rows.  tell: hears what is being done.  measure: replaced by tests."""
    outcome = Outcome(block, rows)
    wanted = {line.run for line in block.lines}
    for name in (name for name in block.runs if name in wanted):
        run = block.runs[name]
        missing = measuring.lacking(run)
        if missing:
            outcome.missing[name] = f"{missing}: not installed"
        elif run.most_rows is not None and rows > run.most_rows:
            outcome.missing[name] = f"left out above {run.most_rows:,} rows"
        else:
            outcome.found[name] = []
    with tempfile.TemporaryDirectory(prefix="mingxi-bench-") as scratch:
        folder = Path(scratch)
        tell(f"{block.title}: making the workload")
        workload = {"folder": scratch, **block.make(rows, folder)}
        for number in range(-int(block.warm), runs):
            for name, found in outcome.found.items():
                tell(f"{block.title}: round {number + 1} of {runs}, {name}")
                measured = measure(block.runs[name], workload, folder)
                if number >= 0:
                    found.append(measured)
    return outcome
