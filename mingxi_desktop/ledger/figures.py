"""Charts as files of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.report import fonts

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
