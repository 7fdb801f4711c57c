"""A passage written anew in other words' order, its numbers in their own order and kept apart from the words."""

from __future__ import annotations

from dataclasses import replace

from mingxi_desktop.report.proofreading.numbers import Found
from mingxi_desktop.report.proofreading.sentences import Passage


class Rewriting:
    """Takes a passage piece by piece: what is kept, what is put in, and each number in turn."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._parts: list[str] = []
        self._numbers: list[Found] = []
        self._length = self._read = 0

    def add(self, text: str) -> None:
        """Put in words."""
        self._parts.append(text)
        self._length += len(text)

    def keep(self, end: int) -> None:
        """Take over what stands up to `end`, numbers and all."""
        numbers = self._passage.numbers
        while len(self._numbers) < len(numbers):
            start, stop = self._passage.place(numbers[len(self._numbers)])
            if start >= end:
                break
            self.add(self._passage.text[self._read : start])
            self.number()
            self._read = stop
        self.add(self._passage.text[self._read : end])
        self._read = max(end, self._read)

    def number(self, unit: str = "") -> None:
        """Put the next number here.  unit: what it counts, where nothing stands behind it."""
        found = self._passage.numbers[len(self._numbers)]
        start, stop = self._passage.place(found)
        shift = self._passage.start + self._length - found.amount.start
        said = "" if found.amount.unit.strip() else unit
        amount = replace(found.amount, start=found.amount.start + shift, end=found.amount.end + shift)
        amount = replace(amount, unit=said) if said else amount
        self._numbers.append(replace(found, amount=amount, stop=found.stop + shift + len(said)))
        self.add(self._passage.text[start:stop] + said)

    def skip(self, to: int) -> None:
        """Leave out what stands up to `to`."""
        self._read = to

    def passage(self) -> Passage:
        """The passage with the rest of its text taken over."""
        self.keep(len(self._passage.text))
        old = self._passage
        return Passage(old.start, "".join(self._parts), tuple(self._numbers), old.table, old.planned)
