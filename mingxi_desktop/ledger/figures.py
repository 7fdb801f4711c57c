"""Charts drawn: for the report's text, and as files of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData, ChartKind, amount_text
from mingxi_desktop.charts.layout import height_mm
from mingxi_desktop.charts.style import IN_REPORT
from mingxi_desktop.domain.indicators import Period
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
    period: Period,
    path: Path,
    *,
    bundled_fonts: bool = False,
) -> ChartData:
    """Write one chart as .png, .svg or .pdf; UserError for another ending and unknown names."""
    data = charting.chart(ledger, name, period)
    save_picture(data, path, bundled_fonts=bundled_fonts)
    return data


def save_picture(data: ChartData, path: Path, *, bundled_fonts: bool = False) -> None:
    """Write a chart as .png, .svg or .pdf; UserError for another ending."""
    make = _FORMATS.get(path.suffix.lower())
    if make is None:
        endings = "、".join(_FORMATS)
        raise UserError(
            f"不能把图表存成“{path.suffix or path.name}”", f"文件：{path}", f"请把文件名的结尾改成{endings}。"
        )
    save(path, make(data, fonts.ui_font_file(bundled_fonts)))


def drawn_charts(
    ledger: Ledger, names: Iterable[str], period: Period, font: Path, *, pictures: bool
) -> dict[str, Chart]:
    """The charts for a report by name, but for those that have nothing to show.

    pictures: also as PNG at 300 dpi.
    """
    found = {}
    for name in names:
        data = charting.chart(ledger, name, period)
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
    """The main figures in one sentence: the totals, or where there are none to form the bars one by one."""
    if data.adds and data.kind is not ChartKind.HBAR:
        figures = "、".join(f"{row.name}合计{amount_text(row.total)}{data.unit}" for row in data.series)
        return f"{data.title}：{figures}。"
    named = list(enumerate(data.categories))[:_NAMED]
    figures = "、".join(f"{name}{data.worded(0, place)}" for place, name in named)
    return f"{data.title}：{figures}。"
