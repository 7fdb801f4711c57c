"""What a block of the benchmark is made of: a workload, processes that work on it, lines of a table, and goals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CPU, WALL, MEGABYTES = "cpu", "wall", "megabytes"
"""What is measured of every process: seconds of all processors, seconds by the clock, most memory at one time."""
CITY = 100_000
"""Rows up to which the smaller of two goals holds."""
Measured = Mapping[str, float]
"""Of one process: CPU, WALL and MEGABYTES, and whatever it told of itself."""


@dataclass(frozen=True)
class Goal:
    """What is to be reached.

    most: of the line's ratio to its peer, or of its value where that is no `ratio`.  larger: the same above CITY rows.
    """

    text: str
    most: float
    ratio: bool = False
    larger: float | None = None

    def most_at(self, rows: int) -> float:
        """The most that is allowed with so many rows."""
        return self.most if self.larger is None or rows <= CITY else self.larger


@dataclass(frozen=True)
class Run:
    """One process: the words after the interpreter's name, {name} standing for what the workload has under it.

    needs, tools: modules and programs without which it is left out.  told: what it printed as JSON → numbers.
    most_rows: more would take minutes, or all memory.
    """

    words: Sequence[str]
    needs: Sequence[str] = ()
    tools: Sequence[str] = ()
    told: Callable[[Any], Mapping[str, float]] = dict
    most_rows: int | None = None


@dataclass(frozen=True)
class Line:
    """One line of the table: a value of a run, beside the same or another value of a peer's line.

    value: CPU, or a name among what the run told; seconds unless it is MEGABYTES or the unit says otherwise.
    clock: the same by the clock, where it is not the whole process.
    """

    text: str
    run: str
    value: str = CPU
    peer: str = ""
    goal: str = ""
    unit: str = "s"
    clock: str = ""


@dataclass(frozen=True)
class Block:
    """Jobs of one sort with their peers.

    name: by which it is asked for; several may share one.
    make: (rows, folder for scratch files) → what the words of the runs are filled with; outside the measure.
    sizes: numbers of rows that are looked at unless others are asked for; (0,) where rows do not matter.
    warm: each process once more, unmeasured, so that files are in the system's memory.
    note: how the table is to be read.
    """

    name: str
    title: str
    make: Callable[[int, Path], Mapping[str, str]]
    runs: Mapping[str, Run]
    lines: Sequence[Line]
    sizes: Sequence[int] = (CITY,)
    warm: bool = False
    note: str = ""

    def line(self, text: str) -> Line:
        """The line of that text."""
        return next(line for line in self.lines if line.text == text)


@dataclass
class Outcome:
    """What all rounds of a block gave with one number of rows.

    found: run → one `Measured` a round.  missing: run → why it was left out.
    """

    block: Block
    rows: int
    found: dict[str, list[Measured]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def values(self, line: Line) -> list[float]:
        """The line's value in each round; empty where its run was left out."""
        return [one[line.value] for one in self.found.get(line.run, ()) if line.value in one]

    def ratios(self, line: Line) -> list[float]:
        """The line's value by its peer's of the same round, round by round; empty where either was left out."""
        if not line.peer:
            return []
        peers = self.values(self.block.line(line.peer))
        return [own / peer for own, peer in zip(self.values(line), peers, strict=False) if peer]
