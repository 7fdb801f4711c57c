"""The long proofs that no record is lost, and the numbers that they reached."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from devtools import checks
from devtools.environment import Environment

_COLUMNS = ("tried", "told", "lost", "damaged", "left")


def run(env: Environment, arguments: list[str]) -> int:
    """Run the tests marked `safety`, two at a time, and print a table; what else is given goes to pytest.

    --kills, --cuts, --tries, --refusals: how often something is killed, cut off, fed with rubbish, refused by the
    disk.  --minutes: of the window driven at random.  --seed: repeats a run.
    """
    parser = argparse.ArgumentParser(prog="dev.py test --safety", add_help=False)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--cuts", type=int, default=600)
    parser.add_argument("--tries", type=int, default=300)
    parser.add_argument("--refusals", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--seed", default="1")
    wished, rest = parser.parse_known_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mingxi-safety-") as scratch:
        numbers = Path(scratch) / "numbers.jsonl"
        os.environ |= {
            "MINGXI_SAFETY_KILLS": str(wished.kills),
            "MINGXI_SAFETY_CUTS": str(wished.cuts),
            "MINGXI_SAFETY_TRIES": str(wished.tries),
            "MINGXI_SAFETY_REFUSALS": str(wished.refusals),
            "MINGXI_SAFETY_MINUTES": str(wished.minutes),
            "MINGXI_SAFETY_SEED": wished.seed,
            "MINGXI_SAFETY_NUMBERS": str(numbers),
        }
        many = ["-q", "-m", "safety", "-n", "2", "--dist", "worksteal", "tests/safety", *rest]
        code = checks.pytest(env, many)
        lines = numbers.read_text(encoding="utf-8").splitlines() if numbers.exists() else []
    print(f"\n{table(json.loads(line) for line in lines)}")
    print(f"\nseed {wished.seed}, {time.monotonic() - started:.0f} s in all; {time.strftime('%Y-%m-%d')}")
    return code


def table(reached: Iterable[Mapping[str, Any]]) -> str:
    """The numbers as a table in Markdown; lines of the same `what` are added up."""
    sums: dict[str, dict[str, float]] = {}
    for line in reached:
        row = sums.setdefault(line["what"], dict.fromkeys((*_COLUMNS, "seconds"), 0))
        for name in row:
            row[name] += line[name]
    head = "| what | tried | acknowledged | lost | damaged | left behind | seconds |"
    rule = f"| --- |{' ---: |' * (len(_COLUMNS) + 1)}"
    rows = [
        f"| {what} | {' | '.join(f'{row[name]:.0f}' for name in _COLUMNS)} | {row['seconds']:.0f} |"
        for what, row in sorted(sums.items())
    ]
    return "\n".join((head, rule, *rows))
