"""Draws a chart with matplotlib, without its global state: PDF, SVG or PNG at the final size.

The same data, font and look give the same bytes.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mingxi_desktop import paths
from mingxi_desktop.charts.data import ChartData
from mingxi_desktop.charts.glyphs import Lettering
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
from mingxi_desktop.charts.style import MM_PER_INCH, STANDALONE, Look

NOTHING = "暂无记录"
_KEPT = 32
"""So many drawn charts are kept at hand: those of a report, on paper and on screen."""
_UNTOLD: Mapping[str, Mapping[str, None]] = MappingProxyType(
    {
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None},
    }
)
"""What matplotlib would say of itself and of the day, by format."""


def pdf(data: ChartData, font: Path, look: Look = STANDALONE) -> bytes:
    """One page of vectors with the font embedded and subset (Type 3 takes TrueType and CFF alike)."""
    return _saved(data, font, look, "pdf")


def svg(data: ChartData, font: Path, look: Look = STANDALONE) -> bytes:
    """The chart as SVG whose text stays text: it can be found, read aloud and changed."""
    return _saved(data, font, look, "svg")


def png(data: ChartData, font: Path, dpi: float = 300, look: Look = STANDALONE) -> bytes:
    """The chart as a picture of width in mm / 25.4 × dpi pixels."""
    return _saved(data, font, look, "png", dpi)


def _saved(data: ChartData, font: Path, look: Look, form: str, dpi: float = 72) -> bytes:
    # What stands behind the bars is not drawn, and need not be the same.
    rows = tuple(replace(row, keys=(), apart=tuple(sorted(row.apart))) for row in data.series)
    return _drawn(replace(data, series=rows), font, font.stat().st_mtime_ns, look, form, dpi)


@lru_cache(maxsize=_KEPT)
def _drawn(data: ChartData, font: Path, _changed: int, look: Look, form: str, dpi: float) -> bytes:
    """Drawn once: a report is set anew with each word that is changed in it, its charts seldom change."""
    _keep_cache_with_our_data()
    import matplotlib

    buffer = io.BytesIO()
    # Only what cannot be said per artist: it is put back at once.
    with matplotlib.rc_context({"svg.hashsalt": data.name, "svg.fonttype": "none", "pdf.fonttype": 3}):
        _figure(data, Lettering(font), look).savefig(
            buffer, format=form, dpi=dpi, metadata=dict(_UNTOLD[form])
        )
    return buffer.getvalue()


def _keep_cache_with_our_data() -> None:
    """Matplotlib writes its list of fonts beside our log rather than into the user's home."""
    os.environ.setdefault("MPLCONFIGDIR", str(paths.data_dir() / "cache"))


def _figure(data: ChartData, lettering: Lettering, look: Look) -> Any:
    """The drawn figure: one axes over all of it whose units are millimetres."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    layout = layout_of(data, look)
    figure = Figure(figsize=(layout.width / MM_PER_INCH, layout.height / MM_PER_INCH))
    FigureCanvasAgg(figure)
    figure.patch.set(facecolor=look.style.paper or "none", linewidth=0)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, layout.width), ylim=(0, layout.height))
    axes.set_axis_off()
    _head(axes, layout, lettering, look)
    if data.empty:
        middle = (layout.width / 2, layout.plot.y + layout.plot.height / 2)
        lettering.write(
            axes, middle, NOTHING, look.style.text_size, color=look.style.faint, ha="center", va="center"
        )
        return figure
    for category, name in enumerate(data.categories):
        _category(axes, layout, lettering, look, category, name)
        for series in range(len(data.series)):
            _bar(axes, layout, lettering, look, series, category)
    _base_line(axes, layout, look)
    return figure


def _head(axes: Any, layout: Layout, lettering: Lettering, look: Look) -> None:
    """Title, unit at the left, legend at the right, all outside the plot."""
    data, style = layout.data, look.style
    top = layout.height - MARGIN_MM
    if look.title:
        centre = (layout.width / 2, top - TITLE_MM / 2)
        lettering.write(axes, centre, data.title, style.title_size, color=style.ink, ha="center", va="center")
        top -= TITLE_MM
    middle = top - HEAD_MM / 2
    if data.unit:
        place = (MARGIN_MM, middle)
        lettering.write(axes, place, f"单位：{data.unit}", style.text_size, color=style.ink, va="center")
    right = layout.width - MARGIN_MM
    for mark in reversed(legend_of(data)):
        lettering.write(
            axes, (right, middle), mark.name, style.text_size, color=style.ink, ha="right", va="center"
        )
        right -= text_mm(mark.name, style.text_size) + 9
        _rectangle(axes, Box(right, middle - 1.5, 7, 3), look, mark.fill)
        right -= 5


def _category(axes: Any, layout: Layout, lettering: Lettering, look: Look, category: int, name: str) -> None:
    slot, style = layout.slot(category), look.style
    if layout.lying:
        place = (slot.x - MARGIN_MM, slot.y + slot.height / 2)
        text = shortened(name, style.text_size, LONGEST_LABEL_MM)
        lettering.write(axes, place, text, style.text_size, color=style.ink, ha="right", va="center")
        return
    for number, line in enumerate(layout.names[category]):
        place = (slot.x + slot.width / 2, slot.y - MARGIN_MM - number * LABEL_MM)
        lettering.write(axes, place, line, style.text_size, color=style.ink, ha="center", va="top")


def _bar(axes: Any, layout: Layout, lettering: Lettering, look: Look, series: int, category: int) -> None:
    box = layout.bar(series, category)
    if box.width > 0 and box.height > 0:
        _rectangle(axes, box, look, fill_of(layout.data, series, category))
    text = layout.data.series[series].text(category)
    if layout.lying:
        place, align = (box.x + box.width + 1, box.y + box.height / 2), {"ha": "left", "va": "center"}
    else:
        place, align = (box.x + box.width / 2, box.y + box.height + 0.7), {"ha": "center", "va": "bottom"}
    turn = 90 if layout.turned and len(text) > 1 else 0
    lettering.write(axes, place, text, look.style.value_size, color=look.style.ink, rotation=turn, **align)


def _rectangle(axes: Any, box: Box, look: Look, fill: int) -> None:
    from matplotlib.patches import Rectangle

    face, hatch = look.style.fill(fill)
    patch = Rectangle((box.x, box.y), box.width, box.height)
    patch.set(facecolor=face, edgecolor=look.style.ink, linewidth=look.style.edge)
    if hatch:
        patch.set_hatch(hatch)
        patch.set_hatch_linewidth(look.style.edge)
    axes.add_patch(patch)


def _base_line(axes: Any, layout: Layout, look: Look) -> None:
    """The line from which the bars grow."""
    plot = layout.plot
    across = ([plot.x, plot.x], [plot.y, plot.y + plot.height])
    along = ([plot.x, plot.x + plot.width], [plot.y, plot.y])
    xs, ys = across if layout.lying else along
    axes.plot(xs, ys, color=look.style.ink, linewidth=look.style.edge, scalex=False, scaley=False)
