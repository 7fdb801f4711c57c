"""Numbers whose place in a list tells what they stand for: 5月12日、5月16日、6月19日; 县级100%、乡级60%."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mingxi_desktop.report.proofreading.cues import Row, Topic
from mingxi_desktop.report.proofreading.evidence import CERTAIN, Words
from mingxi_desktop.report.proofreading.numbers import Shape
from mingxi_desktop.report.proofreading.scope import Scope, Span

_GAP = 22

Taken = MutableMapping[int, tuple[str, float]]
"""Place of a number → (indicator, how sure)."""


@dataclass(frozen=True)
class Sequences:
    """The lists of one passage."""

    topics: Mapping[str, Topic]
    words: Words
    scopes: Sequence[Scope]
    rows: Sequence[Row]

    def settle(self, taken: Taken) -> None:
        """What the lists say of the numbers that are still open, and of days that are named by nothing."""
        rows = [row for row in self.rows if all(id in self.topics for id in row.ids)]
        self._drop_days_without_name(taken, {id for row in rows for id in row.ids if row.context})
        for row in rows:
            for run in self._runs:
                self._fill(taken, row, run)
        self._drop_names_of_days(taken)

    @cached_property
    def _runs(self) -> list[list[int]]:
        """Places of numbers of one shape and unit that follow each other closely."""
        passage = self.words.passage
        runs: list[list[int]] = []
        for place, number in enumerate(passage.numbers):
            before = passage.numbers[place - 1] if place else None
            start = passage.place(number)[0]
            follows = (
                before is not None
                and before.shape is number.shape
                and before.amount.unit == number.amount.unit
                and start - passage.place(before)[1] <= _GAP
                and passage.sentence(start) == passage.sentence(passage.place(before)[0])
            )
            if follows:
                runs[-1].append(place)
            else:
                runs.append([place])
        return [run for run in runs if len(run) > 1]

    def _of_days(self, run: Sequence[int]) -> bool:
        return self.words.passage.numbers[run[0]].shape is Shape.DAY

    def _drop_days_without_name(self, taken: Taken, ids: set[str]) -> None:
        """In a list of days a name is that of the day beside it: 防灾减灾日前后的5月16日、6月19日 names none."""
        for place in (place for run in self._runs if self._of_days(run) for place in run):
            id, _ = taken.get(place, ("", 0.0))
            if id in ids and not self._named(place, id):
                del taken[place]

    def _named(self, place: int, id: str) -> bool:
        """Whether the thing is named in the number's own item, or right before the brackets it stands in."""
        passage = self.words.passage
        start = passage.place(passage.numbers[place])[0]
        first, last = passage.item(start)
        bracket = passage.bracket(start)
        if bracket:
            first = passage.item(max(bracket[0] - 1, 0))[0]
        sure = [word for word, sure in self.topics[id].what.items() if sure == 1.0]
        return any(first <= hit.start and hit.end <= last for hit in self.words.of(sure))

    def _fill(self, taken: Taken, row: Row, run: Sequence[int]) -> None:
        """Give the places of a run that are still open what the sequence says of them."""
        passage = self.words.passage
        start, end = passage.sentence(passage.place(passage.numbers[run[0]])[0])
        if row.context and not any(word in passage.text[start:end] for word in row.context):
            return
        shifts = {row.ids.index(taken[place][0]) - at for at, place in enumerate(run)
                  if place in taken and taken[place][0] in row.ids}  # fmt: skip
        if not shifts and row.context and len(run) == len(row.ids) and self._of_days(run):
            shifts = {0}
        if len(shifts) != 1:
            return
        shift = shifts.pop()
        for at, place in enumerate(run):
            inside = 0 <= at + shift < len(row.ids)
            if inside and place not in taken and self.scopes[place].span is not Span.OTHER:
                taken[place] = row.ids[at + shift], CERTAIN

    def _drop_names_of_days(self, taken: Taken) -> None:
        """5·12 is the name of a day, and a date only where it stands in a list with one (5·12、5月16日)."""
        numbers = self.words.passage.numbers
        listed = {
            place for run in self._runs for place in run if any(not numbers[other].short for other in run)
        }
        for place, number in enumerate(numbers):
            if number.short and place not in listed:
                taken.pop(place, None)
