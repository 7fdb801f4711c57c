"""The views of the main window: overview, ledgers with their forms, the report's parts."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ui.gallery.stage import Stage, View, pills
from mingxi_desktop.ui.gallery.wording import wording
from mingxi_desktop.ui.inputs.date import DateInput
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.pages.report import ReportPage
from mingxi_desktop.ui.part_names import WORDING

_NUMBER = "hazards_found"


def overview(stage: Stage) -> Iterator[View]:
    """The first tab."""
    stage.window.open_tab(TABS[0])
    yield stage.view(TABS[0])


def ledgers(stage: Stage) -> Iterator[View]:
    """Each ledger with its first record and with a blank form, and what else its tab has."""
    for tab in TABS[1:-1]:
        stage.window.open_tab(tab)
        stage.settle()
        for pill in pills(stage.window.page(tab)):
            name = pill.text().partition(" ")[0]
            pill.click()
            stage.settle()
            page = ledger_page(stage.window.page(tab))
            if page is None:
                yield stage.view(name)
            else:
                yield from _ledger(stage, page, name)


def _ledger(stage: Stage, page: LedgerPage, name: str) -> Iterator[View]:
    page.table.selectRow(0)
    yield stage.view(name)
    page.start_new()
    yield stage.view(f"新增{name}")
    page.panel.clear()


def faults(stage: Stage) -> Iterator[View]:
    """A form that could not be saved: what is missing and what cannot be read is marked."""
    page = open_first(stage)
    page.start_new()
    stage.settle()
    # Not a date in any year: whatever else the form would accept, this is never stored.
    next(field for field in page.panel.form.inputs.values() if isinstance(field, DateInput)).set_text(
        "二月卅"
    )
    page.panel.save()
    yield stage.view("有错的表单")
    page.panel.clear()
    stage.window.context.said.emit("")


def report(stage: Stage) -> Iterator[View]:
    """The parts of the last tab, the first with a number looked into."""
    stage.window.open_tab(TABS[-1])
    page = stage.window.page(TABS[-1])
    assert isinstance(page, ReportPage)
    stage.settle()
    parts = pills(page)
    for pill in parts:
        pill.click()
        stage.settle()
        if pill is parts[0]:
            page.show_number(_NUMBER)
            page.view.reveal(_NUMBER)
        yield stage.view(f"{TABS[-1]}-{pill.text()}")
        if pill.text() == WORDING:
            yield from wording(stage, page)
    parts[0].click()


def open_first(stage: Stage) -> LedgerPage:
    """The first ledger of the first tab of ledgers, in front."""
    stage.window.open_tab(TABS[1])
    stage.settle()
    tab = stage.window.page(TABS[1])
    pills(tab)[0].click()
    stage.settle()
    page = ledger_page(tab)
    assert page is not None
    return page


def ledger_page(tab: QWidget) -> LedgerPage | None:
    """The ledger in front on a tab, if it is one."""
    return next((page for page in tab.findChildren(LedgerPage) if page.isVisible()), None)
