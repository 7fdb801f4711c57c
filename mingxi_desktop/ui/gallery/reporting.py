"""The reporting calendar: each duty, cells chosen for zero reports, reminders, the table of duties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QItemSelectionModel

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ui.dialogs.duties import DutiesDialog, look
from mingxi_desktop.ui.dialogs.duty import DutyDialog
from mingxi_desktop.ui.dialogs.reminder import ReminderDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.pages.reporting import ReportingPage
from mingxi_desktop.ui.part_names import REPORTING

_NAME = f"{TABS[0]}-{REPORTING}"
_CHOSEN = 3


def reporting(stage: Stage) -> Iterator[View]:
    """The page with each duty, and what it leads to."""
    window, context = stage.window, stage.window.context
    window.go(f"overview:{REPORTING}")
    stage.settle()
    page = window.page(TABS[0]).findChild(ReportingPage)
    if page is None:
        return
    for place in range(page.duties.count()):
        page.show_duty(str(page.duties.itemData(place)))
        yield stage.view(f"{_NAME}-{place + 1}")
    cells = page.grid.cells
    for row in range(min(_CHOSEN, cells.rowCount())):
        last = cells.index(row, cells.columnCount() - 1)
        page.grid.selectionModel().select(last, QItemSelectionModel.SelectionFlag.Select)
    yield stage.view(f"{_NAME}-选中")
    page.grid.clearSelection()
    yield from stage.dialog("催报单", lambda: ReminderDialog(context, window, copy=page.desk.copy))
    yield from stage.dialog("报送任务", lambda: DutiesDialog(context, window))
    seen = stage.ask(look)
    form = partial(DutyDialog, context, seen.duties[0], seen.duties, seen.offered, window)
    yield from stage.dialog("修改报送任务", form)
