"""Printing a table: its pages as they will come out of the printer, and how they are to look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, table_printing
from mingxi_desktop.ledger.remarking import Leaving
from mingxi_desktop.ledger.table_printing import Groups, Wanted
from mingxi_desktop.report import preview
from mingxi_desktop.report.table_pages.model import Look, Printed, Progress
from mingxi_desktop.ui import ask, printing, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.dialogs.print_options import PrintOptions
from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.name_line import NameLine
from mingxi_desktop.ui.page_view import PageView
from mingxi_desktop.ui.shapes import button, label, row

_PATIENCE = 1000
"""Milliseconds before a progress bar appears."""
_STEPS = 1000
_READING = 0.3
"""The part of the work that reading the records is."""

Maker = Callable[[Ledger, Progress], Any]
"""Makes the `TablePress` of what is to be printed."""


class PrintTableDialog(Frame):
    """Shows the pages of a table and prints them, or saves them as PDF."""

    def __init__(
        self,
        context: Context,
        query: Query,
        columns: Sequence[tuple[str, float]],
        title: str,
        groups: Groups | None = None,
        selected: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """columns: (field, width) as shown, from left to right.  selected: ids in the table's order."""
        super().__init__(f"打印 {title}", 1180, 900, parent)
        self._context = context
        self._title = title
        self._wanted = Wanted(query, tuple(columns), title, groups)
        self._selected = tuple(selected)
        self._presses: dict[bool, Any] = {}
        self._printed: Printed | None = None
        self._look: Look | None = None
        self._job: Job | None = None
        self.options = PrintOptions(context.settings, len(self._selected))
        self.options.personal.setVisible(bool(columns))  # other lists than of records are always masked
        self.column.addWidget(self.options)
        self._make_middle()
        self._make_end()
        self.options.changed.connect(self._remake)
        self.options.scope_changed.connect(self._remake)
        self._remake()

    def _make_middle(self) -> None:
        self.above_pages = TabPlace(self)
        self.view = PageView()
        self.view.setAccessibleName("打印预览")
        sheet = self.view.widget()
        assert sheet is not None
        sheet.setAccessibleName("打印预览：上下键和翻页键移动")
        self.view.page_shown.connect(lambda _: self._tell())
        self.message = label(role="muted")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.message)
        self.column.addWidget(self._stack, 1)
        self.warning = label(role="warning")
        self.warning.setWordWrap(True)
        self.warning.hide()
        self.column.addWidget(self.warning)

    def _make_end(self) -> None:
        self.status = NameLine("muted")
        self.bar = QProgressBar()
        self.bar.setAccessibleName("进度")
        self.bar.setRange(0, _STEPS)
        self.bar.setMaximumWidth(25 * theme.GRID)
        self.bar.hide()
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._late.timeout.connect(self.bar.show)
        self.column.addLayout(row(self.status, None, self.bar))
        smaller = button("缩小", lambda: self.view.step_zoom(-1), tip="缩小（Ctrl+滚轮）")
        larger = button("放大", lambda: self.view.step_zoom(1), tip="放大（Ctrl+滚轮）")
        close = button("关闭", self.reject)
        self.save_button = button("保存 PDF…", self.save, icon="save")
        self.print_button = button("打印…", self.print, icon="print", primary=True)
        self.close_with(
            smaller, larger, None, close, self.save_button, self.print_button, default=self.print_button
        )
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)

    # the pages

    def _remake(self) -> None:
        """The pages as they are wanted now; what was under way for another wish is given up."""
        chosen = self.options.selected_only
        if self.options.personal.isChecked() != self._wanted.personal:
            self._presses.clear()
            self._wanted = replace(self._wanted, personal=self.options.personal.isChecked())
        wanted = replace(self._wanted, selected=self._selected) if chosen else self._wanted
        look = self.options.look

        def done(found: tuple[Any, Printed | None]) -> None:
            self._presses[chosen] = found[0]
            self._show(found[1], look)

        self._run(
            "正在排版……", _make, self._presses.get(chosen), self.maker(wanted), look,
            done=done, failed=self._refused,
        )  # fmt: skip

    def maker(self, wanted: Wanted) -> Maker:
        """What reads the table, on the database thread; a list that is no table of records has its own."""
        return partial(_press, wanted)

    def _show(self, printed: Printed | None, look: Look) -> None:
        if False in self._presses:
            table = self._presses[False].table
            self.options.set_count(len(table.rows), table.counted)
        self._printed = printed
        turned = self._look is None or look.page != self._look.page
        self._look = look
        self.view.set_report(printed.rendered if printed is not None else None)
        if printed is None:
            self._say_instead("没有可打印的记录。\n换一个筛选条件，或先新增记录，再打印。")
            return
        if turned:
            self.view.fit_width()
            self.view.go_to(1)
        self._stack.setCurrentWidget(self.view)
        self._warn(printed.rendered.warnings)

    def _refused(self, error: UserError) -> None:
        self._printed = None
        self._say_instead(str(error))

    def _say_instead(self, text: str) -> None:
        self.message.setText(text)
        self._stack.setCurrentWidget(self.message)
        self._warn(())

    def _warn(self, said: Sequence[str]) -> None:
        self.warning.setText("\n".join(f"▲ {one}" for one in said))
        self.warning.setVisible(bool(said))

    def _tell(self) -> None:
        """What the line under the pages says while nothing is under way."""
        if self._job is None and self._printed is not None and self._look is not None:
            pages, size = self._printed.rendered.pages, self._printed.size
            direction = "横向" if self._look.landscape else "纵向"
            self.status.setText(
                f"第 {self.view.page:,} 页 / 共 {pages:,} 页　{self._look.paper} {direction}　字 {size:.1f} 磅"
            )

    # work

    def _run(
        self,
        doing: str,
        fn: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Do fn(ledger, *args) in the place of what is under way."""
        if self._job is not None:
            self._job.cancel()
        self.status.setText(doing)
        self.bar.setValue(0)
        self._late.start()

        def ended() -> None:
            if job is self._job:
                self._job = None
                self._rest()

        job = self._job = self._context.worker.run(
            fn, *args, done=done, failed=failed, progress=lambda at, of: self._progress(job, at, of),
            ended=ended, owner=self, priority=Priority.LONG,
        )  # fmt: skip
        self._enable()

    def _progress(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self.bar.setValue(done * _STEPS // max(total, 1))

    def _rest(self) -> None:
        self._late.stop()
        self.bar.hide()
        self.status.setText("")
        self._tell()
        self._enable()

    def _enable(self) -> None:
        ready = self._job is None and self._printed is not None
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    # out of the program

    def print(self) -> None:
        """Print the very pages that are shown; without a printer they can be saved."""
        if self._printed is None:
            return
        pdf = self._printed.rendered.pdf
        if not printing.has_printer():
            hint = "可以先存成 PDF，拿到有打印机的电脑上打印。"
            if ask.question(printing.NO_PRINTER, hint, yes="保存 PDF…", parent=self):
                self.save()
            return
        order = printing.choose(pdf, self._title, self)
        if order is not None:
            self.options.setEnabled(False)
            self._run("正在送往打印机……", _send, order, pdf, done=lambda _: self._sent(), failed=self._unsent)

    def _sent(self) -> None:
        self._note("打印机")
        self._context.said.emit(f"已送打印机：{self._title}")
        self.accept()

    def _unsent(self, error: UserError) -> None:
        self.options.setEnabled(True)
        ask.show_error(error, self)

    def save(self) -> None:
        """Write the very pages that are shown into a file."""
        if self._printed is None:
            return
        path = ask.save_file("保存 PDF", f"{self._title}.pdf", "PDF 文件 (*.pdf)", parent=self)
        if path is not None:
            self._context.read(_save, self._printed.rendered.pdf, path, done=self._saved, owner=self)

    def _note(self, file: str) -> None:
        """What leaves with numbers of people in it is noted in the history."""
        press = self._presses.get(self.options.selected_only)
        if not self._wanted.personal or press is None:
            return
        names = [name for name, _ in self._wanted.columns]
        leaving = table_printing.leaving(press.table, self._wanted.query.kind, names, file)
        if leaving.personal:
            self._context.write(_leave, leaving, owner=self)

    def _saved(self, path: Path) -> None:
        self._note(path.name)
        self._context.said.emit(f"已保存：{path}")
        self.status.setText(f"已保存：{path}")

    def done(self, result: int) -> None:
        """Give up what is under way, and the pages."""
        if self._job is not None:
            self._job.cancel()
        self.view.close_pages()
        super().done(result)


def _press(wanted: Wanted, ledger: Ledger, progress: Progress) -> Any:
    return table_printing.press(ledger, wanted, progress)


def _make(
    ledger: Ledger, press: Any, maker: Maker, look: Look, *, progress: Progress
) -> tuple[Any, Printed | None]:
    """(what prints the table, its pages); what was read before is not read again."""
    preview.load()
    start = 0.0
    if press is None:
        start = _READING
        press = maker(ledger, _part(progress, 0.0, start))
    if not press.table.rows:
        return press, None
    return press, press.render(look, _part(progress, start, 1.0))


def _part(progress: Progress, start: float, end: float) -> Progress:
    """Progress of a part of the work as that of the whole."""

    def tell(done: int, total: int) -> None:
        progress(int(_STEPS * (start + (end - start) * done / max(total, 1))), _STEPS)

    return tell


def _send(_ledger: Ledger, order: printing.Order, pdf: bytes, *, progress: Progress) -> None:
    printing.send(order, pdf, progress)


def _leave(ledger: Ledger, leaving: Leaving) -> Changes:
    return ledger.remarks.leave(leaving)


def _save(_ledger: Ledger, pdf: bytes, path: Path) -> Path:
    return table_printing.write(pdf, path)
