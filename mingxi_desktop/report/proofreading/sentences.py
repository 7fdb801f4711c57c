"""The draft in passages: paragraphs, or a table's cells together, with their sentences, clauses and numbers.

A passage measures the way between two places of its text: punctuation, other numbers and words that say
something lengthen it, so that a topic reaches the numbers beside it and, more weakly, those that follow.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.cues import common
from mingxi_desktop.report.proofreading.numbers import Found

_COSTS = {
    **dict.fromkeys("（）()", 3.0),
    **dict.fromkeys("、\n", 4.0),
    **dict.fromkeys("：:", 6.0),
    **dict.fromkeys("，,", 8.0),
    **dict.fromkeys("；;", 20.0),
    **dict.fromkeys("。！？", 40.0),
}
_WORD, _PLAIN, _SIGN, _NUMBER = 1.1, 0.3, 0.2, 3.0
_ENDS = frozenset("。！？")
_CLAUSE_ENDS = frozenset("，,；;：:。！？\n")
_ITEM_ENDS = _CLAUSE_ENDS | frozenset("、（）()")
_CELL, _WIDEST, _TABLE, _LONGEST = 24, 160, 6000, 1600
_HEADING = pattern(
    r"\s*(?:(?P<one>[一二三四五六七八九十]{1,3}、)|(?P<two>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<three>\d{1,2}[.．、](?!\d)))"
)
_COLUMNS = pattern(r"[^\s。；][ 　\t]{2,}\S|\t\S")
_SPLIT = pattern(r"[^\n]*\n?")


@dataclass(frozen=True, eq=False)
class Passage:
    """A stretch of the draft in which words and numbers belong together.

    start: where it begins in the draft; all other places are within `text`.  numbers: in order.
    table: of cells.  planned: under a heading that tells of the year to come.
    """

    start: int
    text: str
    numbers: tuple[Found, ...] = ()
    table: bool = False
    planned: bool = False
    _bounds: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False)

    def place(self, number: Found) -> tuple[int, int]:
        """(first place of the number, place after its unit)."""
        return number.amount.start - self.start, number.stop - self.start

    def way(self, start: int, end: int) -> float:
        """How far it is from `start` to `end`: 1.1 for each Chinese character, more across commas and full stops."""
        return self._way[end] - self._way[start]

    @cached_property
    def _way(self) -> Sequence[float]:
        costs = [_COSTS.get(sign, _WORD if "\u3400" <= sign <= "\u9fff" else _SIGN) for sign in self.text]
        for word in common().get("plain", "words"):
            at = self.text.find(word)
            while at >= 0:
                costs[at : at + len(word)] = [min(cost, _PLAIN) for cost in costs[at : at + len(word)]]
                at = self.text.find(word, at + 1)
        for number in self.numbers:
            first, last = self.place(number)
            costs[first:last] = [_NUMBER / max(1, last - first)] * (last - first)
        return tuple(accumulate(costs, initial=0.0))

    def _before(self, signs: frozenset[str], name: str) -> list[int]:
        if name not in self._bounds:
            self._bounds[name] = [place for place, sign in enumerate(self.text) if sign in signs]
        return self._bounds[name]

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence around a place, half open."""
        return self._around(place, _ENDS, "sentence")

    def clause(self, place: int) -> tuple[int, int]:
        """The clause around a place, between commas."""
        return self._around(place, _CLAUSE_ENDS, "clause")

    def item(self, place: int) -> tuple[int, int]:
        """The item of a list around a place, between commas, 、 and brackets."""
        return self._around(place, _ITEM_ENDS, "item")

    def _around(self, place: int, signs: frozenset[str], name: str) -> tuple[int, int]:
        bounds = self._before(signs, name)
        at = bisect.bisect_left(bounds, place)
        start = bounds[at - 1] + 1 if at else 0
        end = bounds[at] if at < len(bounds) else len(self.text)
        return start, end

    def bracket(self, place: int) -> tuple[int, int] | None:
        """The innermost round brackets around a place, half open without them; None outside any."""
        opened = max(self.text.rfind("（", 0, place), self.text.rfind("(", 0, place))
        closed = max(self.text.rfind("）", 0, place), self.text.rfind(")", 0, place))
        if opened < 0 or closed > opened:
            return None
        ends = [end for sign in "）)" if (end := self.text.find(sign, place)) >= 0]
        return opened + 1, min(ends, default=len(self.text))


