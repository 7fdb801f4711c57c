"""Who does the long jobs in the window: the things a clerk does, one after the other, waiting for each to end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_REST = 0.4
"""Seconds without anything going on after which a job and what follows from it have ended."""
HAZARDS, _TYPED = "隐患排查", "灭火器"
_CHANGED = 10_000
"""The most records that are changed at once."""
Reached = Callable[[], bool]
Steps = Iterator[Reached]


class Clerk:
    """Does the jobs; each is a generator of what to wait for."""

    def __init__(self, file: Path, book: Path) -> None:
        self._file, self._book = file, book
        self._said: list[str] = []
        self._heard: set[int] = set()
        self._leaving = False

    @property
    def window(self) -> Any:
        """The window in front: another one after a restore."""
        from PySide6.QtWidgets import QApplication

        found = [one for one in QApplication.topLevelWidgets() if type(one).__name__ == "MainWindow"]
        window = next(one for one in found if one.isVisible())
        if id(window) not in self._heard:
            self._heard.add(id(window))
            window.context.said.connect(self._said.append)
        return window

    def answer(self) -> None:
        """Nobody sits before the screen: what is asked is answered at once, what is told is noted."""
        from mingxi_desktop.ui import ask

        def noted(title: str, *_: Any, **__: Any) -> None:
            self._said.append(str(title))

        ask.save_file = lambda _title, name, *_, **__: self._file.parent / name  # type: ignore[assignment]
        ask.question = lambda *_, **__: True  # type: ignore[assignment]
        ask.choose = lambda *_, **__: 0  # type: ignore[assignment]
        ask.show_message = noted  # type: ignore[assignment]
        ask.show_error = ask.show_bug = lambda error, *_, **__: self.fail(repr(error))  # type: ignore[assignment]

    def fail(self, why: str) -> None:
        """Nothing can be measured any more; Qt would swallow an exception."""
        print(f"{why}; said: {self._said}", file=sys.stderr, flush=True)
        os._exit(3)

    def said(self, word: str) -> Reached:
        """Whether something with that word has been said from now on."""
        self._said.clear()
        return lambda: any(word in one for one in self._said)

    def rested(self) -> Reached:
        """Whether nothing has gone on for a while, what is done in turns and the checks after a change included."""
        from mingxi_desktop.ui import turns
        from mingxi_desktop.ui.checking.concerns import Concerns

        quiet = time.monotonic()

        def rested() -> bool:
            nonlocal quiet
            context = self.window.context
            if context.worker.busy or turns.under_way() or Concerns.of(context).looking:
                quiet = time.monotonic()
            return time.monotonic() - quiet > _REST

        return rested

    def stir(self) -> None:
        """The clerk goes on looking through the table in front while a job is under way."""
        tab = None if self._leaving else self.window.ledger_tab()
        if tab is None or tab.side is not None:
            return
        bar = tab.current.table.verticalScrollBar()
        bar.setValue(0 if bar.value() >= bar.maximum() else bar.value() + bar.pageStep())

    # the jobs, in the order in which they are done

    def checks(self) -> Steps:
        from mingxi_desktop.ui.checking.concerns import Concerns

        self.window.go("overview:核对")
        yield lambda: Concerns.of(self.window.context).now is not None

    def open_ledger(self) -> Steps:
        from mingxi_desktop.ui import turns

        self.window.open_tab(HAZARDS)
        yield lambda: not turns.under_way()  # nobody does anything on a page before she sees it
        page = self.window.ledger_tab().current
        yield lambda: page.model.rowCount() > 0

    def open_others(self) -> Steps:
        from mingxi_desktop.domain.kinds import TABS

        for tab in TABS[1:-1]:
            self.window.open_tab(tab)
            page = self.window.ledger_tab()
            for kind in page.kinds:
                page.open(kind.name)
                yield self.rested()
        self.window.open_tab(HAZARDS)
        self.window.ledger_tab().open("hazard")  # which the next jobs are about
        yield self.rested()

    def search(self) -> Steps:
        self.window.open_tab(HAZARDS)
        page = self.window.ledger_tab().current
        for end in range(1, len(_TYPED) + 1):
            shown = page.model.ids
            page.search.setText(_TYPED[:end])
            yield lambda shown=shown: page.model.ids is not shown
        page.clear_filters()

    def sort(self) -> Steps:
        page = self.window.ledger_tab().current
        for name in ("description", "area", "quantity_found", "record_date"):
            shown = page.model.ids
            page.table.show_sort(name, False)
            yield lambda shown=shown: page.model.ids is not shown
        page.model.sort(-1)

    def group(self) -> Steps:
        page = self.window.ledger_tab().current
        page.group_by(("area",))
        yield lambda: bool(page.model.headings)
        page.group_by(())
        yield lambda: not page.model.headings

    def report(self) -> Steps:
        self.window.open_tab("年度总结")
        body = self.window.report_page().body
        yield lambda: body.rendered is not None

    def indicators(self) -> Steps:
        from mingxi_desktop.ui.part_names import INDICATORS

        self.window.report_page().open(INDICATORS)
        page = self.window.report_page()._parts[INDICATORS]
        yield lambda: page._desk is not None

    def charts(self) -> Steps:
        from mingxi_desktop.ui.part_names import CHARTS

        self.window.report_page().open(CHARTS)
        yield self.rested()

    def wording(self) -> Steps:
        from mingxi_desktop.ui.part_names import WORDING

        self.window.report_page().open(WORDING)
        yield self.rested()

    def proofreading(self) -> Steps:
        from mingxi_desktop.ui.part_names import PROOFREADING

        self.window.report_page().open(PROOFREADING)
        yield self.rested()

    def frozen(self) -> Steps:
        from mingxi_desktop.ui.part_names import BODY, FROZEN

        self.window.report_page().open(FROZEN)
        yield self.rested()
        self.window.report_page().open(BODY)

    def export(self) -> Steps:
        self.window.open_tab(HAZARDS)
        self.window.ledger_tab().export()
        yield self.said("已导出")

    def export_all(self) -> Steps:
        self.window.actions_by_name["export_all"].trigger()
        yield self.said("已导出全部台账")

    def print_table(self) -> Steps:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        page = self.window.ledger_tab().current
        QTimer.singleShot(0, page.print)
        yield lambda: QApplication.activeModalWidget() is not None
        yield self.rested()
        QApplication.activeModalWidget().reject()
        yield lambda: QApplication.activeModalWidget() is None

    def backup(self) -> Steps:
        self.window.actions_by_name["backup"].trigger()
        yield self.said("已备份")

    def verify(self) -> Steps:
        self.window.actions_by_name["verify"].trigger()
        yield self.said("没有发现问题")

    def preview(self) -> Steps:
        page = self.window.import_page()
        page.start([self._book], "hazard")
        yield lambda: bool(page.files.sources)
        page.forward()
        yield lambda: not page.busy
        page.forward()
        yield lambda: page.step == 2 and not page.busy

    def store(self) -> Steps:
        from mingxi_desktop.ui.importing.bars import CHECK

        page = self.window.import_page()
        for _ in range(2):  # what the checks say is shown first, where there is anything
            if page.step == CHECK:
                page.forward()
                yield lambda: not page.busy

    def take_back(self) -> Steps:
        page = self.window.import_page()
        page.undo()
        yield self.rested()
        page.give_up()

    def themes(self) -> Steps:
        from PySide6.QtWidgets import QApplication

        from mingxi_desktop.ui import style

        for name in ("dark", "light"):
            style.change(QApplication.instance(), name)  # type: ignore[arg-type]
            yield self.rested()

    def change_many(self) -> Steps:
        self.window.open_tab(HAZARDS)
        page = self.window.ledger_tab().current
        changed = self.said("已保存")
        ids = list(page.model.ids[:_CHANGED])
        self.window.context.write(_change_many, ids, owner=self.window)
        yield changed

    def handover(self) -> Steps:
        self.window.actions_by_name["handover"].trigger()
        yield self.said("交接包已做好")

    def compare(self) -> Steps:
        from mingxi_desktop.ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(self.window.context, self.window)
        dialog.show()
        yield dialog._restore.isEnabled
        dialog.reject()

    def restore(self) -> Steps:
        from PySide6.QtCore import QTimer

        window, newest = self.window, max((self._file.parent / "备份").glob("*.mxbak"), default=None)
        newest = newest or max(path for path in (self._file.parent / "备份").iterdir() if path.is_file())
        QTimer.singleShot(0, lambda: window.reopen_from(newest))
        yield lambda: any("已恢复" in one for one in self._said) or self._is_new(window)

    def close(self) -> Steps:
        self._leaving = True
        self.window.close()  # the program goes on with the backup once its loop has ended
        yield lambda: False

    def _is_new(self, old: Any) -> bool:
        try:
            return self.window is not old
        except StopIteration:
            return False


def _change_many(ledger: Any, ids: list[int]) -> Any:
    return ledger.edit_each("hazard", {id: {"note": "一起改"} for id in ids})


CLOSE = "close the window, with its backup"
JOBS: dict[str, Callable[[Clerk], Steps]] = {
    "checks": Clerk.checks,
    "open the ledger": Clerk.open_ledger,
    "open all other ledgers": Clerk.open_others,
    "search while typing": Clerk.search,
    "sort by four columns": Clerk.sort,
    "group, with subtotals": Clerk.group,
    "annual report": Clerk.report,
    "indicators": Clerk.indicators,
    "charts": Clerk.charts,
    "wording of the report": Clerk.wording,
    "proofreading": Clerk.proofreading,
    "frozen versions": Clerk.frozen,
    "export the table": Clerk.export,
    "export all ledgers": Clerk.export_all,
    "pages of the table for printing": Clerk.print_table,
    "backup": Clerk.backup,
    "verify": Clerk.verify,
    "import: read and check": Clerk.preview,
    "import: store": Clerk.store,
    "import: take back": Clerk.take_back,
    "light and dark, all pages opened": Clerk.themes,
    "change many records at once": Clerk.change_many,
    "handover package": Clerk.handover,
    "compare with a backup": Clerk.compare,
    "restore from a backup": Clerk.restore,
    CLOSE: Clerk.close,
}
