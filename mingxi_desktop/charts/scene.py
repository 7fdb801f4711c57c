"""A chart as shapes: bars, names, values, legend, in the order in which they are painted."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.charts.data import ChartData
from mingxi_desktop.charts.layout import (
    HEAD_MM,
    LABEL_MM,
    LONGEST_LABEL_MM,
    MARGIN_MM,
    TITLE_MM,
    Box,
    Layout,
    fill_of,
    layout_of,
    legend_of,
    shortened,
    text_mm,
)
from mingxi_desktop.charts.style import Look
from mingxi_desktop.domain.drawing import Bar, Drawing, Shape, Stroke, Words

NOTHING = "暂无记录"


def drawing_of(data: ChartData, look: Look) -> Drawing:
    """The chart in a look."""
    layout, style = layout_of(data, look), look.style
    shapes = (*_head(layout, look), *_body(layout, look))
    return Drawing(layout.width, layout.height, shapes, style.ink, style.edge, style.paper)


def _body(layout: Layout, look: Look) -> Iterator[Shape]:
    data, style = layout.data, look.style
    if data.empty:
        middle = layout.plot.y + layout.plot.height / 2
        yield Words(NOTHING, layout.width / 2, middle, style.text_size, style.faint, "center")
        return
    for category, name in enumerate(data.categories):
        yield from _category(layout, look, category, name)
        for series in range(len(data.series)):
            yield from _bar(layout, look, series, category)
    plot = layout.plot
    yield (
        Stroke(plot.x, plot.y, plot.x, plot.y + plot.height)
        if layout.lying
        else Stroke(plot.x, plot.y, plot.x + plot.width, plot.y)
    )


def _head(layout: Layout, look: Look) -> Iterator[Shape]:
    """Title, unit at the left, legend at the right, all outside the plot."""
    data, style = layout.data, look.style
    top = layout.height - MARGIN_MM
    if look.title:
        yield Words(data.title, layout.width / 2, top - TITLE_MM / 2, style.title_size, style.ink, "center")
        top -= TITLE_MM
    middle = top - HEAD_MM / 2
    if data.unit:
        yield Words(f"单位：{data.unit}", MARGIN_MM, middle, style.text_size, style.ink)
    right = layout.width - MARGIN_MM
    for mark in reversed(legend_of(data)):
        yield Words(mark.name, right, middle, style.text_size, style.ink, "right")
        right -= text_mm(mark.name, style.text_size) + 9
        yield _filled(Box(right, middle - 1.5, 7, 3), look, mark.fill)
        right -= 5


def _category(layout: Layout, look: Look, category: int, name: str) -> Iterator[Words]:
    slot, style = layout.slot(category), look.style
    if layout.lying:
        text = shortened(name, style.text_size, LONGEST_LABEL_MM)
        middle = slot.y + slot.height / 2
        yield Words(text, slot.x - MARGIN_MM, middle, style.text_size, style.ink, "right")
        return
    for number, line in enumerate(layout.names[category]):
        top = slot.y - MARGIN_MM - number * LABEL_MM
        yield Words(line, slot.x + slot.width / 2, top, style.text_size, style.ink, "center", "top")


def _bar(layout: Layout, look: Look, series: int, category: int) -> Iterator[Shape]:
    box, style = layout.bar(series, category), look.style
    if box.width > 0 and box.height > 0:
        yield _filled(box, look, fill_of(layout.data, series, category))
    text = layout.data.series[series].text(category)
    if layout.lying:
        middle = box.y + box.height / 2
        yield Words(text, box.x + box.width + 1, middle, style.value_size, style.ink)
        return
    centre, above = box.x + box.width / 2, box.y + box.height + 0.7
    turned = layout.turned and len(text) > 1
    yield Words(text, centre, above, style.value_size, style.ink, "center", "bottom", turned)


def _filled(box: Box, look: Look, fill: int) -> Bar:
    return Bar(*box, *look.style.fill(fill))
