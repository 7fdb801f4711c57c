"""All goals at a glance: what the kept tables say of them, a line for each table, those not met by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.table import MET, NOT_MET

_TABLE = re.compile(r"^<!-- (?P<title>[^\n]+) -->\n### .+?^<!-- end -->$", re.MULTILINE | re.DOTALL)
_HEAD = ("| table | goals met | not met |", "| --- | ---: | --- |")


@dataclass(frozen=True)
class _Judged:
    """One line of a table that has a goal.  ratio: its median beside the peer, "" where the goal is none of a ratio."""

    job: str
    median: str
    ratio: str
    goal: str
    met: bool

    @property
    def told(self) -> str:
        """For those that are not met: "a jump: 63 ms (≤ 50 ms)"."""
        return f"{self.job}: {self.ratio or self.median} ({self.goal})"


def glance(readme: str) -> str:
    """A Markdown table over all kept tables that have goals, in their order; "" where none has."""
    rows = []
    for found in _TABLE.finditer(readme):
        if judged := [*_judged(found[0])]:
            missed = [one.told for one in judged if not one.met]
            rows.append(
                f"| {found['title']} | {len(judged) - len(missed)} of {len(judged)} | {'; '.join(missed)} |"
            )
    return "\n".join([*_HEAD, *rows]) if rows else ""


def _judged(table: str) -> Iterator[_Judged]:
    """A job whose text begins with … is a part of the last one that does not."""
    whole = ""
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 8:
            continue
        job, median, _, ratios, _, _, goal, verdict = cells
        part = job.startswith("…")
        whole = whole if part else job
        if verdict in (MET, NOT_MET):
            of_ratio = "×" in goal or "than" in goal
            ratio = f"{ratios.split('/')[1].strip()} ×" if of_ratio and "/" in ratios else ""
            name = f"{whole}, {job.removeprefix('…').strip()}" if part else job
            yield _Judged(name, median, ratio, goal, verdict == MET)
