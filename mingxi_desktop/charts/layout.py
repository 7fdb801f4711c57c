"""Where everything of a chart stands, in mm from the bottom left; knows neither fonts nor matplotlib.

Widths of texts are reckoned from their columns (a Chinese character is one em), so that bars stand at
the same place whatever the font and the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mingxi_desktop.charts.data import Amount, ChartData, ChartKind
from mingxi_desktop.charts.style import MM_PER_POINT, Look
from mingxi_desktop.texts import wide_len

TITLE_MM = 8.0
HEAD_MM = 6.5
"""Row of the unit and the legend, above the plot."""
LABEL_MM = 5.5
MARGIN_MM = 1.5
UPRIGHT_MM = 40.0
"""Height of the plot of upright bars."""
LYING_MM = 5.6
"""Height of one lying bar with the space around it."""
LONGEST_LABEL_MM = 46.0
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


def amount_text(value: Amount) -> str:
    """The label of a bar; a dash where nothing was reported."""
    if value is None:
        return "—"
    text = f"{value:f}" if not isinstance(value, int) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one chart.

    plot: the rectangle in which the longest bar just fits with its label.  scale: mm per unit of value.
    turned: value labels stand upright because they are wider than their bars.
    """

    data: ChartData
    width: float
    height: float
    plot: Box
    scale: float
    turned: bool

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
        length = float(self.data.series[series].values[category] or 0) * self.scale
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
    above = _head_mm(look) + MARGIN_MM
    if data.kind is ChartKind.HBAR:
        return above + max(len(data.categories) * len(data.series), 2) * LYING_MM
    return above + LABEL_MM + UPRIGHT_MM


def layout_of(data: ChartData, look: Look) -> Layout:
    """The layout of a chart in a look."""
    height = height_mm(data, look)
    labels = (amount_text(value) for row in data.series for value in row.values)
    longest = max((text_mm(label, look.style.value_size) for label in labels), default=0.0)
    if data.kind is ChartKind.HBAR:
        names = max((text_mm(name, look.style.text_size) for name in data.categories), default=0.0)
        left = min(names, LONGEST_LABEL_MM) + 2 * MARGIN_MM
        plot = Box(left, MARGIN_MM, look.width - left - MARGIN_MM, height - _head_mm(look) - MARGIN_MM)
        return Layout(data, look.width, height, plot, _scale(data, plot.width - longest - 2), turned=False)
    bottom = LABEL_MM + MARGIN_MM
    plot = Box(MARGIN_MM, bottom, look.width - 2 * MARGIN_MM, height - _head_mm(look) - bottom)
    thick = plot.width / max(len(data.categories), 1) * FULL / max(len(data.series), 1)
    turned = longest > thick * 1.1
    label = longest if turned else look.style.value_size * MM_PER_POINT
    return Layout(data, look.width, height, plot, _scale(data, plot.height - label - 1.5), turned)


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


def _head_mm(look: Look) -> float:
    return HEAD_MM + MARGIN_MM + (TITLE_MM if look.title else 0)


def _scale(data: ChartData, room: float) -> float:
    """Millimetres per unit so that the greatest value takes the room."""
    most = max((float(value) for row in data.series for value in row.values if value is not None), default=0)
    return max(room, 1) / most if most > 0 else 0.0