def of_rows(passage: Passage) -> list[Passage]:
    """A table's sentences one by one: they have nothing to say to each other, and a table may be long."""
    ends = [place + 1 for place, sign in enumerate(passage.text) if sign in _ENDS]
    return list(_cut(passage, [*ends, len(passage.text)]))


def of_portions(passage: Passage) -> list[Passage]:
    """A passage in portions, itself where it is not endless."""
    cuts = [end for _, end in _portions(passage.text, 0, len(passage.text))]
    return list(_cut(passage, cuts)) if len(cuts) > 1 else [passage]


def _cut(passage: Passage, ends: Sequence[int]) -> Iterator[Passage]:
    start = at = 0
    for end in ends:
        last = at
        while last < len(passage.numbers) and passage.place(passage.numbers[last])[0] < end:
            last += 1
        inside = passage.numbers[at:last]
        if end > start:
            yield Passage(
                passage.start + start, passage.text[start:end], inside, passage.table, passage.planned
            )
        start, at = end, last


def passages(text: str, numbers: Sequence[Found], year: int) -> list[Passage]:
    """The passages of a draft, with the numbers in them, and whether they tell of plans."""
    made: list[Passage] = []
    planned = 0
    starts = [number.amount.start for number in numbers]
    for start, end, table in _stretches(text):
        part = text[start:end]
        level = _level(part)
        if level and (not planned or level <= planned):
            planned = (
                level if any(word in part for word in common().filled("time", "plan_heading", year)) else 0
            )
            if planned and any(word in part for word in _done_words(year)):
                planned = 0
        inside = numbers[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
        whole = Passage(start, part, tuple(inside), table, bool(planned))
        made += [whole] if table else of_portions(whole)
    return made


def _portions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph, or the sentences of an endless one that fit together, which cost time and say nothing more."""
    while end - start > _LONGEST:
        cuts = (text.rfind(sign, start + _LONGEST // 2, start + _LONGEST) for sign in "\n。；，")
        cut = next((cut for cut in cuts if cut >= 0), -1) + 1
        if not cut:
            break
        yield start, cut
        start = cut
    yield start, end


def _done_words(year: int) -> tuple[str, ...]:
    return (f"{year}年工作总结", f"{year}年度工作总结", "工作总结和")


def _level(part: str) -> int:
    """1 for 一、, 2 for （一）, 3 for 1. where the line is a heading; 0 for running text."""
    found = _HEADING.match(part)
    if found is None or len(part.strip()) > 40 or part.rstrip().endswith(("。", "；")):
        return 0
    return 1 if found["one"] else 2 if found["two"] else 3


def _stretches(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, whether of table cells) of each paragraph, short lines one after another together."""
    lines = [(match.start(), match.end()) for match in _SPLIT.finditer(text) if match.end() > match.start()]
    found: list[tuple[int, int, bool]] = []
    for start, end in lines:
        line = text[start:end].strip()
        columns = len(line) <= _WIDEST and "。" not in line and _COLUMNS.search(line) is not None
        short = len(line) <= _CELL or columns
        cell = short and not line.endswith(("。", "；", "：", ":")) and not _HEADING.match(line)
        joins = (
            cell and bool(found) and found[-1][2] and found[-1][1] == start and end - found[-1][0] <= _TABLE
        )
        if joins:
            found[-1] = (found[-1][0], end, True)
        else:
            found.append((start, end, cell))
    return found
