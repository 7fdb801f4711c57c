"""期限: its page, its tables and what they are changed with."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.deadline_states import Fixed, State
from mingxi_desktop.ui.dialogs.deadline_done import DoneDialog
from mingxi_desktop.ui.dialogs.deadline_form import DeadlineForm
from mingxi_desktop.ui.dialogs.deadlines import DeadlinesDialog
from mingxi_desktop.ui.dialogs.holidays import HolidaysDialog, NoticeDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.part_names import DEADLINES

_DRILLS, _RELIEF = "drills_first", "winter_relief"


def due(stage: Stage) -> Iterator[View]:
    """The page, the tables and what they are changed with; nothing is stored."""
    stage.window.go(f"overview:{DEADLINES}")
    yield stage.view(f"{TABS[0]}-{DEADLINES}")
    window, context = stage.window, stage.window.context
    year = datetime.date.today().year
    yield from stage.dialog("节假日", lambda: HolidaysDialog(context, window))
    yield from stage.dialog("节假日-没有登记", lambda: HolidaysDialog(context, window, year + 1))
    yield from stage.dialog("节假日-粘贴通知", lambda: NoticeDialog(year + 1, window))
    yield from stage.dialog("期限表", lambda: DeadlinesDialog(context, window))
    drills = stage.ask(lambda ledger: ledger.deadlines.deadline(_DRILLS))
    yield from stage.dialog("期限表-修改", lambda: DeadlineForm(context, drills, window))
    yield from stage.dialog("期限表-新增", lambda: DeadlineForm(context, None, window))
    relief = stage.ask(_relief)
    yield from stage.dialog("期限-已办", lambda: DoneDialog(context, relief, window))


def _relief(ledger: Ledger) -> Fixed:
    day = datetime.date(datetime.date.today().year, 10, 31)
    return Fixed(ledger.deadlines.deadline(_RELIEF), day.year, day, State.SOON)
