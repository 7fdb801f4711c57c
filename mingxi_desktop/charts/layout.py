"""Where everything of a chart stands, in mm from the bottom left; knows neither fonts nor matplotlib.

Widths of texts are reckoned from their columns (a Chinese character is one em), so that bars stand at
the same place whatever the font and the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mingxi_desktop.charts.data import ChartData, ChartKind
from mingxi_desktop.charts.style import MM_PER_POINT, Look
from mingxi_desktop.texts import wide_len

TITLE_MM = 8.0
HEAD_MM = 6.5
"""Row of the unit and the legend, above the plot."""
LABEL_MM = 4.0
"""One line of the names below upright bars."""
LABEL_LINES = 4
"""Names that need more are shortened."""
MARGIN_MM = 1.5
UPRIGHT_MM = 40.0
"""Height of the plot of upright bars."""
LYING_MM = 5.6
"""Height of one lying bar with the space around it."""
LONGEST_LABEL_MM = 46.0
RECORDS = "按台账记录"
"""In the legend, where bars of another origin stand beside those that records add up to."""
FULL = 0.82
"""Part of its slot that a group of bars fills."""


class Box(NamedTuple):
    """A rectangle in mm, from its bottom left corner."""

    x: float
    y: float
    width: float
    height: float


class Spot(NamedTuple):
    """The strip of one bar in the picture, from the top left, as parts (0 to 1) of its width and height.

    It reaches over the whole plot, so that a small bar can be hit.
    """

    series: int
    category: int
    left: float
    top: float
    right: float
    bottom: float


def text_mm(text: str, size: float) -> float:
    """About how wide the text will be, in mm."""
    return wide_len(text) * 0.55 * size * MM_PER_POINT


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits into `room` mm, with … at the end."""
    if text_mm(text, size) <= room:
        return text
    while text and text_mm(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def in_lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """A name in as few lines of `room` mm as it needs, the last one shortened.

    The lines are of the same length: 某某民族乡 is not broken before its last character.
    """
    parts = [text]
    for lines in range(1, LABEL_LINES + 1):
        parts = evenly(text, lines)
        if all(text_mm(part, size) <= room for part in parts):
            return tuple(parts)
    return tuple(shortened(part, size, room) for part in parts)


def evenly(text: str, lines: int) -> list[str]:
    """A text in so many parts of the same length, the last one perhaps shorter; fewer where it is short."""
    step = max(-(-len(text) // lines), 1)
    return [text[start : start + step] for start in range(0, len(text), step)] or [""]


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of the legend.  fill: which of the style's fills it has."""

    name: str
    fill: int


def legend_of(data: ChartData) -> tuple[Mark, ...]:
    """What the legend has to say: the rows where there are several, and what bars of another origin are."""
    several = len(data.series) > 1
    marks = [Mark(row.name, place) for place, row in enumerate(data.series)] if several else []
    for place, row in enumerate(data.series):
        if row.apart:
            marks += [] if several else [Mark(RECORDS, place)]
            marks.append(Mark(row.apart_name, len(data.series) + place))
    return tuple(marks)


def fill_of(data: ChartData, series: int, category: int) -> int:
    """Which of the style's fills a bar has."""
    return series + len(data.series) if category in data.series[series].apart else series


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one chart.

    plot: the rectangle in which the longest bar just fits with its label.  scale: mm per unit of value.
    turned: value labels stand upright because they are wider than their bars.  names: of the categories below
    upright bars, in lines.
    """

    data: ChartData
    width: float
    height: float
    plot: Box
    scale: float
    turned: bool
    names: tuple[tuple[str, ...], ...] = ()

    @property
    def lying(self) -> bool:
        """Whether the bars grow to the right."""
        return self.data.kind is ChartKind.HBAR

    def slot(self, category: int) -> Box:
        """The strip of the plot that belongs to a category; lying ones go from the top down."""
        count = len(self.data.categories)
        if self.lying:
            step = self.plot.height / count
            return Box(self.plot.x, self.plot.y + (count - 1 - category) * step, self.plot.width, step)
        step = self.plot.width / count
        return Box(self.plot.x + category * step, self.plot.y, step, self.plot.height)

    def bar(self, series: int, category: int) -> Box:
        """The bar itself; of no length where nothing was reported."""
        slot, count = self.slot(category), len(self.data.series)
        length = max(float(self.data.series[series].values[category] or 0), 0.0) * self.scale
        if self.lying:
            thick = slot.height * FULL / count
            top = slot.y + slot.height * (1 + FULL) / 2
            return Box(slot.x, top - (series + 1) * thick, length, thick)
        thick = min(slot.width * FULL / count, self.plot.width / 12)
        left = slot.x + (slot.width - thick * count) / 2
        return Box(left + series * thick, slot.y, thick, length)


def height_mm(data: ChartData, look: Look) -> float:
    """Height of the picture in mm: as asked for, else what makes the chart readable and no more."""
    if look.height:
        return look.height
    above = _head_mm(data, look) + MARGIN_MM
    if data.kind is ChartKind.HBAR:
        return above + max(len(data.categories) * len(data.series), 2) * LYING_MM
    return above + _labels_mm(_names(data, look)) + UPRIGHT_MM


def layout_of(data: ChartData, look: Look) -> Layout:
    """Where everything of a chart lies, in mm from its lower left corner, when it is drawn in a look."""
    height = height_mm(data, look)
    labels = (row.text(place) for row in data.series for place in range(len(row.values)))
    longest = max((text_mm(label, look.style.value_size) for label in labels), default=0.0)
    head = _head_mm(data, look)
    if data.kind is ChartKind.HBAR:
        widest = max((text_mm(name, look.style.text_size) for name in data.categories), default=0.0)
        left = min(widest, LONGEST_LABEL_MM) + 2 * MARGIN_MM
        plot = Box(left, MARGIN_MM, look.width - left - MARGIN_MM, height - head - MARGIN_MM)
        return Layout(data, look.width, height, plot, _scale(data, plot.width - longest - 2), turned=False)
    names = _names(data, look)
    bottom = _labels_mm(names) + MARGIN_MM
    plot = Box(MARGIN_MM, bottom, look.width - 2 * MARGIN_MM, height - head - bottom)
    thick = plot.width / max(len(data.categories), 1) * FULL / max(len(data.series), 1)
    turned = longest > thick * 1.1
    label = longest if turned else look.style.value_size * MM_PER_POINT
    scale = _scale(data, plot.height - label - 1.5)
    return Layout(data, look.width, height, plot, scale, turned, names)


def spots(data: ChartData, look: Look) -> Iterator[Spot]:
    """Where the bars can be clicked, the same for every format."""
    layout = layout_of(data, look)
    for category in range(len(data.categories)):
        slot = layout.slot(category)
        for series in range(len(data.series)):
            bar = layout.bar(series, category)
            box = (
                Box(slot.x, bar.y, slot.width, bar.height)
                if layout.lying
                else Box(bar.x, slot.y, bar.width, slot.height)
            )
            yield Spot(
                series,
                category,
                box.x / layout.width,
                1 - (box.y + box.height) / layout.height,
                (box.x + box.width) / layout.width,
                1 - box.y / layout.height,
            )


def _head_mm(data: ChartData, look: Look) -> float:
    head = HEAD_MM if data.unit or legend_of(data) else 0
    return head + MARGIN_MM + (TITLE_MM if look.title else 0)


def _names(data: ChartData, look: Look) -> tuple[tuple[str, ...], ...]:
    room = (look.width - 2 * MARGIN_MM) / max(len(data.categories), 1)
    return tuple(in_lines(name, look.style.text_size, room) for name in data.categories)


def _labels_mm(names: tuple[tuple[str, ...], ...]) -> float:
    """Height of the names below upright bars."""
    return max((len(lines) for lines in names), default=1) * LABEL_MM + MARGIN_MM


def _scale(data: ChartData, room: float) -> float:
    """Millimetres per unit so that the greatest value takes the room."""
    most = max((float(value) for row in data.series for value in row.values if value is not None), default=0)
    return max(room, 1) / most if most > 0 else 0.0
