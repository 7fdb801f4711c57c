"""All views in order: the window over the records at hand, its dialogs, and a ledger just begun."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSettings

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.batches import BatchesDialog
from mingxi_desktop.ui.dialogs.restore import RestoreDialog
from mingxi_desktop.ui.gallery import dialogs, freezing, imports, menus, tabs
from mingxi_desktop.ui.gallery.about_records import about_records
from mingxi_desktop.ui.gallery.checks import checks
from mingxi_desktop.ui.gallery.deadlines import due
from mingxi_desktop.ui.gallery.defining import defining
from mingxi_desktop.ui.gallery.encrypting import encryption
from mingxi_desktop.ui.gallery.first_day import first_day
from mingxi_desktop.ui.gallery.locking import locking
from mingxi_desktop.ui.gallery.proofreading import proofreading
from mingxi_desktop.ui.gallery.reporting import reporting
from mingxi_desktop.ui.gallery.stage import Stage, View, shown
from mingxi_desktop.ui.gallery.years import years
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.window import MainWindow


def views(stage: Stage) -> Iterator[View]:
    """One view after the other, each at rest until the next is asked for. Nothing is stored in the ledger."""
    yield from at_hand(stage)
    yield from _just_begun(stage.window)


def at_hand(stage: Stage) -> Iterator[View]:
    """The window over the records at hand, its menus and dialogs."""
    yield from tabs.overview(stage)
    yield from checks(stage)
    yield from reporting(stage)
    yield from due(stage)
    yield from tabs.ledgers(stage)
    yield from tabs.faults(stage)
    yield from menus.menus(stage)
    yield from tabs.report(stage)
    yield from proofreading(stage)
    yield from freezing.before(stage)
    yield from years(stage)
    yield from defining(stage)
    yield from about_records(stage)
    yield from dialogs.dialogs(stage)
    yield from dialogs.start(stage)
    yield from dialogs.questions(stage)
    yield from locking(stage)
    yield from encryption(stage)


def _just_begun(window: MainWindow) -> Iterator[View]:
    """A ledger without records, and an import into it; in a file of its own, gone at the end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "新台账.mxdb"
        with Ledger.create(path) as ledger:
            ledger.backup()
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        context = Context(path, Worker(lambda: Ledger.open(path)), settings)
        made = MainWindow(context)
        made.resize(window.size())
        with shown(made) as stage:
            yield from _empty(stage)
            yield from first_day(stage)
            yield from imports.steps(stage)
            made.context.set_year(imports.YEAR)
            yield from freezing.after(stage)
            yield from stage.dialog("新台账-导入记录", lambda: BatchesDialog(context, made))
            yield from stage.dialog("新台账-从备份恢复", lambda: RestoreDialog(context, made))


def _empty(stage: Stage) -> Iterator[View]:
    yield stage.view(f"新台账-{TABS[0]}")
    for tab in (TABS[1], TABS[-1]):
        stage.window.open_tab(tab)
        yield stage.view(f"新台账-{tab}")
