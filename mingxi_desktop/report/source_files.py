"""The source files behind an annex's records: numbered, so that a line of a table can name a dozen of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from mingxi_desktop.domain.indicators import Contribution, Trace
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.model import Cell, Table

TYPED_IN = "直接录入（没有来源文件）"
"""Named in place of a file where a record says nothing of its source."""
_TYPED_SHORT = "录入"
_MARK = " · "
"""Between file, sheet and row in a record's source."""
_AND = "、 "
"""Between numbers; without the blank LibreOffice takes 282、284 for one number and breaks it anywhere."""
_DIGITS = pattern(r"\d+")


@dataclass(slots=True)
class SourceFile:
    """A file that records came from: its sheets, its records, and the numbers of the indicators it proves."""

    name: str
    areas: set[str] = field(default_factory=set)
    sheets: dict[str, None] = field(default_factory=dict)
    records: set[tuple[str, int]] = field(default_factory=set)
    uses: dict[int, None] = field(default_factory=dict)


class SourceFiles:
    """The files behind some indicators, in the order of their townships, numbered from 1."""

    def __init__(self, traces: Sequence[Trace], areas: Sequence[str]) -> None:
        """areas: the townships in their order."""
        self._files: dict[str, SourceFile] = {}
        for place, trace in enumerate(traces, start=1):
            for record in trace.records:
                name, sheet = file_and_sheet(record.source)
                file = self._files.setdefault(name, SourceFile(name))
                file.areas.add(record.area)
                if sheet:
                    file.sheets[sheet] = None
                file.records.add((record.kind, record.id))
                file.uses[place] = None
        rank = {area: place for place, area in enumerate(areas)}
        order = sorted(
            (file for file in self._files.values() if file.name), key=lambda file: _key(file, rank)
        )
        self._numbers = {file.name: number for number, file in enumerate(order, start=1)}

    def __len__(self) -> int:
        return len(self._numbers)

    def count(self, records: Iterable[Contribution]) -> int:
        """How many files records came from."""
        return len({name for name, _ in map(_of, records) if name})

    def numbers(self, records: Iterable[Contribution]) -> str:
        """Their files by number: 1—12、 30; 录入 for records that were typed in."""
        names = {name for name, _ in map(_of, records)}
        known = spans(sorted(self._numbers[name] for name in names if name))
        return _AND.join(part for part in (known, _TYPED_SHORT if "" in names else "") if part)

    def table(self, caption: str, size: float) -> Table:
        """Every file with its sheets, how many records it gave, and which indicators rest on it."""
        rows: list[tuple[Cell, ...]] = [
            _row(str(number), name, self._files[name]) for name, number in self._numbers.items()
        ]
        if "" in self._files:
            rows.append(_row("", TYPED_IN, self._files[""]))
        return Table(
            header=("编号", "来源文件", "工作表", "记录数", "用于指标（序号）"),
            rows=tuple(rows),
            widths=(12, 68, 22, 16, 38),
            caption=caption,
            aligns=("center", "left", "left", "right", "left"),
            size=size,
        )


def file_and_sheet(source: str) -> tuple[str, str]:
    """File and sheet of a record's source such as 雪峰镇1月.xlsx · 隐患台账 · 第12行."""
    name, *rest = source.strip().split(_MARK)
    return name.strip(), rest[0].strip() if len(rest) > 1 else ""


def spans(numbers: Sequence[int]) -> str:
    """Rising numbers as a reader would list them: 1—12、 15、 17、 18."""
    parts = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        parts += [f"{run[0]}—{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return _AND.join(parts)


def _of(record: Contribution) -> tuple[str, str]:
    return file_and_sheet(record.source)


def _row(number: str, name: str, file: SourceFile) -> tuple[Cell, ...]:
    return number, name, "、".join(file.sheets), str(len(file.records)), spans(list(file.uses))


def _key(file: SourceFile, rank: dict[str, int]) -> tuple[int, str, tuple[int, ...]]:
    """One township's files stand together, those of one form by month; those of several townships last."""
    own = next(iter(file.areas)) if len(file.areas) == 1 else ""
    numbers = tuple(int(found) for found in _DIGITS.findall(file.name))
    return rank.get(own, len(rank)), _DIGITS.sub("#", file.name), numbers
