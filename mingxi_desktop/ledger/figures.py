"""Charts drawn: for the report's text, and as files of their own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData, ChartKind
from mingxi_desktop.charts.layout import amount_text, height_mm
from mingxi_desktop.charts.style import IN_REPORT
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.report import fonts
from mingxi_desktop.report.model import Chart

PICTURE_DPI = 300
_NAMED = 6
"""So many bars are named in a chart's description."""
_FORMATS: Mapping[str, Callable[[ChartData, Path], bytes]] = MappingProxyType(
    {".png": draw.png, ".svg": draw.svg, ".pdf": draw.pdf}
)


def write_chart(
    ledger: Ledger,
    name: str,
    year: int,
    path: Path,
    *,
    as_of: datetime.date | None = None,
    bundled_fonts: bool = False,
) -> ChartData:
    """Write one chart as .png, .svg or .pdf; UserError for another ending and unknown names."""
    make = _FORMATS.get(path.suffix.lower())
    if make is None:
        endings = "、".join(_FORMATS)
        raise UserError(
            f"不能把图表存成“{path.suffix or path.name}”", f"文件：{path}", f"请把文件名的结尾改成{endings}。"
        )
    data = charting.chart(ledger, name, year, as_of)
    save(path, make(data, fonts.ui_font_file(bundled_fonts)))
    return data


def drawn_charts(
    ledger: Ledger,
    names: Iterable[str],
    year: int,
    as_of: datetime.date | None,
    font: Path,
    *,
    pictures: bool,
) -> dict[str, Chart]:
    """The charts for a report by name, but for those that have nothing to show.

    pictures: also as PNG at 300 dpi.
    """
    found = {}
    for name in names:
        data = charting.chart(ledger, name, year, as_of)
        if not data.empty:
            found[name] = Chart(
                name=name,
                caption=data.title,
                pdf=draw.pdf(data, font, IN_REPORT),
                png=draw.png(data, font, PICTURE_DPI, IN_REPORT) if pictures else b"",
                height_mm=height_mm(data, IN_REPORT),
                description=described(data),
            )
    return found


def described(data: ChartData) -> str:
    """The main figures in one sentence: totals of several series, or the longest bars of one."""
    if data.kind is ChartKind.HBAR:
        pairs = list(zip(data.categories, data.series[0].values, strict=True))[:_NAMED]
        figures = "、".join(f"{name}{amount_text(value)}{data.unit}" for name, value in pairs)
    else:
        figures = "、".join(f"{row.name}合计{amount_text(row.total)}{data.unit}" for row in data.series)
    return f"{data.title}：{figures}。"
