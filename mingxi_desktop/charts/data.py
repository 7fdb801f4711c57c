"""What a chart shows, without a thought of how: categories, series, and the records behind each bar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Amount = Decimal | int | None
"""Height of a bar; None = nothing was reported, which is not 0."""

TOTAL = "合计"
LAST_YEAR = "上年"


class ChartKind(StrEnum):
    """BAR: one upright bar per category.  GROUPED: one per series, side by side.  HBAR: lying bars."""

    BAR = "bar"
    GROUPED = "grouped"
    HBAR = "hbar"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: a value for each category, and what to open when its bar is clicked.

    keys: one object per value (the ledger puts its queries there), or none at all.  texts: the values as
    the report words them (400余), or none where the digits are all there is to say.  apart: places of bars
    that are of another origin, drawn as what `apart_name` says.
    """

    name: str
    values: tuple[Amount, ...]
    keys: tuple[object, ...] = ()
    texts: tuple[str, ...] = ()
    apart: Collection[int] = ()
    apart_name: str = ""
    indicator: str = ""

    @property
    def total(self) -> Decimal | int:
        """Sum of what was reported."""
        return sum((value for value in self.values if value is not None), start=0)

    def text(self, place: int) -> str:
        """The label of a bar; a dash where nothing was reported."""
        return self.texts[place] if self.texts else amount_text(self.values[place])


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart as data.

    name: identifier ("hazards_by_month").  title: Chinese, as printed below it.  unit: of the values.
    axis: what the categories are (月份), the head of their column in a table.  adds: whether the values of
    a row may be added up.
    Raises ValueError where a series does not have one value (and one key and text or none) per category.
    """

    name: str
    title: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = field(default="")
    axis: str = ""
    adds: bool = True

    def __post_init__(self) -> None:
        length = len(self.categories)
        for row in self.series:
            fits = all(len(part) in (0, length) for part in (row.keys, row.texts))
            if len(row.values) != length or not fits:
                raise ValueError(f"series {row.name!r} does not fit {length} categories")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for row in self.series for value in row.values)

    @property
    def caption(self) -> str:
        """The title with the unit behind it: 2024年各月隐患排查整改情况（条）."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title

    def worded(self, series: int, category: int) -> str:
        """The label of a bar with its unit: 1683条, 99.76%, 400余人; a dash alone."""
        text = self.series[series].text(category)
        bare = self.series[series].values[category] is None or "%" in text
        return text if bare else f"{text}{self.unit}"

    def key(self, series: int, category: int) -> object | None:
        """What stands behind one bar; None where nothing does."""
        keys = self.series[series].keys
        return keys[category] if keys else None


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of texts.

    title: above it.  rows: one text for each of the header's.  total: the last row adds up the others.
    numbers: places of columns that are numbers and stand at the right.  ids: the indicator behind a cell,
    by (row, column), where one is.  note: to stand below it.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False
    numbers: Collection[int] = ()
    ids: Mapping[tuple[int, int], str] = field(default_factory=dict)
    note: str = ""


def rows_of(data: ChartData, before: Mapping[str, Amount] | None = None) -> Rows:
    """The figures of a chart: a row for each category, a column for each series, the total last.

    before: the first series a year before, by category; where given it is the last column, and what only that
    year had stands below the others.
    """
    rows = [
        (f"{name}{_apart(data, place)}", *(series.text(place) for series in data.series))
        for place, name in enumerate(data.categories)
    ]
    heads = [series.name for series in data.series]
    if before:
        rows = [
            (*row, amount_text(before.get(name))) for row, name in zip(rows, data.categories, strict=True)
        ]
        nothing = [amount_text(None)] * len(heads)
        rows += [
            (name, *nothing, amount_text(amount))
            for name, amount in before.items()
            if name not in data.categories
        ]
        heads.append(LAST_YEAR if len(heads) == 1 else f"{LAST_YEAR}{heads[0]}")
    total = data.adds and len(rows) > 1
    if total:
        sums = [series.total for series in data.series]
        sums += [sum((value or 0 for value in before.values()), start=0)] if before else []
        rows.append((TOTAL, *map(amount_text, sums)))
    ids = {
        (len(rows) - 1, column): series.indicator
        for column, series in enumerate(data.series, 1)
        if total and series.indicator
    }
    numbers = tuple(range(1, len(heads) + 1))
    return Rows(
        data.title, (data.axis, *(_head(name, data) for name in heads)), tuple(rows), total, numbers, ids
    )


def amount_text(value: Amount) -> str:
    """A number in digits, trailing zeros dropped; a dash where nothing was reported."""
    if value is None:
        return "—"
    text = f"{value:f}" if not isinstance(value, int) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _apart(data: ChartData, place: int) -> str:
    """The word on a category whose bars are of another origin."""
    names = dict.fromkeys(series.apart_name for series in data.series if place in series.apart)
    return f"（{'、'.join(names)}）" if names else ""


def _head(name: str, data: ChartData) -> str:
    return f"{name}（{data.unit}）" if data.unit else name
