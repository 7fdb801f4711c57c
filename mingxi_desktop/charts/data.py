"""What a chart shows, without a thought of how: categories, series, and the records behind each bar."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Amount = Decimal | int | None
"""Height of a bar; None = nothing was reported, which is not 0."""


class ChartKind(StrEnum):
    """BAR: one upright bar per category.  GROUPED: one per series, side by side.  HBAR: lying bars."""

    BAR = "bar"
    GROUPED = "grouped"
    HBAR = "hbar"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: a value for each category, and what to open when its bar is clicked.

    keys: one object per value (the ledger puts its queries there), or none at all.
    """

    name: str
    values: tuple[Amount, ...]
    keys: tuple[object, ...] = ()

    @property
    def total(self) -> Decimal | int:
        """Sum of what was reported."""
        return sum((value for value in self.values if value is not None), start=0)


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart as data.

    name: identifier ("hazards_by_month").  title: Chinese, as printed below it.  unit: of the values.
    Raises ValueError where a series does not have one value (and one key or none) per category.
    """

    name: str
    title: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = field(default="")

    def __post_init__(self) -> None:
        length = len(self.categories)
        for row in self.series:
            if len(row.values) != length or len(row.keys) not in (0, length):
                raise ValueError(f"series {row.name!r} does not fit {length} categories")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for row in self.series for value in row.values)

    def key(self, series: int, category: int) -> object | None:
        """What stands behind one bar; None where nothing does."""
        keys = self.series[series].keys
        return keys[category] if keys else None
