"""The tables: text for people, which is Markdown as well."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from tests.bench.frame import CPU, MEGABYTES, WALL, Line, Outcome
from tests.bench.goals import GOALS

_HEAD = ("job", "median", "by the clock", "min / median / max × peer", "peer", "MB", "goal", "")
_LEFT = (0, 4, 6)
"""Columns that are no numbers."""
MET, NOT_MET = "met", "**not met**"


def table(outcome: Outcome) -> str:
    """One block with one number of rows."""
    of = f", {outcome.rows:,} rows" if outcome.rows else ""
    title = f"### {outcome.block.title}{of}"
    cells = [_HEAD, *(_cells(outcome, line) for line in outcome.block.lines)]
    widths = [max(_width(row[place]) for row in cells) for place in range(len(_HEAD))]
    rule = [
        "-" * (width - 1) + ("-" if place in _LEFT else ":")
        for place, width in enumerate(max(width, 3) for width in widths)
    ]
    lines = [_row(row, widths) for row in (cells[0], tuple(rule), *cells[1:])]
    return "\n".join([title, "", *([outcome.block.note, ""] if outcome.block.note else []), *lines])


def verdict(outcome: Outcome, line: Line) -> str:
    """Whether the line's goal is met; "" where it has none or could not be measured."""
    if not line.goal:
        return ""
    goal = GOALS[line.goal]
    values = outcome.ratios(line) if goal.ratio else outcome.values(line)
    if not values:
        return ""
    return MET if median(values) <= goal.most_at(outcome.rows) else NOT_MET


def _cells(outcome: Outcome, line: Line) -> tuple[str, ...]:
    goal = GOALS[line.goal].text if line.goal else ""
    values = outcome.values(line)
    if not values:
        return (line.text, "", "", outcome.missing.get(line.run, "not told"), "", "", goal, "")
    found = outcome.found[line.run]
    clock = line.clock or (WALL if line.value == CPU else "")
    return (
        line.text,
        _shown(median(values), line),
        _shown(median(one[clock] for one in found), line) if clock else "",
        _told(outcome.ratios(line)),
        line.peer,
        f"{median(one[MEGABYTES] for one in found):.0f}" if _of_a_process(line) else "",
        goal,
        verdict(outcome, line),
    )


def _shown(value: float, line: Line) -> str:
    if line.value == MEGABYTES or line.unit == "MB":
        return f"{value:.0f} MB"
    if line.unit != "s":
        return f"{value:.0f} {line.unit}".rstrip()
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.3g} ms"


def _told(ratios: Sequence[float]) -> str:
    if not ratios:
        return ""
    return " / ".join(f"{one:.3g}" for one in (min(ratios), median(ratios), max(ratios)))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell)) if place in _LEFT else " " * (width - _width(cell)) + cell
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join(padded)} |"


def _width(text: str) -> int:
    """Columns on a screen: a Chinese character has two."""
    return sum(2 if "\u2e80" <= sign <= "\uffee" else 1 for sign in text)


def _of_a_process(line: Line) -> bool:
    """Whether the line stands for a process as a whole, so that its memory belongs there."""
    return line.unit == "s" and line.value in (CPU, "seconds", "painted_cpu")
