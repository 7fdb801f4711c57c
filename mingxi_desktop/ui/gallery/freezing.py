"""定稿: its dialogs, and a frozen version with what changed since."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.frozen.freezing import Version
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui.dialogs.freeze import FreezeDialog
from mingxi_desktop.ui.dialogs.withdraw import WithdrawDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.pages.report import ReportPage
from mingxi_desktop.ui.part_names import FROZEN

_KIND = "hazard"


def before(stage: Stage) -> Iterator[View]:
    """What asks for the signer; nothing is stored."""
    window, context = stage.window, stage.window.context
    yield from stage.dialog("定稿", lambda: FreezeDialog(context, Order(context.year), window))


def after(stage: Stage) -> Iterator[View]:
    """A version, a record gone since, and its withdrawal. It is stored: only for a ledger of no value."""
    window, context = stage.window, stage.window.context
    version, changed = stage.ask(_freeze_and_change, context.year)
    context.changed.emit(changed)
    window.open_tab(TABS[-1])
    page = window.page(TABS[-1])
    assert isinstance(page, ReportPage)
    page.open(FROZEN)
    yield stage.view(f"{TABS[-1]}-定稿之后")
    yield from stage.dialog("撤回定稿", lambda: WithdrawDialog(context, version, window))


def _freeze_and_change(ledger: Ledger, year: int) -> tuple[Version, Changes]:
    version = ledger.frozen.freeze(Order(year), by="张三", despite=True)
    return version, ledger.delete(_KIND, ledger.ids(Query(_KIND, year=year))[:1])
