"""The views about years: an indicator over five of them, totals of years without records, charts by indicator."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ledger.indicator_charts import PARTED, SORTS
from mingxi_desktop.ledger.years import of_years
from mingxi_desktop.ui.dialogs.campaigns import CampaignsDialog
from mingxi_desktop.ui.dialogs.opening import OpeningDialog
from mingxi_desktop.ui.dialogs.openings import OpeningsDialog
from mingxi_desktop.ui.dialogs.years import YearsDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.pages.charts import ChartsPage
from mingxi_desktop.ui.pages.report import ReportPage
from mingxi_desktop.ui.part_names import CHARTS
from mingxi_desktop.ui.proof import prove

_INDICATOR, _NAME = "hazards_found", "rainstorm_event"


def years(stage: Stage) -> Iterator[View]:
    """The dialogs, and each sort of chart of one indicator."""
    window, context = stage.window, stage.window.context
    for name, indicator in (("历年对比", _INDICATOR), ("历年对比-名称", _NAME)):
        yield from stage.dialog(name, partial(YearsDialog, context, indicator, prove, None, window))
    rows = stage.ask(of_years, [_INDICATOR], Period.of(context.year)).rows[0]
    yield from stage.dialog(
        "登记期初数", lambda: OpeningDialog(context, rows.indicator, rows.years[0], window)
    )
    yield from stage.dialog("专项行动计入总数", lambda: CampaignsDialog(context, window))
    yield from stage.dialog("期初数", lambda: OpeningsDialog(context, None, window))
    window.open_tab(TABS[-1])
    report = window.page(TABS[-1])
    assert isinstance(report, ReportPage)
    report.open(CHARTS)
    page = report.findChild(ChartsPage)
    if page is not None:
        for sort, title in SORTS.items():
            page.show_chart(f"{sort}{PARTED}{_INDICATOR}")
            yield stage.view(f"{TABS[-1]}-图表-{title}")
