"""Chance that comes out the same every time: splitting totals, picking days, names and amounts."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

_SATURDAY = 5


class Chance:
    """A seeded source of plausible numbers; equal seeds give equal numbers on every machine."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as likely."""
        return things[self._random.randrange(len(things))]

    def sample(self, things: Sequence[Thing], number: int) -> list[Thing]:
        """Different things, in random order."""
        return self._random.sample(things, number)

    def weighted(self, things: Sequence[Thing], weights: Sequence[float]) -> Thing:
        """One of the things, heavier ones more often."""
        return self._random.choices(things, weights)[0]

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self._random.randint(low, high)

    def happens(self, share: float) -> bool:
        """True in about `share` of all calls."""
        return self._random.random() < share

    def split(self, total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
        """Whole numbers that add up to `total`, roughly as the weights say, each at least `least`.

        A weight of 0 gets nothing but `least`.
        """
        uneven = [weight * (0.75 + self._random.random() / 2) for weight in weights]
        free, whole = total - least * len(uneven), sum(uneven)
        exact = [free * weight / whole for weight in uneven]
        parts = [int(share) for share in exact]
        by_rest = sorted(range(len(exact)), key=lambda number: (parts[number] - exact[number], number))
        for number in by_rest[: free - sum(parts)]:
            parts[number] += 1
        return [part + least for part in parts]

    def even(self, total: int, number: int, *, least: int = 1) -> list[int]:
        """`number` whole numbers that add up to `total`, about equal, each at least `least`."""
        return self.split(total, [1.0] * number, least=least)

    def day(self, year: int, month: int, first: int = 1, last: int = 28) -> datetime.date:
        """A day of the month between `first` and `last`, both included."""
        return datetime.date(year, month, self._random.randint(first, last))

    def workday(self, year: int, month: int, first: int = 3, last: int = 28) -> datetime.date:
        """A day of the month that is no Saturday or Sunday."""
        day = self.day(year, month, first, last)
        return day - datetime.timedelta(days=max(0, day.weekday() - _SATURDAY + 1))

    def amounts(self, total: int, number: int, ladder: Sequence[int]) -> list[int]:
        """`number` amounts from a ladder of usual ones that add up to exactly `total`.

        One of them takes what is left over, less than the smallest step of the ladder.
        """
        amounts = [ladder[0]] * number
        left = total - sum(amounts)
        smallest = min(high - low for low, high in itertools.pairwise(ladder))
        tries = 0
        while left >= smallest and tries < 100 * number:
            tries += 1
            place = self._random.randrange(number)
            higher = [step for step in ladder if amounts[place] < step <= amounts[place] + left]
            if higher:
                step = self._random.choice(higher[:3])
                left -= step - amounts[place]
                amounts[place] = step
        amounts[self._random.randrange(number)] += left
        return amounts


def later(day: datetime.date, days: int, last: datetime.date | None = None) -> datetime.date:
    """So many days later, but not after `last`."""
    moved = day + datetime.timedelta(days=days)
    return moved if last is None else min(moved, last)
