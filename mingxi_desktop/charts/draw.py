"""Charts as files, painted by matplotlib without its global state: PDF, SVG or PNG at the final size.

On the report's pages they are painted by the report itself. The same data, font and look give the same bytes.
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
from mingxi_desktop.charts.scene import drawing_of
from mingxi_desktop.charts.style import MM_PER_INCH, STANDALONE, Look
from mingxi_desktop.domain.drawing import Bar, Drawing, Stroke

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
        _figure(drawing_of(data, look), Lettering(font)).savefig(
            buffer, format=form, dpi=dpi, metadata=dict(_UNTOLD[form])
        )
    return buffer.getvalue()


def _keep_cache_with_our_data() -> None:
    """Matplotlib writes its list of fonts beside our log rather than into the user's home."""
    os.environ.setdefault("MPLCONFIGDIR", str(paths.data_dir() / "cache"))


def _figure(drawing: Drawing, lettering: Lettering) -> Any:
    """The painted figure: one axes over all of it whose units are millimetres."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.width / MM_PER_INCH, drawing.height / MM_PER_INCH))
    FigureCanvasAgg(figure)
    figure.patch.set(facecolor=drawing.paper or "none", linewidth=0)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, drawing.width), ylim=(0, drawing.height))
    axes.set_axis_off()
    for shape in drawing.shapes:
        if isinstance(shape, Bar):
            _rectangle(axes, shape, drawing)
        elif isinstance(shape, Stroke):
            xs, ys = (shape.x0, shape.x1), (shape.y0, shape.y1)
            axes.plot(xs, ys, color=drawing.ink, linewidth=drawing.edge, scalex=False, scaley=False)
        else:
            lettering.write(axes, shape)
    return figure


def _rectangle(axes: Any, bar: Bar, drawing: Drawing) -> None:
    from matplotlib.patches import Rectangle

    patch = Rectangle((bar.x, bar.y), bar.width, bar.height)
    patch.set(facecolor=bar.face, edgecolor=drawing.ink, linewidth=drawing.edge)
    if bar.hatch:
        patch.set_hatch(bar.hatch)
        patch.set_hatch_linewidth(drawing.edge)
    axes.add_patch(patch)
