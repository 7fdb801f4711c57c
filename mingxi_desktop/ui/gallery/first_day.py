"""The first day with a new ledger: a form with a fault and without, its records, the list before it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.dialogs.print_table import PrintTableDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.gallery.tabs import open_first
from mingxi_desktop.ui.year_chooser import YearChooser

_YEAR = 2024
_KIND = "hazard"
_RECORDS = (
    {"record_date": "6月3日", "area": "盖洋镇", "place": "某木业", "field": "消防", "level": "一般",
     "description": "安全出口上锁", "quantity_found": "1", "quantity_rectified": "1"},
    {"record_date": "6月9日", "area": "雪峰镇", "place": "某小学", "field": "消防", "level": "一般",
     "description": "疏散通道堆放杂物", "quantity_found": "2", "quantity_rectified": "1"},
)  # fmt: skip


def first_day(stage: Stage) -> Iterator[View]:
    """The views. It stores records: only for a ledger of no value."""
    window = stage.window
    window.context.set_year(_YEAR)
    for chooser in window.findChildren(YearChooser):
        chooser.offer(())
    page = open_first(stage)
    page.start_new({**_RECORDS[0], "record_date": "6月31日"})
    stage.settle()
    page.panel.save()
    yield stage.view("第一天-有红字")
    page.panel.clear()
    window.context.said.emit("")
    for place, texts in enumerate(_RECORDS):
        page.start_new(texts)
        stage.settle()
        if not place:
            yield stage.view("第一天-填好的表单")
        page.panel.save()
        stage.settle()
    page.table.selectRow(0)
    yield stage.view("第一天-记好了")
    columns = [(field.name, 90.0) for field in page.table.columns.shown()]
    title = f"{kind_of(_KIND).label}台账"
    yield from stage.dialog(
        "第一天-打印",
        lambda: PrintTableDialog(window.context, page.query, columns, title, parent=window),
    )
