"""A report's charts are drawn for its pages without what takes longest to load."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from pathlib import Path
from mingxi_desktop.charts.data import ChartData, ChartKind, Series
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.reports import reporting_charts
from mingxi_desktop.report import fonts, pdf
from mingxi_desktop.report.model import Document
data = ChartData("bars", "各月情况", ChartKind.GROUPED, ("一", "二"), (Series("甲", (1, 2)), Series("乙", (3, 4))))
charting.chart = lambda *_: data
charts = reporting_charts.drawn_charts(None, ["bars"], None, Path(), pictures=False)
assert pdf.render(Document("", tuple(charts.values())), fonts.resolve(bundled_only=True)).pages == 1
print(*charts["bars"].description, sorted({"matplotlib", "numpy", "PIL"} & set(sys.modules)))
"""


def test_pages_need_no_matplotlib():
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CODE], check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.replace(" ", "").strip() == "各月情况：甲合计3、乙合计7。['PIL']"
