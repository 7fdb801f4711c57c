"""The charts of a report: drawn for its pages, and as pictures for Word."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData, ChartKind, amount_text
from mingxi_desktop.charts.scene import drawing_of
from mingxi_desktop.charts.style import IN_REPORT
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.report.model import Chart

_PICTURE_DPI = 300
_NAMED = 6
"""So many bars are named in a chart's description."""


def drawn_charts(
    ledger: Core, names: Iterable[str], period: Period, font: Path, *, pictures: bool
) -> dict[str, Chart]:
    """The charts for a report by name, but for those that have nothing to show.

    pictures: also as PNG at 300 dpi, in this font.
    """
    found = {}
    for name in names:
        data = charting.chart(ledger, name, period)
        if not data.empty:
            drawing = drawing_of(data, IN_REPORT)
            found[name] = Chart(
                name=name,
                caption=data.title,
                png=draw.png(data, font, _PICTURE_DPI, IN_REPORT) if pictures else b"",
                height_mm=drawing.height,
                description=described(data),
                drawing=drawing,
            )
    return found


def described(data: ChartData) -> str:
    """The main figures in one sentence: the totals, or where there are none to form the bars one by one."""
    if data.adds and data.kind is not ChartKind.HBAR:
        figures = "、".join(f"{row.name}合计{amount_text(row.total)}{data.unit}" for row in data.series)
        return f"{data.title}：{figures}。"
    named = list(enumerate(data.categories))[:_NAMED]
    figures = "、".join(f"{name}{data.worded(0, place)}" for place, name in named)
    return f"{data.title}：{figures}。"
